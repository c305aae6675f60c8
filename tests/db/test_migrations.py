"""The migrations: what production and every test run."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from piccolo.apps.migrations.commands.forwards import ForwardsMigrationManager
from piccolo.apps.migrations.commands.new import AutoMigrationManager

from awards.audit.tables import Audit
from awards.db import CheckFailed, Database, connect
from awards.db.migrate import migrate, pending_migrations
from awards.db.migrations import awards_0002_constraints as constraints
from awards.db.piccolo_app import APP_CONFIG
from awards.db.regenerate import declared
from awards.settings import Settings
from tests.db.seeding import fill, tables_as_of
from tests.postgres import TestServer, worker_name


async def test_the_migrations_are_those_of_the_tables(db: Database) -> None:
    """If this fails, a `tables.py` changed: run `python -m awards.db.regenerate`."""
    changes = await AutoMigrationManager().get_alter_statements(APP_CONFIG)
    assert [statement for change in changes for statement in change.statements] == []
    assert [statement for constraint in declared() for statement in constraint.sqlite] == constraints.SQLITE
    assert [statement for constraint in declared() for statement in constraint.postgres] == constraints.POSTGRES


async def test_a_migrated_database_has_nothing_pending_and_migrating_again_does_nothing(db: Database) -> None:
    assert await pending_migrations(db) == []
    assert await migrate(db) == []


async def test_a_new_database_has_everything_pending(tmp_path: Path) -> None:
    async with connect(Settings(data_dir=tmp_path / "a" / "new" / "folder")) as database:
        assert await pending_migrations(database) == ["0001-tables", "0002-constraints"]


async def test_a_failing_migration_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with connect(Settings(data_dir=tmp_path)) as database:
        with monkeypatch.context() as broken:
            import awards_0002_constraints as loaded  # type: ignore[import-not-found]

            broken.setattr(loaded, "SQLITE", ["CREATE TABLE half (id integer)", "NO SQL"])
            with pytest.raises(Exception, match="syntax error"):
                await migrate(database)
        assert await database.engine.run_ddl("SELECT name FROM sqlite_master") == []
        assert await migrate(database) == ["0001-tables", "0002-constraints"]


@pytest.fixture
def unmigrated(settings: Settings, request: pytest.FixtureRequest) -> Iterator[Settings]:
    """A database on each engine that nothing has migrated yet."""
    if not settings.database_url:
        yield replace(settings, data_dir=settings.data_dir / "unmigrated")
        return
    server: TestServer = request.getfixturevalue("postgres_server")
    name = f"unmigrated_{worker_name()}"
    asyncio.run(server.execute(f'CREATE DATABASE "{name}"'))
    yield replace(settings, database_url=server.url(name))
    asyncio.run(server.execute(f'DROP DATABASE "{name}" WITH (FORCE)'))


async def test_every_later_migration_passes_on_a_database_in_use(unmigrated: Settings) -> None:
    """A new column that must not be empty passes on empty tables and fails on filled ones."""
    async with connect(unmigrated) as database:
        initial = ForwardsMigrationManager(app_name="awards", migration_id="0002-constraints")
        assert (await initial.run()).success
        tables = await tables_as_of("0002-constraints")
        await fill(tables)
        await migrate(database)
        assert {await table.count() for table in tables} == {1}


MIGRATE = """
import asyncio, sys
from pathlib import Path
from awards.db import connect
from awards.db.migrate import migrate
from awards.settings import Settings

async def main():
    async with connect(Settings(data_dir=Path(sys.argv[1]), database_url=sys.argv[2])) as database:
        print(len(await migrate(database)))

asyncio.run(main())
"""


def test_two_processes_that_migrate_at_once_take_turns(unmigrated: Settings) -> None:
    command = [sys.executable, "-c", MIGRATE, str(unmigrated.data_dir), unmigrated.database_url]
    processes = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    ran = sorted(int(process.communicate()[0]) for process in processes)
    assert ran == [0, 2]


async def test_the_audit_chain_refuses_change_and_removal(db: Database) -> None:
    await Audit(seq=1, body="{}", prev="", hash="a").save()
    with pytest.raises(CheckFailed):
        await Audit.update({Audit.body: "forged"}, force=True)
    with pytest.raises(CheckFailed):
        await Audit.delete(force=True)
    assert await Audit.select(Audit.body).output(as_list=True) == ["{}"]
