"""SQLite for a server: one connection that writes, one that only reads, none opened per query.

Reading never waits for anybody in WAL mode and takes microseconds; a thread of its own would cost ten times that.
"""

import asyncio
import os
import sqlite3
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

from piccolo.engine.sqlite import SQLiteEngine, SQLiteTransaction, TransactionType
from piccolo.querystring import QueryString

from awards.db.ambient import CurrentTransaction
from awards.db.errors import from_sqlite
from awards.db.sqlite_connections import Row, fetch, open_file
from awards.db.sqlite_writer import Writer

_CHANGES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "WITH")


class Transaction(SQLiteTransaction):
    """A unit of the writer. Inside another transaction it is that other one."""

    engine: "TunedSQLiteEngine"
    owner: "asyncio.Task[Any] | None" = None

    async def __aenter__(self) -> SQLiteTransaction:
        if self._parent is not None:
            return self._parent
        self.connection: Any = self.engine.writer
        await self.connection.begin()
        self.engine.current_transaction.enter(self)
        return self

    async def __aexit__(
        self,
        exception_type: type[BaseException] | None,
        exception: BaseException | None,
        traceback: TracebackType | None,
    ) -> Literal[False]:
        if self._parent is None:
            self.engine.current_transaction.leave(self)
            await self.connection.end(keep=exception is None)
        return False


class TunedSQLiteEngine(SQLiteEngine):
    """Piccolo's SQLite engine on persistent connections. Call `start()` inside the event loop that will use it."""

    current_transaction: Any

    def __init__(self, path: Path) -> None:
        super().__init__(path=str(path))
        self._path = path
        self._writer: Writer | None = None
        self._reader: sqlite3.Connection | None = None
        self.current_transaction = CurrentTransaction(self)

    async def start(self) -> None:
        """Open the file, making it and its folder if need be; a new file can be read by its owner only.

        Raises OSError when that is not permitted, DatabaseError when the file is no database.
        """
        self._path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600))
        try:
            self._writer = Writer(self._path)
        except sqlite3.Error as error:
            raise from_sqlite(error) from error
        self._reader = open_file(self._path, "query_only = ON")

    async def stop(self) -> None:
        """Wait for what is queued and close the connections."""
        if self._reader is not None:
            self._reader.close()
        if self._writer is not None:
            await asyncio.to_thread(self._writer.close)
        self._reader = self._writer = None

    @property
    def version(self) -> int:
        return self._writer.commits if self._writer is not None else 0

    @property
    def writer(self) -> Writer:
        if self._writer is None:
            raise RuntimeError("The database is not started.")
        return self._writer

    async def run_querystring(self, querystring: QueryString, in_pool: bool = False) -> list[Row]:
        sql, args = querystring.compile_string(engine_type=self.engine_type)
        return await self.run(sql, args)

    async def run_ddl(self, ddl: str, in_pool: bool = False) -> list[Row]:
        return await self.run(ddl, [])

    async def run(self, sql: str, args: list[Any]) -> list[Row]:
        self.get_query_id()
        writer = self.writer
        if self.current_transaction.get() is not None:
            return await writer.execute(sql, args)
        verb = sql.split(maxsplit=1)[0].upper()
        if verb == "SELECT" and self._reader is not None:
            return fetch(self._reader, sql, args)
        if verb in _CHANGES:
            return await writer.execute_alone(sql, args)
        return await writer.execute_bare(sql, args)

    def transaction(
        self, transaction_type: TransactionType = TransactionType.immediate, allow_nested: bool = True
    ) -> Transaction:
        """Always IMMEDIATE: a deferred transaction that reads and then writes fails at once under load."""
        return Transaction(engine=self, transaction_type=transaction_type, allow_nested=allow_nested)
