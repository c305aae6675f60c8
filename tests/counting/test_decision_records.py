"""What somebody writes about a counted vote past the program: its state, the decision of a tie, the approvals."""

import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from uuid import uuid4

import pytest

from awards.ballots.polls import void_poll
from awards.counting.deciding import approve, decide_tie
from awards.counting.tables import Approval
from awards.db import Database, fetch
from tests.builders import FakeClock
from tests.counting.attacks import Attacked, alter_an_opened_ballot, faults, links, rewrite_the_log, vote_of

APPROVALS = "the approvals are not those recorded"
TIE = "the decision of the tie is not the one recorded"
Attack = Callable[[Attacked], Awaitable[None]]


async def say(vote: Attacked, capacity: str, objection: str = "") -> None:
    by = vote.actor(getattr(vote.cast, capacity))
    await approve(vote.poll.id, capacity, objection=objection, by=by, clock=vote.clock)


@pytest.fixture
async def objected(counted: Attacked) -> Attacked:
    """The secretary objects, the chair has not spoken."""
    await say(counted, "secretary", "Et medlem var inhabilt.")
    assert await faults() == []
    return counted


@pytest.fixture
async def tied(db: Database, clock: FakeClock, tmp_path: Path) -> Attacked:
    """The member's vote for cem and the chair's for ada; the chair has decided for ada."""
    vote = await vote_of(clock, tmp_path / "keys", "member", "chair")
    await vote.vote(vote.cast.vice_chair)
    assert (await vote.close()).state == "tie"
    by = vote.actor(vote.cast.chair)
    await decide_tie(vote.poll.id, vote.candidates["ada"], reason="Kriterie 1", by=by, clock=clock)
    assert await faults() == []
    return vote


async def approve_for_the_chair(vote: Attacked) -> None:
    await Approval(
        id=uuid4(), poll=vote.poll.id, capacity="chair", person=vote.cast.chair.id, at=vote.clock.now()
    ).save()


async def wipe_the_objection(_vote: Attacked) -> None:
    await fetch("UPDATE approval SET objection = ''")


async def object_as_another(vote: Attacked) -> None:
    await fetch("UPDATE approval SET person = {}", vote.cast.vice_chair.id)


async def object_in_the_other_capacity(_vote: Attacked) -> None:
    await fetch("UPDATE approval SET capacity = 'chair'")


async def strike_out_the_objection(_vote: Attacked) -> None:
    await fetch("DELETE FROM approval")


@pytest.mark.parametrize(
    "attack",
    [
        approve_for_the_chair,
        wipe_the_objection,
        object_as_another,
        object_in_the_other_capacity,
        strike_out_the_objection,
    ],
)
async def test_an_approval_that_nobody_gave_or_that_somebody_changed_is_found(
    objected: Attacked, attack: Attack
) -> None:
    await attack(objected)
    assert await faults() == [APPROVALS]


@pytest.mark.parametrize("column", ["choice", "person"])
async def test_another_decision_of_a_tie_is_found(tied: Attacked, column: str) -> None:
    forged = tied.candidates["cem"] if column == "choice" else tied.cast.member.id
    await fetch(f"UPDATE chair_decision SET {column} = {{}}", forged)
    assert await faults() == [TIE]


async def test_a_state_that_was_written_by_hand_is_found_at_every_step(vote: Attacked) -> None:
    for step in ("open", "decided", "approved"):
        if step == "decided":
            await vote.close()
        if step == "approved":
            await say(vote, "secretary")
            await say(vote, "chair")
        assert (await vote.reload()).state == step
        assert await faults() == []
        for forged in {"draft", "open", "closed", "tie", "decided", "approved", "destroyed", "void"} - {step}:
            await fetch("UPDATE poll SET state = {}", forged)
            assert await faults() == [f"it stands as {forged}, and the records make it {step}"]
        await fetch("UPDATE poll SET state = {}", step)


async def test_a_vote_that_was_ended_after_its_tie_was_decided_has_no_faults(tied: Attacked) -> None:
    await say(tied, "secretary")
    by = tied.actor(tied.cast.secretary)
    await void_poll(tied.poll.id, reason="Et medlem stemte for en anden.", by=by, clock=tied.clock)
    assert await faults() == []
    await approve_for_the_chair(tied)
    assert await faults() == [APPROVALS]


async def test_a_count_recorded_before_results_were_has_no_faults(db: Database, counted: Attacked) -> None:
    await rewrite_the_log(db, lambda body: {name: body[name] for name in body if name != "result"}, rebuilt=True)
    assert not any("result" in json.loads(link["body"]) for link in await links())
    assert await faults() == []
    await alter_an_opened_ballot(counted)
    assert await faults() == ["the counted ballots are not those recorded at the count"]
