"""Killed with SIGKILL in the middle of each step of a vote: what stands is the step before or the step after, the step
can be done then, and no ballot is lost or there twice."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import pytest

from awards.administration.audit import verify_all
from awards.audit.tables import Audit
from awards.ballots import keys, polls
from awards.ballots.casting import manifest_of
from awards.ballots.manifest import lock_to_hex
from awards.ballots.tables import Box, Elector, Mixed, Slot, TookPart
from awards.counting import closing, deciding, due
from awards.counting.tables import Approval, Count
from awards.db import Database
from awards.errors import RuleBroken
from awards.outbox.tables import Mail
from awards.settings import Settings
from tests.builders import FakeClock
from tests.killing import is_killed
from tests.snapshots import whole_database
from tests.votes import CLOSES, Vote, a_vote

pytestmark = pytest.mark.slow

Act = Callable[[], Awaitable[Any]]


@pytest.fixture
async def vote(db: Database, clock: FakeClock, settings: Settings) -> Vote:
    """A prepared vote, before it opens."""
    made = await a_vote(clock, settings.key_dir)
    await made.everybody_answers()
    poll, secretary = uuid4(), made.actor(made.cast.secretary)
    await polls.prepare_poll(poll, made.prize.id, closes_at=CLOSES, by=secretary, clock=clock)
    await made.reload(poll)
    return made


async def kill_through(settings: Settings, act: Act) -> int:
    """Kill `act` at each of its points, one process after the other, until it is done: how often it was killed.

    Each time the whole database is as before, or the act is done, and doing it again changes nothing.
    """
    before, files = await whole_database(), key_files(settings)
    point, kills = 1, 0
    while await is_killed(settings, act, point):
        kills += 1
        if await whole_database() != before:
            break
        # A key that is made, or gone, stays so, and the points that it had are no more.
        point, files = point + 1 if key_files(settings) == files else 1, key_files(settings)
    after = await whole_database()
    with suppress(RuleBroken):  # "That is done already"
        await act()
    assert await whole_database() == after != before
    return kills


def key_files(settings: Settings) -> set[str]:
    return {path.name for path in settings.key_dir.iterdir() if not path.name.startswith(".")}


async def records(*what: str) -> list[int]:
    return [await Audit.count().where(Audit.body.like(f'%"{each}"%')) for each in what]


async def mails(template: str) -> int:
    return await Mail.count().where(Mail.template == template)


async def test_every_step_of_a_vote_survives_a_kill_at_any_point(vote: Vote, settings: Settings) -> None:
    clock, poll, key_dir = vote.clock, vote.poll.id, settings.key_dir
    chair, secretary = vote.actor(vote.cast.chair), vote.actor(vote.cast.secretary)

    opening = partial(polls.open_poll, poll, without_answers=False, key_dir=key_dir, by=secretary, clock=clock)
    assert await kill_through(settings, opening) > 15
    assert (await vote.reload()).state == "open"
    assert (await Elector.count(), await Slot.count(), await mails("ballots/opened")) == (4, 4, 4)
    assert await records("ballots.poll_opened") == [1]
    manifest = manifest_of(vote.poll)
    for lock, public in (("A", manifest.lock_a), ("B", manifest.lock_b)):
        assert lock_to_hex(keys.load_lock(key_dir, poll, lock).public_key()) == public  # type: ignore[arg-type]

    receipts = [await vote.vote(person, "ada") for person in vote.members[:3]]
    clock.set(CLOSES)
    assert await kill_through(settings, partial(closing.close_poll, poll, key_dir=key_dir, clock=clock)) > 5
    closed = await vote.reload()
    assert (closed.state, closed.salt, await Slot.count()) == ("closed", None, 0)
    box = await Box.select(Box.t1).order_by(Box.t1).output(as_list=True)
    assert box == sorted(receipt.t1 for receipt in receipts)
    assert {row.member for row in await TookPart.objects()} == {person.id for person in vote.members[:3]}
    assert await mails("counting/closed") == 4

    assert await kill_through(settings, partial(closing.count_poll, poll, key_dir=key_dir, clock=clock)) > 5
    assert (await vote.reload()).state == "decided"
    assert (await Mixed.count(), await Count.count(), await mails("counting/approve")) == (3, 1, 2)
    assert (await closing.result_of(poll)).counts.valid == 3
    assert await records("counting.closed", "counting.opened", "counting.counted") == [1, 1, 1]

    for capacity, by in (("chair", chair), ("secretary", secretary)):
        assert await kill_through(settings, partial(deciding.approve, poll, capacity, by=by, clock=clock)) > 2
    assert (await vote.reload()).state == "approved"
    assert await Approval.count() == 2
    assert [winner.name for winner in await deciding.winners_of(vote.prize.id)] == ["ada"]
    assert (await verify_all(None)).faults == []

    clock.advance(timedelta(days=28))
    assert await kill_through(settings, partial(due.destroy_old_ballots, clock=clock, settings=settings)) > 5
    assert (await vote.reload()).state == "destroyed"
    assert not [path.name for path in key_dir.iterdir() if str(poll) in path.name], "a key that opens an envelope"
    assert (await verify_all(None)).faults == []


async def test_a_tie_is_decided_once_though_the_decision_was_killed(vote: Vote, settings: Settings) -> None:
    secretary, chair = vote.actor(vote.cast.secretary), vote.actor(vote.cast.chair)
    await polls.open_poll(vote.poll.id, without_answers=False, key_dir=settings.key_dir, by=secretary, clock=vote.clock)
    await vote.reload()
    await vote.vote(vote.cast.chair, "ada")
    await vote.vote(vote.cast.member, "bo")
    assert (await vote.close()).state == "tie"
    choice = vote.candidates["bo"]
    decide = partial(deciding.decide_tie, vote.poll.id, choice, reason="Bredde", by=chair, clock=vote.clock)
    assert await kill_through(settings, decide) > 2
    assert (await vote.reload()).state == "decided"
    assert await records("counting.tie_decided") == [1]
