"""Casts that meet another cast, a recusal, the end of the vote, or the close, at the same moment."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from awards.accounts.tables import Person
from awards.audit.tables import Audit
from awards.ballots import casting, keys, polls, recusals
from awards.ballots.ballot import Ballot
from awards.ballots.casting import VotedElsewhere
from awards.ballots.receipts import Receipt
from awards.ballots.recusals import Reply
from awards.ballots.sealing import Sealed
from awards.ballots.tables import Box, Elector, Poll, Slot, TookPart
from awards.clock import Clock
from awards.counting import closing
from awards.db import Database, lock
from awards.errors import DeadlinePassed, NotFound, RuleBroken
from tests.booth import CAST, PAPER, REVIEW, rank
from tests.browsing import BrowserOf, hidden
from tests.builders import FakeClock
from tests.races import RunsOut, at_once
from tests.votes import CLOSES, Vote, a_vote


@pytest.fixture
async def race(db: Database, clock: FakeClock, tmp_path: Path) -> Vote:
    """An open vote of four, whose fifth member is recused."""
    made = await a_vote(clock, tmp_path / "keys")
    await made.everybody_answers()
    await made.open()
    return made


def electors(race: Vote) -> list[Person]:
    return race.members[:4]


async def hand_in(race: Vote, person: Person, envelope: Sealed, clock: Clock, expects: int = 0) -> Receipt:
    return await casting.cast(
        race.poll.id,
        envelope.outer,
        envelope.t1,
        expects=expects,
        member=person.id,
        slot_key=keys.slot_key(race.key_dir),
        clock=clock,
    )


async def close(race: Vote, clock: Clock) -> bool:
    return await closing.close_poll(race.poll.id, key_dir=race.key_dir, clock=clock)


async def step_back(race: Vote, person: Person) -> None:
    replies = {id: Reply("recused" if name == "bo" else "none") for name, id in race.candidates.items()}
    slot_key = keys.slot_key(race.key_dir)
    await recusals.answer(race.round.id, replies, slot_key=slot_key, by=race.actor(person), clock=race.clock)


async def codes_in_slots() -> list[str]:
    return await Slot.select(Slot.t1).where(Slot.t1.is_not_null()).order_by(Slot.t1).output(as_list=True)


@pytest.mark.parametrize("readings", range(7))
async def test_a_cast_at_the_deadline_is_either_counted_or_refused_and_never_lost(race: Vote, readings: int) -> None:
    clock = RunsOut(CLOSES, readings)
    voters = electors(race)
    envelopes = [race.sealed(Ballot("blank")) for _voter in voters]
    casts = [hand_in(race, voter, envelope, clock) for voter, envelope in zip(voters, envelopes, strict=True)]
    outcomes = await at_once(casts[0], close(race, clock), *casts[1:3], close(race, clock), casts[3])
    await close(race, RunsOut(CLOSES, 0))

    outcomes = [outcomes[0], *outcomes[2:4], outcomes[5]]
    assert all(isinstance(outcome, (Receipt, DeadlinePassed)) for outcome in outcomes)
    acknowledged = {voter.id: each for voter, each in zip(voters, outcomes, strict=True) if isinstance(each, Receipt)}
    box = await Box.select(Box.t1).order_by(Box.t1).output(as_list=True)
    assert box == sorted(receipt.t1 for receipt in acknowledged.values())
    assert {row.member for row in await TookPart.objects()} == set(acknowledged)
    assert await Slot.count() == 0


async def test_a_cast_that_waits_past_the_deadline_is_refused(race: Vote, monkeypatch: pytest.MonkeyPatch) -> None:
    async def wait_for_the_lock(*which: Any) -> Any:
        row = await lock(*which)
        race.clock.set(CLOSES)
        return row

    monkeypatch.setattr(casting, "lock", wait_for_the_lock)
    with pytest.raises(DeadlinePassed):
        await race.vote(race.cast.member, "ada")
    assert await codes_in_slots() == []


async def test_two_ballots_of_one_member_from_two_tabs_fill_one_slot(race: Vote) -> None:
    member = race.cast.member
    tabs = [race.sealed(Ballot("valid", (choice,))) for choice in ("c1", "c2", "c3")]
    outcomes = await at_once(*(hand_in(race, member, tab, race.clock) for tab in tabs))
    receipts = [outcome for outcome in outcomes if isinstance(outcome, Receipt)]
    assert len(receipts) == 1
    assert sum(isinstance(outcome, VotedElsewhere) for outcome in outcomes) == 2
    assert receipts[0].seq == 1
    assert await codes_in_slots() == [receipts[0].t1]
    assert await Slot.count() == 4


async def test_whoever_is_told_of_a_vote_elsewhere_votes_again_and_that_one_counts(race: Vote) -> None:
    member = race.cast.member
    tabs = [race.sealed(Ballot("valid", (choice,))) for choice in ("c1", "c2")]
    outcomes = await at_once(*(hand_in(race, member, tab, race.clock) for tab in tabs))
    refused = next(tab for tab, each in zip(tabs, outcomes, strict=True) if isinstance(each, VotedElsewhere))
    receipt = await hand_in(race, member, refused, race.clock, expects=1)
    assert receipt.seq == 2
    assert await codes_in_slots() == [refused.t1]


async def test_a_double_click_is_one_vote_with_one_receipt(race: Vote) -> None:
    envelope = race.sealed(Ballot("blank"))
    first, *others = await at_once(*(hand_in(race, race.cast.member, envelope, race.clock) for _click in range(3)))
    assert isinstance(first, Receipt)
    assert first.seq == 1
    assert all(other == first for other in others)


async def test_a_double_click_on_the_page_is_one_vote(open_vote: Vote, browser_of: BrowserOf) -> None:
    member = await browser_of(open_vote.cast.member)
    review = await member.post(REVIEW, hidden(await rank(member, "c1"), PAPER), 200)
    sent = hidden(review.text, CAST)
    answers = await asyncio.gather(member.post(CAST, sent), member.post(CAST, sent))
    assert {answer.headers["location"] for answer in answers} == {f"{PAPER}/kvittering"}
    assert await Slot.select(Slot.seq).where(Slot.t1 == sent["t1"]).output(as_list=True) == [1]


async def test_ballots_of_several_members_at_once_all_stay(race: Vote) -> None:
    """Each cast writes all the slots anew: none may bring back what it read before another one."""
    envelopes = [race.sealed(Ballot("blank")) for _voter in electors(race)]
    together = zip(electors(race), envelopes, strict=True)
    await at_once(*(hand_in(race, voter, envelope, race.clock) for voter, envelope in together))
    assert await codes_in_slots() == sorted(envelope.t1 for envelope in envelopes)


async def test_one_envelope_from_two_members_is_in_the_box_once(race: Vote) -> None:
    envelope = race.sealed(Ballot("blank"))
    outcomes = await at_once(*(hand_in(race, voter, envelope, race.clock) for voter in electors(race)))
    assert sum(isinstance(outcome, Receipt) for outcome in outcomes) == 1
    assert await codes_in_slots() == [envelope.t1]


async def test_a_ballot_of_a_member_who_steps_back_at_that_moment_is_never_counted(race: Vote) -> None:
    member, others = race.cast.member, (race.cast.chair, race.cast.vice_chair)
    envelope = race.sealed(Ballot("valid", ("c1",)))
    kept = [race.sealed(Ballot("blank")) for _other in others]
    outcomes = await at_once(
        hand_in(race, others[0], kept[0], race.clock),
        hand_in(race, member, envelope, race.clock),
        step_back(race, member),
        hand_in(race, others[1], kept[1], race.clock),
    )
    assert isinstance(outcomes[1], (Receipt, NotFound))
    assert outcomes[2] is None
    assert await codes_in_slots() == sorted(each.t1 for each in kept)
    assert await Elector.count() == 3
    await race.close()
    assert await Box.select(Box.t1).order_by(Box.t1).output(as_list=True) == sorted(each.t1 for each in kept)
    assert {row.member for row in await TookPart.objects()} == {other.id for other in others}


@pytest.mark.parametrize("readings", range(3))
async def test_stepping_back_at_the_close_takes_the_ballot_out_or_comes_too_late(race: Vote, readings: int) -> None:
    member = race.cast.member
    await race.vote(member, "bo")
    clock = RunsOut(CLOSES, readings)
    stepping, _closed = await at_once(step_back(race, member), close(race, clock))
    await close(race, RunsOut(CLOSES, 0))
    came_too_late = isinstance(stepping, RuleBroken)
    assert stepping is None or came_too_late
    assert await Box.count() == await TookPart.count() == int(came_too_late)
    assert await Slot.count() == 0


async def test_a_vote_ended_while_somebody_votes_keeps_no_ballot(race: Vote) -> None:
    secretary = race.actor(race.cast.secretary)
    envelope = race.sealed(Ballot("blank"))
    outcomes = await at_once(
        polls.void_poll(race.poll.id, reason="En kandidat trak sig.", by=secretary, clock=race.clock),
        hand_in(race, race.cast.member, envelope, race.clock),
        polls.void_poll(race.poll.id, reason="En kandidat trak sig.", by=secretary, clock=race.clock),
    )
    assert isinstance(outcomes[1], (Receipt, DeadlinePassed))
    assert sum(isinstance(outcomes[i], RuleBroken) for i in (0, 2)) == 1
    assert await Slot.count() == 0


async def test_a_vote_is_opened_once_and_its_roll_made_once(db: Database, clock: FakeClock, tmp_path: Path) -> None:
    vote = await a_vote(clock, tmp_path / "keys")
    await vote.everybody_answers()
    secretary, deputy = vote.actor(vote.cast.secretary), vote.actor(vote.cast.deputy)
    id = vote.prize.id
    await polls.prepare_poll(id, vote.prize.id, closes_at=CLOSES, by=secretary, clock=clock)
    outcomes = await at_once(
        *(
            polls.open_poll(id, without_answers=False, key_dir=vote.key_dir, by=by, clock=clock)
            for by in (secretary, deputy)
        )
    )
    assert sum(isinstance(outcome, RuleBroken) for outcome in outcomes) == 1
    assert await Slot.count() == await Elector.count() == 4
    assert await Audit.count().where(Audit.body.like("%ballots.poll_opened%")) == 1
    await vote.reload(id)
    assert await Poll.count() == 1
    await vote.vote(vote.cast.member, "ada")  # the keys on disk are those of the manifest
