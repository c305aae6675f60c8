"""A decision that the council made at a meeting: registered without a poll, approved by the chair."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from awards.accounts.tables import Person
from awards.ballots import polls
from awards.ballots.tables import Elector, Poll, Slot
from awards.counting import deciding
from awards.counting.tables import MeetingDecision
from awards.db import Database
from awards.errors import NotFound, RuleBroken
from awards.rounds.tables import Prize
from tests.booth import BASE, PRIZE
from tests.browsing import BrowserOf, Fields, hidden, text_of
from tests.builders import FakeClock, a_prize
from tests.races import at_once
from tests.votes import CLOSES, Vote, a_vote

DECISION = f"{PRIZE}/beslutning"
TODAY = date(2026, 11, 8)


@pytest.fixture
async def meeting(db: Database, clock: FakeClock, tmp_path: Path) -> Vote:
    return await a_vote(clock, tmp_path / "keys")


async def register(meeting: Vote, *winners: str, by: Person | None = None, **changed: Any) -> UUID:
    """The chair and the member decided today; the recused member left the room."""
    cast = meeting.cast
    given: dict[str, Any] = {
        "held_on": TODAY,
        "present": [cast.chair.id, cast.member.id],
        "recused": [cast.recused_member.id],
        "reason": "Rådet var enigt.",
    } | changed
    id = given.pop("id", uuid4())
    await deciding.register_decision(
        id,
        meeting.prize.id,
        winners=[meeting.candidates[name] for name in winners or ("ada",)],
        by=meeting.actor(by or cast.secretary),
        clock=meeting.clock,
        **given,
    )
    return id


async def approve(meeting: Vote, person: Person) -> None:
    await deciding.approve_decision(meeting.prize.id, by=meeting.actor(person), clock=meeting.clock)


async def winners(meeting: Vote) -> list[str]:
    return [candidate.name for candidate in await deciding.winners_of(meeting.prize.id)]


async def test_it_needs_no_poll_no_roll_and_no_slot(meeting: Vote) -> None:
    await register(meeting)
    await approve(meeting, meeting.cast.chair)
    assert await winners(meeting) == ["ada"]
    assert await Poll.count() == await Elector.count() == await Slot.count() == 0


async def test_nobody_has_the_prize_before_the_chair_has_approved(meeting: Vote) -> None:
    await register(meeting)
    assert await winners(meeting) == []


async def test_the_same_form_twice_registers_it_once(meeting: Vote) -> None:
    id = uuid4()
    assert await at_once(*(register(meeting, id=id) for _tab in range(3))) == [id] * 3
    assert await MeetingDecision.count() == 1


async def test_two_people_who_register_at_once_make_one_decision(meeting: Vote) -> None:
    outcomes = await at_once(register(meeting, "ada"), register(meeting, "bo", by=meeting.cast.deputy))
    assert sum(isinstance(outcome, RuleBroken) for outcome in outcomes) == 1
    assert await MeetingDecision.count() == 1


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"held_on": TODAY + timedelta(days=1)}, "has not been held"),
        ({"present": []}, "can have been present"),
        ({"present": [uuid4()]}, "can have been present"),
        ({"held_on": date(2025, 12, 31)}, "can have been present"),  # nobody had a seat yet
    ],
)
async def test_only_members_of_a_meeting_that_was_held_can_have_decided(
    meeting: Vote, changed: dict[str, Any], words: str
) -> None:
    with pytest.raises(RuleBroken, match=words):
        await register(meeting, **changed)


async def test_whoever_was_inhabil_did_not_take_part(meeting: Vote) -> None:
    with pytest.raises(RuleBroken, match="does not take part"):
        await register(meeting, recused=[meeting.cast.member.id])


async def test_whoever_told_that_they_are_inhabil_did_not_take_part_either(meeting: Vote) -> None:
    await meeting.answer(meeting.cast.member, ada="recused")
    with pytest.raises(RuleBroken, match="does not take part"):
        await register(meeting, recused=[])


async def test_a_prize_is_shared_only_where_its_rules_allow_it(meeting: Vote) -> None:
    await Prize.update({Prize.may_be_shared: False}).where(Prize.id == meeting.prize.id)
    with pytest.raises(RuleBroken, match="cannot be shared"):
        await register(meeting, "ada", "bo")
    await Prize.update({Prize.may_be_shared: True}).where(Prize.id == meeting.prize.id)
    await register(meeting, "ada", "bo")
    await approve(meeting, meeting.cast.chair)
    assert await winners(meeting) == ["ada", "bo"]


async def test_only_a_confirmed_candidate_of_the_prize_can_have_it(meeting: Vote) -> None:
    other = await a_prize(meeting.round, "erhvervsprisen")
    with pytest.raises(RuleBroken, match="Only the candidates"):
        await deciding.register_decision(
            uuid4(),
            other.id,
            held_on=TODAY,
            present=[meeting.cast.chair.id],
            recused=[],
            winners=[meeting.candidates["ada"]],
            reason="",
            by=meeting.actor(meeting.cast.secretary),
            clock=meeting.clock,
        )


async def test_no_vote_is_prepared_or_opened_about_what_a_meeting_has_decided(meeting: Vote) -> None:
    id, secretary = uuid4(), meeting.actor(meeting.cast.secretary)
    await polls.prepare_poll(id, meeting.prize.id, closes_at=CLOSES, by=secretary, clock=meeting.clock)
    await register(meeting)
    with pytest.raises(RuleBroken, match="registered already"):
        await polls.prepare_poll(id, meeting.prize.id, closes_at=CLOSES, by=secretary, clock=meeting.clock)
    with pytest.raises(RuleBroken, match="registered already"):
        await polls.open_poll(id, without_answers=True, key_dir=meeting.key_dir, by=secretary, clock=meeting.clock)
    await deciding.withdraw_decision(meeting.prize.id, by=secretary, clock=meeting.clock)
    await polls.open_poll(id, without_answers=True, key_dir=meeting.key_dir, by=secretary, clock=meeting.clock)


async def test_it_cannot_overtake_an_open_vote(meeting: Vote) -> None:
    await meeting.open(without_answers=True)
    with pytest.raises(RuleBroken, match="There is a vote"):
        await register(meeting)


async def test_a_vote_that_opens_while_the_decision_is_registered_meets_it(meeting: Vote) -> None:
    opened, registered = await at_once(meeting.open(without_answers=True), register(meeting))
    assert isinstance(opened, RuleBroken) or isinstance(registered, RuleBroken)
    assert await MeetingDecision.count() + await Poll.count().where(Poll.state == "open") == 1


async def test_a_chair_who_was_inhabil_at_the_meeting_does_not_approve(meeting: Vote) -> None:
    cast = meeting.cast
    await register(meeting, present=[cast.vice_chair.id, cast.member.id], recused=[cast.chair.id])
    with pytest.raises(NotFound):
        await approve(meeting, cast.chair)
    await approve(meeting, cast.vice_chair)
    assert await winners(meeting) == ["ada"]


async def test_whoever_registered_it_does_not_approve_it(meeting: Vote) -> None:
    await register(meeting, by=meeting.cast.chair)
    with pytest.raises(RuleBroken, match="Two people"):
        await approve(meeting, meeting.cast.chair)


async def test_approving_twice_is_approving_once_and_then_it_stands(meeting: Vote) -> None:
    await register(meeting)
    assert await at_once(approve(meeting, meeting.cast.chair), approve(meeting, meeting.cast.chair)) == [None, None]
    with pytest.raises(RuleBroken, match="stands"):
        await deciding.withdraw_decision(
            meeting.prize.id, by=meeting.actor(meeting.cast.secretary), clock=meeting.clock
        )


async def test_a_decision_written_down_wrongly_is_withdrawn_and_written_anew(meeting: Vote) -> None:
    await register(meeting, "bo")
    secretary = meeting.actor(meeting.cast.secretary)
    await deciding.withdraw_decision(meeting.prize.id, by=secretary, clock=meeting.clock)
    await register(meeting, "ada")
    await approve(meeting, meeting.cast.chair)
    assert await winners(meeting) == ["ada"]


# Through the pages


def ticked(meeting: Vote, page: str) -> Fields:
    cast = meeting.cast
    return hidden(page, DECISION) | {
        "held_on": "07.11.2026",
        "winners[]": str(meeting.candidates["ada"]),
        "present[]": [str(cast.chair.id), str(cast.member.id)],
        "recused[]": str(cast.recused_member.id),
        "reason": "Rådet var enigt.",
    }


async def test_the_secretary_registers_it_and_the_chair_finds_it_among_what_waits(
    vote_in_app: Vote, browser_of: BrowserOf
) -> None:
    secretary = await browser_of(vote_in_app.cast.secretary)
    fields = ticked(vote_in_app, await secretary.get(DECISION))
    await secretary.post(DECISION, fields)
    assert "Afventer formandens godkendelse" in await secretary.get(DECISION)
    await secretary.post(f"{DECISION}/godkendelse", {}, 404)

    chair = await browser_of(vote_in_app.cast.chair)
    assert "Godkend rådets beslutning om Frivillighedsprisen" in await chair.get(f"{BASE}/afstemning")
    await chair.post(f"{DECISION}/godkendelse", {})
    page = await chair.get(DECISION)
    assert "7. november 2026" in page
    assert await winners(vote_in_app) == ["ada"]

    minutes = await (await browser_of(vote_in_app.cast.member)).get(f"{PRIZE}/referat")
    for words in ("ada", "Rådet var enigt.", "recused_member", "7. november 2026"):
        assert words in minutes


async def test_what_was_ticked_and_typed_stays_when_something_is_missing(
    vote_in_app: Vote, browser_of: BrowserOf
) -> None:
    secretary = await browser_of(vote_in_app.cast.secretary)
    fields = ticked(vote_in_app, await secretary.get(DECISION)) | {"winners[]": [], "held_on": "31.02.2026"}
    answer = await secretary.post(DECISION, fields, 422)
    assert "31.02.2026" in answer.text
    assert "Rådet var enigt." in answer.text
    assert answer.text.count(" checked") == 3
    in_time_to_come = ticked(vote_in_app, answer.text) | {"held_on": "01.12.2026"}
    refused = await secretary.post(DECISION, in_time_to_come, 409)
    assert "Mødet er ikke holdt endnu." in text_of(refused)
    assert refused.text.count(" checked") == 4


async def test_whoever_was_inhabil_sees_nothing_of_it(vote_in_app: Vote, browser_of: BrowserOf) -> None:
    await vote_in_app.answer(vote_in_app.cast.vice_chair, ada="recused")
    secretary = await browser_of(vote_in_app.cast.secretary)
    page = await secretary.get(DECISION)
    inhabil = f'value="{vote_in_app.cast.vice_chair.id}" checked'
    assert page.count(inhabil) == 1  # noted already, from what they have answered
    await secretary.post(DECISION, ticked(vote_in_app, page))
    recused = await browser_of(vote_in_app.cast.vice_chair)
    await recused.get(DECISION, 404)
    await recused.get(f"{PRIZE}/referat", 404)
    assert "Frivillighedsprisen" not in text_of_duties(await recused.get(f"{BASE}/afstemning"))


def text_of_duties(page: str) -> str:
    """What waits for the person, without the list of the prizes."""
    return page.partition("Godkend rådets beslutning")[1]
