"""The whole vote through its pages: inhabilitet, opening, the ballot, the receipt, the count, tie, approval."""

from awards.ballots.tables import Slot
from awards.counting.deciding import winners_of
from tests.booth import BASE, PRIZE, cast_ranking
from tests.browsing import BrowserOf, Fields, hidden
from tests.builders import FakeClock
from tests.votes import CLOSES, Vote


async def test_a_vote_from_the_question_to_the_approved_tie(
    vote_in_app: Vote, browser_of: BrowserOf, clock: FakeClock
) -> None:
    vote, cast = vote_in_app, vote_in_app.cast
    for person in vote.members:
        browser = await browser_of(person)
        home = await browser.get(f"{BASE}/afstemning")
        assert "Svar om inhabilitet" in home
        page = await browser.get(f"{BASE}/inhabilitet")
        assert "Er du for tæt på en kandidat?" in page
        ticked: Fields = {"none": "1"}
        if person.id == cast.recused_member.id:
            ticked = {f"about-{vote.candidates['ada']}[]": "recused"}
        await browser.post(f"{BASE}/inhabilitet", ticked)
    secretary = await browser_of(cast.secretary)
    page = await secretary.get(f"{BASE}/afstemninger")
    fields = hidden(page, f"{BASE}/afstemninger/frivillighedsprisen/klargoering")
    await secretary.post(
        f"{BASE}/afstemninger/frivillighedsprisen/klargoering",
        fields | {"closes-frivillighedsprisen_date": "15.11.2026", "closes-frivillighedsprisen_time": "12.00"},
    )
    await secretary.post(f"{BASE}/afstemninger/frivillighedsprisen/aabning", {})
    assert await Slot.count() == 4
    await cast_ranking(await browser_of(cast.chair), "c1", "c2")
    await cast_ranking(await browser_of(cast.member), "c2", "c1")
    recused = await browser_of(cast.recused_member)
    assert "Du deltager ikke her" in await recused.get(f"{PRIZE}/kandidater", 404)
    await recused.get(f"{PRIZE}/stemmeseddel", 404)

    clock.set(CLOSES)
    chair = await browser_of(cast.chair)
    page = await chair.get(f"{PRIZE}/stemmelighed")
    assert "Stemmerne står lige." in page
    await chair.post(f"{PRIZE}/stemmelighed", {"choice": str(vote.candidates["bo"]), "reason": "Størst bredde"})
    await chair.post(f"{PRIZE}/godkendelse", {"as": "chair"})
    secretary = await browser_of(cast.secretary)
    await secretary.get(f"{PRIZE}/godkendelse")
    await secretary.post(f"{PRIZE}/godkendelse", {"as": "secretary"})
    assert [winner.name for winner in await winners_of(vote.prize.id)] == ["bo"]
    member = await browser_of(cast.member)
    minutes = await member.get(f"{PRIZE}/referat")
    assert "Størst bredde" in minutes
    assert "recused_member" in minutes
    assert "færre end fem" in minutes
    assert "Stemmeurnen" in await member.get(f"{PRIZE}/stemmeurne")
    recused = await browser_of(cast.recused_member)
    await recused.get(f"{PRIZE}/referat", 404)
    await recused.get(f"{PRIZE}/stemmeurne", 404)
