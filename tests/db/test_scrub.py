"""After scrubbing, what was deleted is in none of the database's files."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from unittest.mock import AsyncMock, patch

import asyncpg
import pytest

from awards.accounts.tables import Person
from awards.db import Database, DatabaseBusy, DatabaseError, transaction
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


@asynccontextmanager
async def somebody_reading(db: Database) -> AsyncIterator[None]:
    """A transaction of another process that has read the table and is not finished."""
    if db.is_sqlite:
        (file,) = db.settings.data_dir.glob("*.sqlite")
        with closing(sqlite3.connect(file)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM person").fetchone()
            yield
    else:
        reader = await asyncpg.connect(db.settings.database_url)
        try:
            async with reader.transaction():
                await reader.fetch("SELECT count(*) FROM person")
                yield
        finally:
            await reader.close()


async def test_scrubbing_gives_up_soon_when_the_table_is_in_use(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LOCK_SECONDS", 1)
    async with somebody_reading(db):
        await person("somebody@example.org").save()
        with pytest.raises(DatabaseBusy):
            await scrub(Person)
    await scrub(Person)


@asynccontextmanager
async def an_older_snapshot(db: Database) -> AsyncIterator[None]:
    """A transaction of another process that goes on seeing everything as it is now, and holds no table."""
    if db.is_sqlite:
        async with somebody_reading(db):
            yield
    else:
        reader = await asyncpg.connect(db.settings.database_url)
        try:
            async with reader.transaction(isolation="repeatable_read"):
                await reader.fetch("SELECT 1")
                yield
        finally:
            await reader.close()


async def test_what_an_older_snapshot_sees_is_not_called_scrubbed(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PostgreSQL's VACUUM FULL carries such rows over into the new file, and succeeds."""
    monkeypatch.setattr(module, "LOCK_SECONDS", 1)
    gone = person("gone@example.org")
    gone.name = SECRET
    await gone.save()
    async with an_older_snapshot(db):
        await Person.delete().where(Person.email == "gone@example.org")
        with pytest.raises(DatabaseBusy):
            await scrub(Person)
        assert await is_in_the_files(db)
    await scrub(Person)
    assert not await is_in_the_files(db)


@pytest.mark.parametrize("settings", ["postgres"], indirect=True)  # a file of SQLite has one owner
async def test_a_table_that_may_not_be_vacuumed_is_not_called_scrubbed(db: Database) -> None:
    """PostgreSQL passes over the table of somebody else with a warning, and succeeds."""
    await db.engine.run_ddl("CREATE ROLE awards_guest")
    await db.engine.run_ddl("GRANT USAGE ON SCHEMA public TO awards_guest")  # which a restored database gives nobody
    connection = await db.engine.acquire()
    try:
        await connection.execute("SET ROLE awards_guest")
        with (
            patch.object(db.engine, "acquire", AsyncMock(return_value=connection)),
            patch.object(db.engine, "release", AsyncMock()),
            pytest.raises(DatabaseError, match="did not rewrite"),
        ):
            await scrub(Person)
    finally:
        await connection.execute("RESET ROLE")
        await db.engine.release(connection)
        await db.engine.run_ddl("DROP OWNED BY awards_guest")
        await db.engine.run_ddl("DROP ROLE awards_guest")


async def test_after_scrubbing_others_wait_for_a_lock_as_long_as_before(db: Database) -> None:
    setting = "PRAGMA busy_timeout" if db.is_sqlite else "SHOW lock_timeout"
    [before] = await db.engine.run_ddl(setting)
    await scrub(Person)
    assert await db.engine.run_ddl(setting) == [before]
