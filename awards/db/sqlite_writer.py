"""The one connection that writes to a SQLite file, in one thread, first in, first out.

A *unit* is a transaction as the program sees it. It takes its turn at the writer and passes it on when its ending is
queued; the thread keeps the order. Units that were waiting share one COMMIT, and so one wait for the disk: each is a
savepoint in the SQLite transaction of its *group*, and is acknowledged when the group is durable. A unit that fails
is undone alone; when the COMMIT fails, all units of the group do.

Nothing here depends on a task living on: a cancelled task leaves behind only work that is already queued, and
whoever had the turn last is looked after by a callback of the event loop.
"""

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from awards.db.errors import DatabaseBusy, from_sqlite
from awards.db.sqlite_connections import Row, fetch, open_file

UNITS_A_GROUP = 32


class Writer:
    """Make it inside the event loop that will use it."""

    def __init__(self, path: Path) -> None:
        self._turn = asyncio.Lock()
        self._group: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._units = 0
        self.commits = 0
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="sqlite-writer")
        # secure_delete overwrites what is deleted: closed polls must not linger in free pages.
        self._connection = open_file(
            path, "journal_mode = WAL", "secure_delete = ON", f"journal_size_limit = {64 << 20}"
        )

    async def begin(self) -> None:
        """Wait for the turn and open a unit; `end` must follow."""
        await self._turn.acquire()
        first = self._join()
        opened = self._submit(_open_unit, first)
        if not first:
            return  # Nothing to wait for: BEGIN has succeeded, or the first statement will say that it has not.
        try:
            await asyncio.shield(opened)
        except BaseException:
            self._submit(_undo_unit)
            self._pass_on()
            raise

    async def execute(self, sql: str, args: list[Any] | None = None) -> list[Row]:
        """Run a statement in the open unit."""
        rows: list[Row] = await self._submit(_fetch_in_unit, sql, args or [])
        return rows

    async def end(self, *, keep: bool) -> None:
        """Close the open unit; if it is kept, return when it is durable."""
        self._submit(_keep_unit if keep else _undo_unit)
        group = self._pass_on()
        if keep:
            await asyncio.shield(group)

    async def execute_alone(self, sql: str, args: list[Any]) -> list[Row]:
        """Run a statement that is a unit by itself, and return when it is durable."""
        await self._turn.acquire()
        done = self._submit(_fetch_alone, self._join(), sql, args)
        group = self._pass_on()
        rows: list[Row] = await asyncio.shield(done)
        await asyncio.shield(group)
        return rows

    async def execute_bare(self, sql: str, args: list[Any]) -> list[Row]:
        """Run a statement outside any transaction, as PRAGMA and VACUUM want it."""
        async with self._turn:
            self._commit_group()
            done = self._submit(fetch, sql, args)
        rows: list[Row] = await done
        return rows

    def close(self) -> None:
        self._thread.shutdown()
        self._connection.close()

    def _submit(self, work: Callable[..., Any], *args: Any) -> asyncio.Future[Any]:
        return asyncio.get_running_loop().run_in_executor(self._thread, work, self._connection, *args)

    def _join(self) -> bool:
        """Count a unit in; tell whether it is the first of its group and has to BEGIN."""
        self._units += 1
        return self._units == 1

    def _pass_on(self) -> asyncio.Future[None]:
        """Give up the turn. The future is done when the group is durable."""
        group = self._group
        if self._units >= UNITS_A_GROUP:
            self._commit_group()
        self._turn.release()
        # By then whoever was next in line has the turn, and with it the care for the group.
        asyncio.get_running_loop().call_soon(self._settle)
        return group

    def _settle(self) -> None:
        if not self._turn.locked():
            self._commit_group()

    def _commit_group(self) -> None:
        if self._units == 0:
            return
        group, self._group, self._units = self._group, asyncio.get_running_loop().create_future(), 0

        def announce(committed: asyncio.Future[None]) -> None:
            error = committed.exception()
            if error is None:
                self.commits += 1
                group.set_result(None)
            else:
                group.set_exception(error)
                group.exception()  # Every unit may have gone by now: then nobody is left to hear of it.

        self._submit(_commit).add_done_callback(announce)


def _open_unit(connection: sqlite3.Connection, first: bool) -> None:
    if first:
        fetch(connection, "BEGIN IMMEDIATE", [])
    if connection.in_transaction:
        connection.execute("SAVEPOINT unit")


def _fetch_in_unit(connection: sqlite3.Connection, sql: str, args: list[Any]) -> list[Row]:
    _need_transaction(connection)
    return fetch(connection, sql, args)


def _fetch_alone(connection: sqlite3.Connection, first: bool, sql: str, args: list[Any]) -> list[Row]:
    if first:
        fetch(connection, "BEGIN IMMEDIATE", [])
    # No savepoint: SQLite undoes a single statement that fails.
    return _fetch_in_unit(connection, sql, args)


def _need_transaction(connection: sqlite3.Connection) -> None:
    """Without one, a statement would stand alone: BEGIN failed, or SQLite rolled back by itself on a full disk."""
    if not connection.in_transaction:
        raise DatabaseBusy("the transaction shared with others was rolled back")


def _keep_unit(connection: sqlite3.Connection) -> None:
    if connection.in_transaction:
        connection.execute("RELEASE unit")


def _undo_unit(connection: sqlite3.Connection) -> None:
    if connection.in_transaction:
        connection.execute("ROLLBACK TO unit")
        connection.execute("RELEASE unit")


def _commit(connection: sqlite3.Connection) -> None:
    _need_transaction(connection)
    try:
        connection.execute("COMMIT")
    except sqlite3.Error as error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise from_sqlite(error) from error
