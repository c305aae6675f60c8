"""The database that this process uses, chosen by the settings."""

import os
from types import TracebackType

from piccolo.table import Table

from awards.db.postgres import GuardedPostgresEngine
from awards.db.sqlite import TunedSQLiteEngine
from awards.settings import Settings

Engine = TunedSQLiteEngine | GuardedPostgresEngine


class Database:
    """One SQLite file or one PostgreSQL database. Also an async context manager: started inside, stopped after."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.engine: Engine = (
            GuardedPostgresEngine(settings.database_url)
            if settings.database_url
            else TunedSQLiteEngine(settings.sqlite_path)
        )

    @property
    def is_sqlite(self) -> bool:
        return isinstance(self.engine, TunedSQLiteEngine)

    @property
    def version(self) -> int:
        """Grows when this process commits a change; what was read at one version stands as long as it is the same."""
        return self.engine.version

    async def start(self) -> None:
        """Open connections, in the event loop that will use them. Creates the SQLite file and its folder."""
        await self.engine.start()

    async def stop(self) -> None:
        """Wait for running statements and close every connection."""
        await self.engine.stop()

    async def __aenter__(self) -> "Database":
        await self.start()
        return self

    async def __aexit__(
        self,
        exception_type: type[BaseException] | None,
        exception: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.stop()


_current: Database | None = None


def connect(settings: Settings) -> Database:
    """Make the database of `settings` the one that all tables, queries and transactions use. Does not open it yet."""
    global _current
    database = Database(settings)
    # Piccolo's migrations ask this module for the engine and the tables.
    os.environ["PICCOLO_CONF"] = "awards.db.piccolo_conf"
    _current = database

    # Only now: the tables of all rooms are imported here, and they may import this package.
    from piccolo.apps.migrations.tables import Migration

    from awards.db.piccolo_app import APP_CONFIG

    tables: list[type[Table]] = [*APP_CONFIG.table_classes, Migration]
    for table in tables:
        table._meta.db = database.engine
    return database


def current() -> Database:
    """The connected database. Raises RuntimeError before `connect`."""
    if _current is None:
        raise RuntimeError("No database is connected.")
    return _current


def is_sqlite() -> bool:
    """Whether SQL for SQLite must be written; otherwise it is PostgreSQL's."""
    return current().is_sqlite
