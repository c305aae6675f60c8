"""Closing, counting, deciding and approving, each done by several at the same moment."""

from pathlib import Path

import httpx
import pytest

from awards.audit.tables import Audit
from awards.ballots import polls
from awards.ballots.tables import Box, Mixed, Slot, TookPart
from awards.counting import closing, deciding
from awards.counting.tables import Approval, ChairDecision, Count
from awards.db import Database
from awards.errors import RuleBroken
from awards.outbox.tables import Mail
from awards.settings import Settings
from tests.booth import PAPER
from tests.builders import FakeClock
from tests.conftest import SignIn
from tests.races import RunsOut, at_once
from tests.votes import CLOSES, Vote, a_vote


@pytest.fixture
async def race(db: Database, clock: FakeClock, tmp_path: Path) -> Vote:
    """An open vote in which three of four have voted: two for ada, one for bo."""
    return await voted(await a_vote(clock, tmp_path / "keys"))


async def voted(vote: Vote, *choices: str) -> Vote:
    await vote.everybody_answers()
    await vote.open()
    for person, choice in zip(vote.members, choices or ("ada", "ada", "bo"), strict=False):
        await vote.vote(person, choice)
    return vote


async def steps(poll: object) -> list[str]:
    """What the audit chain tells of the end of the vote, in order."""
    bodies = await Audit.select(Audit.body).where(Audit.body.like(f"%{poll}%")).order_by(Audit.seq)
    known = ("counting.closed", "counting.opened", "counting.counted", "ballots.poll_voided")
    return [step for row in bodies for step in known if f'"{step}"' in row["body"]]


async def close_due(race: Vote) -> None:
    await closing.close_due_polls(clock=race.clock, settings=Settings(key_dir=race.key_dir))


async def test_several_who_close_at_once_make_one_protocol_and_one_opening(race: Vote) -> None:
    race.clock.set(CLOSES)
    await at_once(*(close_due(race) for _process in range(4)))
    assert (await race.reload()).state == "decided"
    assert await steps(race.poll.id) == ["counting.closed", "counting.opened", "counting.counted"]
    assert await Box.count() == await Mixed.count() == await TookPart.count() == 3
    assert await Slot.count() == 0
    assert await Count.count() == 1
    assert await Mail.count().where(Mail.template == "counting/closed") == 4
    assert await Mail.count().where(Mail.template == "counting/approve") == 2


@pytest.mark.parametrize("readings", range(4))
async def test_nothing_is_opened_before_its_time_by_a_clock_that_runs_out(race: Vote, readings: int) -> None:
    clock = RunsOut(CLOSES, readings)
    closed = await at_once(
        *(closing.close_poll(race.poll.id, key_dir=race.key_dir, clock=clock) for _process in range(4))
    )
    assert sum(outcome is True for outcome in closed) == (1 if readings < 4 else 0)
    assert await Box.count() == 3


async def test_the_first_late_requests_at_once_close_the_vote_once(
    vote_in_app: Vote, client: httpx.AsyncClient, sign_in_as: SignIn
) -> None:
    vote = await voted(vote_in_app)
    vote.clock.set(CLOSES)
    client.cookies = await sign_in_as(vote.cast.member)
    answers = await at_once(*(client.get(PAPER) for _tab in range(3)))
    assert {answer.status_code for answer in answers if isinstance(answer, httpx.Response)} == {410}
    assert await steps(vote.poll.id) == ["counting.closed", "counting.opened", "counting.counted"]


async def test_a_vote_ended_at_its_close_is_ended_or_counted_first(race: Vote) -> None:
    race.clock.set(CLOSES)
    secretary = race.actor(race.cast.secretary)
    ending = polls.void_poll(race.poll.id, reason="En kandidat trak sig.", by=secretary, clock=race.clock)
    await at_once(close_due(race), ending, close_due(race))
    assert (await race.reload()).state == "void"
    *before, last = await steps(race.poll.id)
    assert last == "ballots.poll_voided"
    assert before in ([], ["counting.closed"], ["counting.closed", "counting.opened", "counting.counted"])
    assert await Slot.count() == 0


async def test_a_tie_is_decided_once_though_two_tabs_say_otherwise(
    db: Database, clock: FakeClock, tmp_path: Path
) -> None:
    vote = await voted(await a_vote(clock, tmp_path / "keys"), "ada", "bo")
    await vote.close()
    chair = vote.actor(vote.cast.chair)
    outcomes = await at_once(
        *(
            deciding.decide_tie(vote.poll.id, vote.candidates[name], reason=name, by=chair, clock=clock)
            for name in ("ada", "bo", "ada")
        )
    )
    made = await ChairDecision.objects()
    assert len(made) == 1
    for name, outcome in zip(("ada", "bo", "ada"), outcomes, strict=True):
        assert (outcome is None) is (made[0].choice == vote.candidates[name])
        assert outcome is None or isinstance(outcome, RuleBroken)


async def test_chair_and_secretary_who_approve_at_once_make_the_result_stand(race: Vote) -> None:
    await race.close()
    chair, secretary = race.actor(race.cast.chair), race.actor(race.cast.secretary)
    outcomes = await at_once(
        deciding.approve(race.poll.id, "chair", by=chair, clock=race.clock),
        deciding.approve(race.poll.id, "secretary", by=secretary, clock=race.clock),
        deciding.approve(race.poll.id, "chair", by=chair, clock=race.clock),
    )
    assert outcomes == [None, None, None]
    assert (await race.reload()).state == "approved"
    assert await Approval.count() == 2
