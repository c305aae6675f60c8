"""A vote in the application's own database, before it opens and while it is open."""

import pytest

from tests.votes import Vote


@pytest.fixture
async def vote(vote_in_app: Vote) -> Vote:
    return vote_in_app


@pytest.fixture
async def open_vote(vote: Vote) -> Vote:
    await vote.everybody_answers()
    await vote.open()
    return vote
