"""One decision about a prize at a time: a vote, a decision at a meeting, or that nobody has it."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from awards.ballots import polls
from awards.counting import deciding
from awards.counting.due import destroy_old_ballots
from awards.db import Database
from awards.db.versions import version
from awards.errors import RuleBroken
from awards.rounds.prizes import end_without_winner
from awards.rounds.tables import Prize
from awards.settings import Settings
from tests.builders import FakeClock
from tests.votes import CLOSES, Vote, a_vote

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
async def vote(db: Database, clock: FakeClock, tmp_path: Path) -> Vote:
    return await a_vote(clock, tmp_path / "keys")


async def end(vote: Vote) -> None:
    prize = await Prize.objects().get(Prize.id == vote.prize.id)
    assert prize is not None
    secretary = vote.actor(vote.cast.secretary)
    await end_without_winner(prize.id, "Ingen kandidat", seen=version(prize), by=secretary, clock=vote.clock)


async def decide_at_meeting(vote: Vote) -> None:
    await deciding.register_decision(
        uuid4(),
        vote.prize.id,
        held_on=vote.clock.now().date(),
        present=[vote.cast.chair.id, vote.cast.member.id],
        recused=[],
        winners=[vote.candidates["ada"]],
        reason="",
        by=vote.actor(vote.cast.secretary),
        clock=vote.clock,
    )


async def an_approved_vote(vote: Vote) -> None:
    await vote.everybody_answers()
    await vote.open()
    for person in (vote.cast.chair, vote.cast.vice_chair, vote.cast.second_vice_chair):
        await vote.vote(person, "ada")
    poll = await vote.close()
    await deciding.approve(poll.id, "chair", by=vote.actor(vote.cast.chair), clock=vote.clock)
    await deciding.approve(poll.id, "secretary", by=vote.actor(vote.cast.secretary), clock=vote.clock)


async def test_a_prize_that_is_voted_about_does_not_end_without_a_winner(vote: Vote) -> None:
    await vote.open(without_answers=True)
    with pytest.raises(RuleBroken, match="There is a vote"):
        await end(vote)


async def test_a_prize_that_a_meeting_has_given_does_not_end_without_a_winner(vote: Vote) -> None:
    await decide_at_meeting(vote)
    with pytest.raises(RuleBroken, match="decision about this prize"):
        await end(vote)


async def test_a_prize_that_has_ended_is_neither_voted_about_nor_given_at_a_meeting(vote: Vote) -> None:
    await end(vote)
    with pytest.raises(RuleBroken, match="not awarded"):
        await vote.open()
    with pytest.raises(RuleBroken, match="not awarded"):
        await decide_at_meeting(vote)


async def test_a_vote_that_was_prepared_is_not_opened_once_the_prize_has_ended(vote: Vote) -> None:
    secretary, id = vote.actor(vote.cast.secretary), uuid4()
    await polls.prepare_poll(id, vote.prize.id, closes_at=CLOSES, by=secretary, clock=vote.clock)
    await end(vote)
    with pytest.raises(RuleBroken, match="not awarded"):
        await polls.open_poll(id, without_answers=True, key_dir=vote.key_dir, by=secretary, clock=vote.clock)


async def test_a_result_stands_also_once_its_ballots_are_destroyed(vote: Vote) -> None:
    await an_approved_vote(vote)
    vote.clock.advance(timedelta(days=60))
    await destroy_old_ballots(clock=vote.clock, settings=Settings(key_dir=vote.key_dir))
    assert (await vote.reload()).state == "destroyed"
    with pytest.raises(RuleBroken, match="There is a vote"):
        await end(vote)
    with pytest.raises(RuleBroken, match="There is a vote"):
        await decide_at_meeting(vote)
    with pytest.raises(RuleBroken, match="There is a vote"):
        await polls.prepare_poll(
            uuid4(),
            vote.prize.id,
            closes_at=vote.clock.now() + timedelta(days=7),
            by=vote.actor(vote.cast.secretary),
            clock=vote.clock,
        )
