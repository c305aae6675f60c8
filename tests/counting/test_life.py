"""The life of a poll in every order that hypothesis thinks of: no path counts a ballot twice, loses one, counts before
the close, or lets somebody recused in."""

import asyncio
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from hypothesis import settings as budget
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from awards.accounts.tables import Person
from awards.ballots.ballot import Ballot
from awards.ballots.casting import VotedElsewhere, manifest_of
from awards.ballots.extending import agree_to_later_close, ask_for_later_close, asked_change
from awards.ballots.polls import void_poll
from awards.ballots.tables import Box, Elector, Mixed, Slot, TookPart
from awards.counting import deciding
from awards.counting.closing import close_due_polls, result_of
from awards.counting.early import close_early
from awards.counting.quorum import quorum_of
from awards.counting.rules import Options, tally
from awards.counting.tables import Count
from awards.counting.withdrawals import withdraw_candidate
from awards.db import connect
from awards.errors import DeadlinePassed, NotFound, RuleBroken
from awards.settings import Settings
from tests.builders import FakeClock
from tests.votes import CLOSES, Vote, a_vote

WHO = st.integers(0, 4)
RANKINGS = st.lists(st.sampled_from(["ada", "bo", "cem"]), max_size=3, unique=True).map(tuple)


class Life(RuleBasedStateMachine):
    """A poll, and what it should hold: the last ballot of everybody who may vote."""

    settings: Settings  # the database, shared by all lives: each has a council of its own
    runner: asyncio.Runner

    def __init__(self) -> None:
        super().__init__()
        self.ballots: dict[UUID, tuple[str, ...]] = {}
        self.casts: dict[UUID, int] = {}
        self.recused: set[UUID] = set()
        self.withdrawn: set[str] = set()

    def do(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self.runner.run(work)

    def tried(self, work: Coroutine[Any, Any, Any], *refusals: type[Exception]) -> bool:
        """Whether it was done; `refusals` are what may be answered instead."""
        try:
            self.do(work)
        except refusals:
            return False
        return True

    @initialize()
    def opened(self) -> None:
        self.vote: Vote = self.do(a_vote(FakeClock(), self.settings.key_dir, slug=f"r{uuid4().hex[:8]}"))
        self.do(self.vote.everybody_answers())
        self.recused.add(self.vote.cast.recused_member.id)
        self.do(self.vote.open())
        self.closes_at = CLOSES

    def person(self, who: int) -> Person:
        return self.vote.members[who]

    @property
    def is_open(self) -> bool:
        return bool(self.vote.poll.state == "open" and self.vote.clock.now() < self.closes_at)

    @rule(who=WHO, ranking=RANKINGS, stale=st.booleans())
    def somebody_votes(self, who: int, ranking: tuple[str, ...], stale: bool) -> None:
        person = self.person(who)
        known = self.casts.get(person.id, 0)
        expects = known + 1 if stale else known
        done = self.tried(self.vote.vote(person, *ranking, expects=expects), NotFound, DeadlinePassed, VotedElsewhere)
        assert done is (self.is_open and person.id not in self.recused and not stale)
        if done:
            self.ballots[person.id], self.casts[person.id] = ranking, known + 1

    @rule(who=WHO)
    def somebody_steps_back(self, who: int) -> None:
        person, was_open = self.person(who), self.is_open
        done = self.tried(self.vote.answer(person, ada="recused"), RuleBroken)
        self.see()
        if done and was_open:
            self.recused.add(person.id)
            self.ballots.pop(person.id, None)
            self.casts.pop(person.id, None)

    @rule(hours=st.sampled_from([1, 30, 100]))
    def time_passes(self, hours: int) -> None:
        self.vote.clock.advance(timedelta(hours=hours))

    @rule()
    def the_scheduler_looks(self) -> None:
        self.do(close_due_polls(clock=self.vote.clock, settings=self.settings))
        self.see()

    @rule()
    def two_give_more_time(self) -> None:
        later = self.closes_at + timedelta(hours=24)
        secretary, chair = self.vote.actor(self.vote.cast.secretary), self.vote.actor(self.vote.cast.chair)
        ask = ask_for_later_close(self.vote.poll.id, later, by=secretary, clock=self.vote.clock)
        if self.tried(ask, DeadlinePassed):
            assert self.is_open
            change = self.do(asked_change(self.vote.poll.id))
            self.do(agree_to_later_close(change.id, by=chair, clock=self.vote.clock))
            self.closes_at = later
        self.see()

    @rule()
    def the_chair_closes_early(self) -> None:
        chair = self.vote.actor(self.vote.cast.chair)
        was_open = self.vote.poll.state == "open"
        missing = len(self.vote.members) - len(self.recused) - len(self.ballots)
        close = close_early(self.vote.poll.id, key_dir=self.settings.key_dir, by=chair, clock=self.vote.clock)
        done = self.tried(close, RuleBroken)
        if was_open:
            assert done is (missing == 0 and len(self.ballots) > 0)
        self.see()

    @rule(name=st.sampled_from(["ada", "bo", "cem"]))
    def a_candidate_withdraws(self, name: str) -> None:
        secretary = self.vote.actor(self.vote.cast.secretary)
        self.do(withdraw_candidate(self.vote.candidates[name], reason="", by=secretary, clock=self.vote.clock))
        self.withdrawn.add(name)
        self.see()

    @precondition(lambda self: self.vote.poll.state in ("tie", "decided"))
    @rule()
    def the_council_finishes(self) -> None:
        chair, secretary = self.vote.actor(self.vote.cast.chair), self.vote.actor(self.vote.cast.secretary)
        poll = self.vote.poll
        if self.recused & {self.vote.cast.chair.id}:
            return
        if poll.state == "tie":
            tied = self.do(result_of(poll.id)).tied[0]
            choice = next(entry.candidate for entry in manifest_of(poll).entries if entry.id == tied)
            self.do(deciding.decide_tie(poll.id, choice, reason="Derfor", by=chair, clock=self.vote.clock))
        self.do(deciding.approve(poll.id, "chair", by=chair, clock=self.vote.clock))
        self.do(deciding.approve(poll.id, "secretary", by=secretary, clock=self.vote.clock))
        self.see()
        assert self.vote.poll.state == "approved"

    @rule()
    def the_secretary_ends_it(self) -> None:
        if self.vote.poll.state in ("open", "closed"):
            secretary = self.vote.actor(self.vote.cast.secretary)
            self.do(void_poll(self.vote.poll.id, reason="Fejl", by=secretary, clock=self.vote.clock))
            self.see()

    def see(self) -> None:
        self.do(self.vote.reload())

    @invariant()
    def nothing_is_opened_counted_or_lost(self) -> None:
        if "vote" not in self.__dict__:
            return
        self.do(self._look())

    async def _look(self) -> None:
        poll = self.vote.poll
        slots = await Slot.objects().where(Slot.poll == poll.id)
        box = await Box.count().where(Box.poll == poll.id)
        count = await Count.objects().get(Count.poll == poll.id)
        if poll.state == "open":
            assert (box, count) == (0, None), "nothing is opened before the close"
            assert sum(slot.t1 is not None for slot in slots) == len(self.ballots)
            assert len(slots) == await Elector.count().where(Elector.poll == poll.id)
            return
        assert not slots, "after the close nothing joins a member to an envelope"
        assert poll.salt is None
        if count is None:  # ended without a count
            assert box == 0
            return
        assert box == len(self.ballots) == await TookPart.count().where(TookPart.poll == poll.id)
        quorum = (await quorum_of(poll, self.vote.cast.council.id)).needed
        result = await result_of(poll.id)
        assert result.counts.ballots == len(self.ballots), "each ballot once, and none of anybody recused"
        if len(self.ballots) < quorum:
            assert await Mixed.count().where(Mixed.poll == poll.id) == 0, "without a quorum the box stays shut"
        elif not self.withdrawn:
            manifest = manifest_of(poll)
            short = {entry.name: entry.id for entry in manifest.entries}
            cast = [
                Ballot("valid", tuple(short[name] for name in ranking)) if ranking else Ballot("blank")
                for ranking in self.ballots.values()
            ]
            assert result == tally(manifest.paper, cast, Options(quorum=quorum))


def test_every_life_of_a_poll_keeps_its_promises(settings: Settings) -> None:
    with asyncio.Runner() as runner:

        async def enter() -> AsyncExitStack:
            stack = AsyncExitStack()
            await stack.enter_async_context(connect(settings))
            return stack

        stack = runner.run(enter())
        try:
            life = type("Life", (Life,), {"settings": settings, "runner": runner})
            run_state_machine_as_test(life, settings=budget(max_examples=30, stateful_step_count=25, deadline=None))
        finally:
            runner.run(stack.aclose())
