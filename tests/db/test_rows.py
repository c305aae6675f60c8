"""SQL by hand gives the same rows as queries that Piccolo builds."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from awards.accounts.tables import Person
from awards.db import Database, Duplicate, fetch, insert, places, row, rows, transaction
from tests.queries import count_queries

pytestmark = pytest.mark.usefixtures("db")
NOW = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)


def person(name: str) -> Person:
    return Person(id=uuid4(), name=name, email=f"{name}@example.org", created_at=NOW)


async def test_a_row_is_what_piccolo_would_have_read() -> None:
    ada = person("ada")
    await insert(ada, person("bo"))
    built = await Person.objects().where(Person.id == ada.id).first()
    assert built is not None
    by_hand = await row(Person, "WHERE id = {}", ada.id)
    assert by_hand is not None
    assert by_hand.to_dict() == built.to_dict() == ada.to_dict()
    assert vars(by_hand) == vars(built)
    assert by_hand.created_at == NOW


async def test_a_row_read_by_hand_is_saved_as_a_change_not_as_another_row() -> None:
    ada = person("ada")
    await insert(ada)
    ada.name = "Ada"
    await ada.save()
    read = await row(Person, "WHERE id = {}", ada.id)
    assert read is not None
    assert read.name == "Ada"
    read.name = "Adele"
    await read.save()
    assert [one["name"] for one in await fetch("SELECT name FROM person")] == ["Adele"]


async def test_rows_come_as_asked_for() -> None:
    await insert(*(person(name) for name in ("cem", "ada", "bo")))
    wanted = ["ada", "cem", "nobody"]
    found = await rows(Person, f"WHERE name IN ({places(wanted)}) ORDER BY name", *wanted)
    assert [one.name for one in found] == ["ada", "cem"]
    assert await row(Person, "WHERE name = {}", "nobody") is None


async def test_what_is_refused_is_refused_in_the_same_words(db: Database) -> None:
    ada = person("ada")
    await insert(ada)
    with pytest.raises(Duplicate):
        await insert(ada)


async def test_it_belongs_to_the_transaction_around_it() -> None:
    with pytest.raises(LookupError):
        async with transaction():
            await insert(person("ada"))
            raise LookupError
    assert await rows(Person, "") == []


async def test_each_statement_counts_as_a_query() -> None:
    with count_queries() as queries:
        await fetch("SELECT 1 AS one")
        await rows(Person, "")
    assert queries.number == 2
