"""Bringing the database up to date with the code: all pending migrations, or none of them."""

import contextlib
import io

from piccolo.apps.migrations.commands.forwards import ForwardsMigrationManager
from piccolo.apps.migrations.tables import Migration

from awards.db.database import Database
from awards.db.piccolo_app import APP_CONFIG

# Any number will do, as long as no other program uses it in the same database.
_ADVISORY_LOCK = 0x41574152


async def pending_migrations(database: Database) -> list[str]:
    """Ids of the migrations that have not run, oldest first. `serve` refuses to start while there are any."""
    manager = ForwardsMigrationManager(app_name=APP_CONFIG.app_name)
    known = manager.get_migration_ids(manager.get_migration_modules(APP_CONFIG.resolved_migrations_folder_path))
    if not await Migration.table_exists():
        return known
    done = set(await Migration.get_migrations_which_ran(app_name=APP_CONFIG.app_name))
    return [migration for migration in known if migration not in done]


async def migrate(database: Database) -> list[str]:
    """Run the pending migrations in one transaction and return their ids.

    Two processes that migrate at once take turns; the second finds nothing to do.
    """
    # One transaction around all: Piccolo's own would commit each migration before noting that it ran.
    async with database.engine.transaction():
        if not database.is_sqlite:  # SQLite's transaction is the only writer already.
            await database.engine.run_ddl(f"SELECT pg_advisory_xact_lock({_ADVISORY_LOCK})")
        pending = await pending_migrations(database)
        if pending:
            # Piccolo prints its progress; the caller knows better how to say it.
            with contextlib.redirect_stdout(io.StringIO()):
                await ForwardsMigrationManager(app_name=APP_CONFIG.app_name).run()
    return pending
