"""A real PostgreSQL server for the tests, shared by all workers of one run and deleted after it."""

import asyncio
import os
import tempfile
from pathlib import Path

import asyncpg
import pgserver


class TestServer:
    """Makes databases for tests by copying a migrated one."""

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
        await self.execute("ALTER SYSTEM SET synchronous_commit = off", "SELECT pg_reload_conf()")

    async def execute(self, *statements: str) -> None:
        connection = await asyncpg.connect(self.url("postgres"))
        try:
            for statement in statements:
                await connection.execute(statement)
        finally:
            await connection.close()

    async def copy(self, template: str, database: str) -> None:
        await self.execute(f'CREATE DATABASE "{database}" TEMPLATE "{template}" STRATEGY FILE_COPY')

    async def drop(self, database: str) -> None:
        await self.execute(f'DROP DATABASE "{database}" WITH (FORCE)')


def run_name() -> str:
    return os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))


def worker_name() -> str:
    return os.environ.get("PYTEST_XDIST_WORKER", "main")
