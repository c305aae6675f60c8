"""Votes that somebody attacks, at each step of their life."""

from pathlib import Path

import pytest

from awards.counting import closing
from awards.db import Database
from tests.builders import FakeClock
from tests.counting.attacks import VOTERS, Attacked, vote_of
from tests.votes import CLOSES


@pytest.fixture
async def vote(db: Database, clock: FakeClock, tmp_path: Path) -> Attacked:
    return await vote_of(clock, tmp_path / "keys", *VOTERS)


@pytest.fixture
async def closed(vote: Attacked) -> Attacked:
    """Closed, with the box not yet opened: where the count waits for its keys, say."""
    vote.clock.set(CLOSES)
    assert await closing.close_poll(vote.poll.id, key_dir=vote.key_dir, clock=vote.clock)
    return vote


@pytest.fixture
async def counted(vote: Attacked) -> Attacked:
    await vote.close()
    assert await vote.winner() == "ada"
    return vote
