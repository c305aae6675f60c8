"""Backups of a database in use, and what restoring refuses."""

import asyncio
import os
from dataclasses import replace
from pathlib import Path

import pytest

from awards.accounts.tables import Person
from awards.db import AlreadyServing, BackupFailed, Database, DatabaseError, hold_serve_lock
from awards.db.backup import backup, restore
from awards.db.migrate import pending_migrations
from awards.settings import Settings
from tests.db.test_transactions import emails, person
from tests.postgres import PROGRAMS


@pytest.fixture(autouse=True)
def tools_on_the_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}")


async def test_what_was_backed_up_comes_back_and_nothing_else(db: Database, tmp_path: Path) -> None:
    settings, target = db.settings, tmp_path / "backup"
    await person("kept@example.org").save()
    await asyncio.to_thread(backup, settings, target)
    await person("later@example.org").save()
    await db.stop()

    await asyncio.to_thread(restore, settings, target, force=True)
    await db.start()
    assert await emails() == ["kept@example.org"]
    assert await pending_migrations(db) == []
    assert target.stat().st_mode & 0o077 == 0
    assert not target.with_name("backup.partial").exists()


async def test_a_database_that_holds_rows_is_restored_over_only_by_force(db: Database, tmp_path: Path) -> None:
    settings, target = db.settings, tmp_path / "backup"
    await asyncio.to_thread(backup, settings, target)
    await asyncio.to_thread(restore, settings, target)
    await db.stop()
    await db.start()
    await person("here@example.org").save()
    with pytest.raises(BackupFailed, match="not empty"):
        await asyncio.to_thread(restore, settings, target)
    assert await emails() == ["here@example.org"]


async def test_what_a_newer_version_added_goes_when_an_older_backup_comes_back(db: Database, tmp_path: Path) -> None:
    for round_trip in (1, 2):
        target = tmp_path / f"backup-{round_trip}"
        await asyncio.to_thread(backup, db.settings, target)
        await db.engine.run_ddl("CREATE TABLE added (person uuid REFERENCES person (id))")
        await db.stop()
        await asyncio.to_thread(restore, db.settings, target, force=True)
        await db.start()
        with pytest.raises(DatabaseError):
            await db.engine.run_ddl("SELECT * FROM added")


async def test_a_backup_under_writing_is_whole(db: Database, tmp_path: Path) -> None:
    async def write() -> None:
        for number in range(200):
            await person(f"{number}@example.org").save()

    writing = asyncio.create_task(write())
    await asyncio.sleep(0.01)
    await asyncio.to_thread(backup, db.settings, tmp_path / "backup")
    await writing
    await db.stop()
    await asyncio.to_thread(restore, db.settings, tmp_path / "backup", force=True)
    await db.start()
    kept = await Person.count()
    assert sorted(await emails()) == sorted(f"{number}@example.org" for number in range(kept))


@pytest.mark.parametrize("content", [b"", b"hello", b"SQLite format 3\0 but no more", b"PGDMP but no more"])
async def test_what_is_no_backup_is_refused_and_nothing_changes(db: Database, tmp_path: Path, content: bytes) -> None:
    source = tmp_path / "source"
    source.write_bytes(content)
    await person("here@example.org").save()
    with pytest.raises(BackupFailed):
        await asyncio.to_thread(restore, db.settings, source, force=True)
    with pytest.raises(BackupFailed):
        await asyncio.to_thread(restore, db.settings, tmp_path / "missing", force=True)
    assert await emails() == ["here@example.org"]


async def test_a_failing_backup_leaves_the_earlier_one(db: Database, tmp_path: Path) -> None:
    target = tmp_path / "backup"
    target.write_text("earlier")
    gone = replace(db.settings, data_dir=tmp_path / "gone")
    if not db.is_sqlite:
        gone = replace(gone, database_url=gone.database_url.replace("/awards_", "/gone_"))
    with pytest.raises(BackupFailed):
        await asyncio.to_thread(backup, gone, target)
    assert target.read_text() == "earlier"


async def test_a_database_that_is_served_is_not_restored(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    with hold_serve_lock(settings), pytest.raises(AlreadyServing):
        restore(settings, tmp_path / "any", force=True)


def test_missing_tools_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BackupFailed, match="pg_dump is not on the PATH"):
        backup(Settings(database_url="postgres://nowhere/x"), tmp_path / "backup")
