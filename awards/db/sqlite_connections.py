"""How a SQLite file is opened and asked, and the connections that only read."""

import asyncio
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from awards.db.errors import from_sqlite

READERS = 3
BUSY_SECONDS = 10

Row = dict[str, Any]


def open_file(path: Path, *pragmas: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        detect_types=sqlite3.PARSE_DECLTYPES | sqlite3.PARSE_COLNAMES,
        # Each connection is used by one thread; only closing it may fall to another.
        check_same_thread=False,
        cached_statements=512,
    )
    for pragma in ("foreign_keys = ON", "trusted_schema = OFF", "synchronous = FULL", *pragmas):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def fetch(connection: sqlite3.Connection, sql: str, args: list[Any]) -> list[Row]:
    """Run one statement to its end. Raises the errors of `awards.db.errors`."""
    try:
        cursor = connection.execute(sql, args)
        if cursor.description is None:
            return []
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]
    except sqlite3.Error as error:
        raise from_sqlite(error) from error


class Readers:
    """Threads with a connection each that can only read."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._mine = threading.local()
        self._all: list[sqlite3.Connection] = []
        self._threads = ThreadPoolExecutor(READERS, thread_name_prefix="sqlite-reader", initializer=self._prepare)

    def _prepare(self) -> None:
        self._mine.connection = open_file(self._path, "query_only = ON")
        self._all.append(self._mine.connection)

    def _fetch(self, sql: str, args: list[Any]) -> list[Row]:
        return fetch(self._mine.connection, sql, args)

    async def execute(self, sql: str, args: list[Any]) -> list[Row]:
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._fetch, sql, args)

    def close(self) -> None:
        self._threads.shutdown()
        for connection in self._all:
            connection.close()
