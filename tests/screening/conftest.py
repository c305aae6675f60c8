"""A council whose round is past its deadline, with two prizes, and its secretary signed in."""

from datetime import UTC, datetime

import httpx
import pytest

from awards.app import Awards
from awards.db import Database
from awards.rounds.queries import criteria_of
from awards.web.identity import Actor
from tests.builders import FakeClock, a_cast, a_council, a_prize, a_round
from tests.conftest import SignIn
from tests.screening.builders import Desk

AFTER_DEADLINE = datetime(2026, 11, 5, 9, tzinfo=UTC)


@pytest.fixture
async def desk(db: Database, clock: FakeClock) -> Desk:
    clock.set(AFTER_DEADLINE)
    council = await a_council()
    cast = await a_cast(council)
    round = await a_round(council)
    prize, other = await a_prize(round), await a_prize(round, "erhvervsprisen", position=2)
    criteria = [criterion.id for criterion in (await criteria_of([prize.id]))[prize.id]]
    secretary = Actor(person_id=cast.secretary.id, name="secretary")
    return Desk(cast, round, prize, other, criteria, secretary)


@pytest.fixture
async def secretary(app: Awards, desk: Desk, client: httpx.AsyncClient, sign_in_as: SignIn) -> httpx.AsyncClient:
    client.cookies = await sign_in_as(desk.cast.secretary)
    return client
