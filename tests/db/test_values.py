"""Values come back alike from both engines, and compare alike in the database."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta, timezone
from uuid import UUID as PythonUUID
from uuid import uuid4

import pytest
from piccolo.columns import (
    JSON,
    UUID,
    BigInt,
    Boolean,
    Bytea,
    Date,
    ForeignKey,
    Integer,
    OnDelete,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.table import Table

from awards.db import CheckFailed, Database, Duplicate, ReferenceBroken, is_sqlite

NOON = datetime(2026, 10, 1, 10, tzinfo=UTC)


class Scratch(Table):
    id = UUID(primary_key=True, default=uuid4)
    name = Varchar(20, null=False, default="", unique=True)
    number = BigInt(null=False, default=0)
    flag = Boolean(null=False, default=False)
    at = Timestamptz(null=True, default=None)
    day = Date(null=True, default=None)
    data = Bytea(null=True, default=None)
    facts = JSON(null=False, default="{}")
    text = Text(null=False, default="")


class Child(Table):
    id = UUID(primary_key=True, default=uuid4)
    scratch = ForeignKey(Scratch, null=False, on_delete=OnDelete.restrict, default=None)
    rank = Integer(null=False, default=1)


@pytest.fixture(autouse=True)
async def scratch(db: Database) -> AsyncIterator[None]:
    for table in (Scratch, Child):
        table._meta.db = db.engine
        await table.create_table()
    yield
    for table in (Child, Scratch):
        await table.alter().drop_table()


async def test_every_kind_of_value_comes_back_as_it_was_given() -> None:
    given = Scratch(
        name="æøå 🏆 \u202eright-to-left",
        number=2**62,
        flag=True,
        at=datetime(2026, 10, 25, 2, 30, 0, 123456, tzinfo=timezone(timedelta(hours=2))),
        day=date(2026, 2, 28),
        data=bytes(range(256)),
        facts=json.dumps({"b": [1, None], "a": "ø"}),
        text="two\r\nlines",
    )
    await given.save()
    assert isinstance(given.id, PythonUUID)
    back = await Scratch.objects().get(Scratch.id == given.id)
    assert back is not None
    assert back.to_dict() == given.to_dict()
    assert back.at is not None
    assert back.at.utcoffset() == timedelta(0)
    assert json.loads(back.facts) == {"a": "ø", "b": [1, None]}
    assert back.flag is True
    [row] = await Scratch.select(Scratch.id, Scratch.flag, Scratch.day, Scratch.data)
    assert row == {"id": given.id, "flag": True, "day": date(2026, 2, 28), "data": bytes(range(256))}


async def test_what_insert_returns_has_the_type_of_its_column() -> None:
    [row] = await Scratch.insert(Scratch(name="returned", at=NOON)).returning(Scratch.id, Scratch.at, Scratch.flag)
    assert isinstance(row["id"], PythonUUID)
    assert row["at"] == NOON
    assert row["flag"] is False


async def test_times_compare_and_sort_as_instants() -> None:
    """With and without fractions of a second, given in any zone."""
    tick = timedelta(microseconds=1)
    instants = {
        "before": NOON - tick,
        "noon": NOON.astimezone(timezone(timedelta(hours=2))),
        "just after": NOON + tick,
        "half": NOON + timedelta(milliseconds=500),
        "second": NOON + timedelta(seconds=1),
        "year": NOON + timedelta(days=365),
    }
    for name, at in reversed(instants.items()):
        await Scratch(name=name, at=at).save()

    async def names(where: object) -> list[str]:
        return await Scratch.select(Scratch.name).where(where).order_by(Scratch.at).output(as_list=True)

    ordered = list(instants)
    assert await names(Scratch.at.is_not_null()) == ordered
    assert await names(Scratch.at < NOON) == ordered[:1]
    assert await names(Scratch.at <= NOON) == ordered[:2]
    assert await names(Scratch.at == NOON) == ["noon"]
    assert await names(Scratch.at > NOON) == ordered[2:]
    assert await names(Scratch.at >= NOON + timedelta(seconds=1)) == ordered[4:]


async def test_bytes_and_booleans_can_be_searched() -> None:
    await Scratch(name="a", data=b"\x00\xff", flag=True).save()
    await Scratch(name="b", data=b"\x00", flag=False).save()
    assert await Scratch.select(Scratch.name).where(Scratch.data == b"\x00\xff").output(as_list=True) == ["a"]
    assert await Scratch.select(Scratch.name).where(Scratch.flag.eq(True)).output(as_list=True) == ["a"]
    assert await Scratch.count().where(Scratch.flag.eq(False)) == 1


async def test_raw_sql_takes_and_gives_the_same_values() -> None:
    one = Scratch(name="one", at=NOON, flag=True)
    await one.save()
    rows = await Scratch.raw("SELECT id, at, flag FROM scratch WHERE id = {} AND at = {}", one.id, NOON)
    assert rows == [{"id": one.id, "at": NOON, "flag": True}]
    [row] = await Scratch.raw("UPDATE scratch SET number = number + 1 WHERE id = {} RETURNING id, number, at", one.id)
    assert row["number"] == 1
    assert row["id"] == one.id
    assert row["at"] == NOON


async def test_refusals_have_the_same_names() -> None:
    parent = Scratch(name="parent")
    await parent.save()
    with pytest.raises(Duplicate):
        await Scratch(name="parent").save()
    with pytest.raises(Duplicate):
        await Scratch.insert(Scratch(id=parent.id, name="same id"))
    with pytest.raises(ReferenceBroken):
        await Child(scratch=uuid4()).save()
    await Child(scratch=parent.id).save()
    with pytest.raises(ReferenceBroken):
        await Scratch.delete().where(Scratch.id == parent.id)
    with pytest.raises(CheckFailed):
        await Scratch.raw("UPDATE scratch SET number = NULL")
    assert await Scratch.count() == 1


async def test_an_upsert_counts_attempts_on_both_engines() -> None:
    table = "INSERT INTO scratch (id, name, number, flag, facts, text) VALUES ({}, 'key', 1, {}, '{{}}', '')"
    upsert = table + " ON CONFLICT (name) DO UPDATE SET number = scratch.number + 1 RETURNING number"
    for expected in (1, 2, 3):
        [row] = await Scratch.raw(upsert, uuid4(), False)
        assert row["number"] == expected


async def test_is_sqlite_tells_the_dialect(db: Database) -> None:
    assert is_sqlite() is db.is_sqlite
