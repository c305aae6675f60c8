"""The secretary's page of votes."""

import re

import httpx

from awards.ballots.tables import Poll, Recusal, Slot
from awards.outbox.tables import Mail
from tests.booth import BASE, POLLS
from tests.browsing import BrowserOf, hidden, text_of
from tests.builders import FakeClock
from tests.votes import Vote


async def test_the_secretary_asks_opens_and_reminds(vote: Vote, browser_of: BrowserOf, clock: FakeClock) -> None:
    secretary = await browser_of(vote.cast.secretary)
    await secretary.post(f"{POLLS}/spoergsmaal", {})
    assert await Mail.count().where(Mail.template == "ballots/recusals") == 5
    again = await secretary.post(f"{POLLS}/spoergsmaal", {}, 409)
    assert "mindre end en time siden" in text_of(again)
    page = await secretary.get(POLLS)
    assert "Mangler: " in text_of(httpx.Response(200, text=page))
    prepare = f"{POLLS}/frivillighedsprisen/klargoering"
    fields = hidden(page, prepare)
    bad = await secretary.post(prepare, fields | {"closes-frivillighedsprisen_date": "31.02.2026"}, 422)
    assert "31.02.2026" in bad.text
    past = {"closes-frivillighedsprisen_date": "01.11.2026", "closes-frivillighedsprisen_time": "12.00"}
    await secretary.post(prepare, fields | past, 409)
    times = {"closes-frivillighedsprisen_date": "15.11.2026", "closes-frivillighedsprisen_time": "12.00"}
    await secretary.post(prepare, fields | times)
    refused = await secretary.post(f"{POLLS}/frivillighedsprisen/aabning", {}, 409)
    assert "Der mangler: 5" in text_of(refused)
    await secretary.post(f"{POLLS}/frivillighedsprisen/aabning", {"without-frivillighedsprisen": "1"})
    await vote.reload((await Poll.objects().first()).id)  # type: ignore[union-attr]
    await vote.vote(vote.cast.member, "ada")
    await secretary.post(f"{POLLS}/frivillighedsprisen/paamindelse", {})
    reminded = await Mail.select(Mail.recipient).where(Mail.template == "ballots/reminder").output(as_list=True)
    assert sorted(reminded) == sorted(member.email for member in vote.members)
    await secretary.post(f"{POLLS}/frivillighedsprisen/paamindelse", {}, 409)


async def test_nothing_on_the_secretarys_page_changes_when_somebody_votes(
    open_vote: Vote, browser_of: BrowserOf
) -> None:
    secretary = await browser_of(open_vote.cast.secretary)
    before = await secretary.get(POLLS)
    await open_vote.vote(open_vote.cast.member, "ada")
    assert _without_ids(await secretary.get(POLLS)) == _without_ids(before)


def _without_ids(page: str) -> str:
    return re.sub(r"[0-9a-f-]{36}", "", page)


async def test_a_vote_is_ended_with_a_reason_and_a_new_one_names_it(open_vote: Vote, browser_of: BrowserOf) -> None:
    secretary = await browser_of(open_vote.cast.secretary)
    await open_vote.vote(open_vote.cast.member, "ada")
    end = f"{POLLS}/frivillighedsprisen/afbrydelse"
    await secretary.post(end, {}, 422)
    await secretary.post(end, {"void-frivillighedsprisen": "En kandidat har trukket sig."})
    assert await Slot.count() == 0
    assert await Mail.count().where(Mail.template == "ballots/voided") == 4
    await secretary.post(end, {"void-frivillighedsprisen": "Igen"}, 409)
    page = await secretary.get(POLLS)
    assert "En kandidat har trukket sig." in page
    assert "Stemmer afgivet" not in page, "nobody knows how many had voted, and it was not none"
    prepare = f"{POLLS}/frivillighedsprisen/klargoering"
    times = {"closes-frivillighedsprisen_date": "16.11.2026", "closes-frivillighedsprisen_time": "12.00"}
    await secretary.post(prepare, hidden(page, prepare) | times)
    second = await Poll.objects().where(Poll.state == "draft").first()
    assert second is not None
    assert second.parent == open_vote.poll.id
    member = await browser_of(open_vote.cast.member)
    home = await member.get(f"{BASE}/afstemning")
    assert "Ny afstemning" in home
    assert "En kandidat har trukket sig." in home


async def test_a_recused_secretary_sees_nothing_of_the_prize(open_vote: Vote, browser_of: BrowserOf) -> None:
    await Recusal(
        prize=open_vote.prize.id,
        member=open_vote.cast.secretary.id,
        candidate=open_vote.candidates["ada"],
        answer="recused",
        answered_at=open_vote.clock.now(),
    ).save()
    secretary = await browser_of(open_vote.cast.secretary)
    assert "Frivillighedsprisen" not in await secretary.get(POLLS)
    await secretary.post(f"{POLLS}/frivillighedsprisen/paamindelse", {}, 404)
    assert "Frivillighedsprisen" in await (await browser_of(open_vote.cast.deputy)).get(POLLS)
