"""SQLite for a server: one connection that writes, a few that read, none opened per query.

Everything that writes goes to one connection in one thread, first in, first out. A transaction takes its turn at the
writer, so `BEGIN IMMEDIATE` never meets another unit of this process; because the thread keeps the order, the turn
passes on as soon as COMMIT or ROLLBACK is queued, and a cancelled task cannot leave the writer inside a transaction.
"""

import asyncio
import os
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

from piccolo.engine.sqlite import SQLiteEngine, SQLiteTransaction, TransactionType
from piccolo.querystring import QueryString

from awards.db.ambient import CurrentTransaction
from awards.db.errors import from_sqlite

READERS = 3
BUSY_SECONDS = 10

Row = dict[str, Any]


def _open(path: Path, *pragmas: str) -> sqlite3.Connection:
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


def _fetch(connection: sqlite3.Connection, sql: str, args: list[Any]) -> list[Row]:
    try:
        cursor = connection.execute(sql, args)
        if cursor.description is None:
            return []
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]
    except sqlite3.Error as error:
        raise from_sqlite(error) from error


class Writer:
    """The connection that writes, its thread, and whose turn it is."""

    def __init__(self, path: Path) -> None:
        self.turn = asyncio.Lock()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="sqlite-writer")
        # secure_delete overwrites what is deleted: closed polls must not linger in free pages.
        self._connection = _open(path, "journal_mode = WAL", "secure_delete = ON", f"journal_size_limit = {64 << 20}")

    def submit(self, work: Callable[..., Any], *args: Any) -> asyncio.Future[Any]:
        """Queue `work(connection, *args)` behind everything queued so far."""
        return asyncio.get_running_loop().run_in_executor(self._thread, work, self._connection, *args)

    async def execute(self, sql: str, args: list[Any] | None = None) -> list[Row]:
        """Run a statement in the transaction that has the turn."""
        rows: list[Row] = await self.submit(_fetch, sql, args or [])
        return rows

    async def execute_alone(self, sql: str, args: list[Any]) -> list[Row]:
        """Run a statement that is its own transaction."""
        async with self.turn:
            done = self.submit(_fetch, sql, args)
        rows: list[Row] = await done
        return rows

    def close(self) -> None:
        self._thread.shutdown()
        self._connection.close()


class Readers:
    """Threads with a connection each that can only read."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._mine = threading.local()
        self._all: list[sqlite3.Connection] = []
        self._threads = ThreadPoolExecutor(READERS, thread_name_prefix="sqlite-reader", initializer=self._prepare)

    def _prepare(self) -> None:
        self._mine.connection = _open(self._path, "query_only = ON")
        self._all.append(self._mine.connection)

    def _fetch(self, sql: str, args: list[Any]) -> list[Row]:
        return _fetch(self._mine.connection, sql, args)

    async def execute(self, sql: str, args: list[Any]) -> list[Row]:
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._fetch, sql, args)

    def close(self) -> None:
        self._threads.shutdown()
        for connection in self._all:
            connection.close()


def _commit(connection: sqlite3.Connection) -> None:
    try:
        connection.execute("COMMIT")
    except sqlite3.Error as error:
        _rollback(connection)
        raise from_sqlite(error) from error


def _rollback(connection: sqlite3.Connection) -> None:
    # SQLite rolls back by itself on some errors (a full disk); BEGIN may not have run.
    if connection.in_transaction:
        connection.execute("ROLLBACK")


class Transaction(SQLiteTransaction):
    """A turn at the writer, from BEGIN IMMEDIATE to COMMIT. Inside another it is that other one."""

    engine: "TunedSQLiteEngine"
    owner: "asyncio.Task[Any] | None" = None

    async def __aenter__(self) -> SQLiteTransaction:
        if self._parent is not None:
            return self._parent
        self.connection: Any = self.engine.writer
        await self.connection.turn.acquire()
        try:
            await self.connection.execute("BEGIN IMMEDIATE")
        except BaseException:
            self.connection.submit(_rollback)
            self.connection.turn.release()
            raise
        self.engine.current_transaction.enter(self)
        return self

    async def __aexit__(
        self,
        exception_type: type[BaseException] | None,
        exception: BaseException | None,
        traceback: TracebackType | None,
    ) -> Literal[False]:
        if self._parent is not None:
            return False
        ended = self.connection.submit(_commit if exception is None else _rollback)
        self.engine.current_transaction.leave(self)
        self.connection.turn.release()
        # Shielded: once the turn has passed on, this ending must not be dropped from the queue.
        await asyncio.shield(ended)
        return False


class TunedSQLiteEngine(SQLiteEngine):
    """Piccolo's SQLite engine on persistent connections. Call `start()` inside the event loop that will use it."""

    current_transaction: Any

    def __init__(self, path: Path) -> None:
        super().__init__(path=str(path))
        self._path = path
        self._writer: Writer | None = None
        self._readers: Readers | None = None
        self.current_transaction = CurrentTransaction(self)

    async def start(self) -> None:
        """Open the file, making it readable by its owner only when it is new."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600))
        self._writer = Writer(self._path)
        self._readers = Readers(self._path)

    async def stop(self) -> None:
        """Wait for what is queued and close the connections."""
        if self._readers is not None:
            await asyncio.to_thread(self._readers.close)
        if self._writer is not None:
            await asyncio.to_thread(self._writer.close)
        self._readers = self._writer = None

    @property
    def writer(self) -> Writer:
        if self._writer is None:
            raise RuntimeError("The database is not started.")
        return self._writer

    async def run_querystring(self, querystring: QueryString, in_pool: bool = False) -> list[Row]:
        sql, args = querystring.compile_string(engine_type=self.engine_type)
        return await self._run(sql, args)

    async def run_ddl(self, ddl: str, in_pool: bool = False) -> list[Row]:
        return await self._run(ddl, [])

    async def _run(self, sql: str, args: list[Any]) -> list[Row]:
        self.get_query_id()
        if self.current_transaction.get() is not None:
            return await self.writer.execute(sql, args)
        if self._readers is not None and sql.lstrip()[:6].upper() == "SELECT":
            return await self._readers.execute(sql, args)
        return await self.writer.execute_alone(sql, args)

    def transaction(
        self, transaction_type: TransactionType = TransactionType.immediate, allow_nested: bool = True
    ) -> Transaction:
        """Always IMMEDIATE: a deferred transaction that reads and then writes fails at once under load."""
        return Transaction(engine=self, transaction_type=transaction_type, allow_nested=allow_nested)
