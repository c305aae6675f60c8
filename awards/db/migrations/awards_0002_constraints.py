"""Uniqueness over several columns, checks, append-only tables: see `awards.db.regenerate`."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from awards.db.database import current

ID = "0002-constraints"
VERSION = "1.38.0"
DESCRIPTION = "constraints that Piccolo cannot express on both engines"

SQLITE: list[str] = []

POSTGRES: list[str] = []


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="awards", description=DESCRIPTION)

    async def run() -> None:
        database = current()
        for statement in SQLITE if database.is_sqlite else POSTGRES:
            await database.engine.run_ddl(statement)

    manager.add_raw(run)
    return manager
