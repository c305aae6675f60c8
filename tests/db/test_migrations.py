"""The migrations: what production and every test run."""

from pathlib import Path

import pytest
from piccolo.apps.migrations.commands.new import AutoMigrationManager

from awards.audit.tables import Audit
from awards.db import CheckFailed, Database, connect
from awards.db.migrate import migrate, pending_migrations
from awards.db.migrations import awards_0002_constraints as constraints
from awards.db.piccolo_app import APP_CONFIG
from awards.db.regenerate import declared
from awards.settings import Settings


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


async def test_the_audit_chain_refuses_change_and_removal(db: Database) -> None:
    await Audit(seq=1, body="{}", prev="", hash="a").save()
    with pytest.raises(CheckFailed):
        await Audit.update({Audit.body: "forged"}, force=True)
    with pytest.raises(CheckFailed):
        await Audit.delete(force=True)
    assert await Audit.select(Audit.body).output(as_list=True) == ["{}"]
