"""Slow hashing takes turns, and says no before it takes the machine."""

import asyncio

import pytest

from awards.accounts import hashing
from awards.accounts.hashing import hash_secret, verify_secret
from awards.errors import Busy


async def test_only_the_secret_itself_fits() -> None:
    stored = await hash_secret("fire glade geder danser")
    assert await verify_secret(stored, "fire glade geder danser")
    assert not await verify_secret(stored, "fire glade geder danset")


async def test_nothing_fits_what_is_not_there() -> None:
    assert not await verify_secret(None, "nobody's")
    assert not await verify_secret("", "")
    assert not await verify_secret("no hash at all", "x")


async def test_a_flood_is_turned_away_and_the_rest_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hashing, "WAITING", 3)
    answers = await asyncio.gather(*(hash_secret("x") for _one in range(8)), return_exceptions=True)
    assert sum(isinstance(answer, Busy) for answer in answers) == 5
    assert sum(isinstance(answer, str) for answer in answers) == 3
    assert await verify_secret(await hash_secret("x"), "x"), "the queue is free again"
