"""What every room relies on, alike on both engines."""

from uuid import uuid4

import pytest

from awards.accounts.tables import Person
from awards.db import Database, transaction


async def test_a_transaction_is_kept_as_a_whole_or_not_at_all(db: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        async with transaction():
            await person("lost@example.org").save()
            raise ZeroDivisionError
    async with transaction():
        await person("kept@example.org").save()
    assert await emails() == ["kept@example.org"]


def person(email: str) -> Person:
    return Person(id=uuid4(), email=email, name="Somebody")


async def emails() -> list[str]:
    return await Person.select(Person.email).order_by(Person.email).output(as_list=True)
