"""After scrubbing, what was deleted is in none of the database's files."""

import asyncio

import pytest

from awards.accounts.tables import Person
from awards.db import Database, DatabaseBusy, transaction
from awards.db import scrub as module
from awards.db.scrub import scrub
from tests.db.test_transactions import person

SECRET = "sealed-ballot-" * 8


async def is_in_the_files(db: Database) -> bool:
    if db.is_sqlite:
        folder = db.settings.data_dir
        return any(SECRET.encode() in path.read_bytes() for path in folder.iterdir())
    await db.engine.run_ddl("CHECKPOINT")
    [row] = await db.engine.run_ddl("SELECT pg_read_binary_file(pg_relation_filepath('person')) AS data")
    return SECRET.encode() in row["data"]


async def test_a_deleted_row_is_gone_from_the_files(db: Database) -> None:
    kept = person("kept@example.org")
    await kept.save()
    async with transaction():
        await Person(email="gone@example.org", name=SECRET, created_at=kept.created_at).save()
    assert await is_in_the_files(db)
    await Person.delete().where(Person.email == "gone@example.org")
    assert await is_in_the_files(db)
    await scrub(Person)
    assert not await is_in_the_files(db)
    assert await Person.count() == 1


async def test_scrubbing_needs_a_committed_deletion(db: Database) -> None:
    with pytest.raises(RuntimeError):
        async with transaction():
            await scrub(Person)


async def test_scrubbing_gives_up_soon_when_the_table_is_in_use(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    if db.is_sqlite:
        pytest.skip("SQLite's log is emptied between statements")
    monkeypatch.setattr(module, "LOCK_SECONDS", 1)
    in_use, leave = asyncio.Event(), asyncio.Event()

    async def use() -> None:
        async with transaction():
            await Person.count()
            in_use.set()
            await leave.wait()

    using = asyncio.create_task(use())
    await in_use.wait()
    with pytest.raises(DatabaseBusy):
        await scrub(Person)
    leave.set()
    await using
    await scrub(Person)
