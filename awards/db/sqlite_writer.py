"""The one connection that writes to a SQLite file, first in, first out.

A *unit* is a transaction as the program sees it. It takes its turn at the writer and passes it on at its end. Only
what may have to wait is done in a thread: BEGIN for another process's lock, COMMIT for the disk. The statements of a
unit run where they are, between its BEGIN that has succeeded and the passing on, when the thread has nothing to do.

Units that were waiting share one COMMIT, and so one wait for the disk: each is a savepoint in the SQLite transaction of
its *group*, and is acknowledged when the group is durable. A unit that fails is undone alone; when the COMMIT fails,
all units of the group do.

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
        self._waiting = 0
        self._group: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._begun = self._group  # of the open group: replaced before anybody waits for it
        self._units = 0
        self.commits = 0  # those that changed something
        self._changes = 0
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="sqlite-writer")
        # secure_delete overwrites what is deleted: closed polls must not linger in free pages.
        self._connection = open_file(
            path, "journal_mode = WAL", "secure_delete = ON", f"journal_size_limit = {64 << 20}"
        )

    async def begin(self) -> None:
        """Wait for the turn and open a unit; `end` must follow."""
        await self._join()
        if self._connection.in_transaction:
            self._connection.execute("SAVEPOINT unit")

    async def execute(self, sql: str, args: list[Any] | None = None) -> list[Row]:
        """Run a statement in the open unit."""
        _need_transaction(self._connection)
        return fetch(self._connection, sql, args or [])

    async def end(self, *, keep: bool) -> None:
        """Close the open unit; if it is kept, return when it is durable."""
        try:
            if self._connection.in_transaction:
                if not keep:
                    self._connection.execute("ROLLBACK TO unit")
                self._connection.execute("RELEASE unit")
        finally:
            group = self._pass_on()
        if keep:
            await asyncio.shield(group)

    async def execute_alone(self, sql: str, args: list[Any]) -> list[Row]:
        """Run a statement that is a unit by itself, and return when it is durable."""
        await self._join()
        try:
            rows = await self.execute(sql, args)  # No savepoint: SQLite undoes a single statement that fails.
        finally:
            group = self._pass_on()
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

    async def _join(self) -> None:
        """Wait for the turn, and for the BEGIN of the group; the first of a group asks for it."""
        self._waiting += 1
        try:
            await self._turn.acquire()
        except asyncio.CancelledError:
            asyncio.get_running_loop().call_soon(self._settle)
            raise
        finally:
            self._waiting -= 1
        self._units += 1
        if self._units == 1:
            self._begun = self._submit(fetch, "BEGIN IMMEDIATE", [])
        try:
            await asyncio.shield(self._begun)
        except BaseException as error:
            if not isinstance(error, asyncio.CancelledError):
                self._commit_group()  # Nobody else can join a group whose BEGIN has failed.
            self._pass_on()
            raise

    def _pass_on(self) -> asyncio.Future[None]:
        """Give up the turn. The future is done when the group is durable."""
        group = self._group
        if self._units >= UNITS_A_GROUP:
            self._commit_group()
        self._turn.release()
        # Whoever is next in line has the care for the group; who arrives in this round of the loop can still join.
        asyncio.get_running_loop().call_soon(self._settle)
        return group

    def _settle(self) -> None:
        if not self._turn.locked() and not self._waiting:
            self._commit_group()

    def _commit_group(self) -> None:
        if self._units == 0:
            return
        group, self._group, self._units = self._group, asyncio.get_running_loop().create_future(), 0

        def announce(committed: asyncio.Future[int]) -> None:
            error = committed.exception()
            if error is None:
                if committed.result() != self._changes:
                    self._changes = committed.result()
                    self.commits += 1
                group.set_result(None)
            else:
                group.set_exception(error)
                group.exception()  # Every unit may have gone by now: then nobody is left to hear of it.

        self._submit(_commit).add_done_callback(announce)


def _need_transaction(connection: sqlite3.Connection) -> None:
    """Without one, a statement would stand alone: BEGIN failed, or SQLite rolled back by itself on a full disk."""
    if not connection.in_transaction:
        raise DatabaseBusy("the transaction shared with others was rolled back")


def _commit(connection: sqlite3.Connection) -> int:
    """Returns how many rows this connection has changed so far, for good or not."""
    _need_transaction(connection)
    try:
        connection.execute("COMMIT")
    except sqlite3.Error as error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise from_sqlite(error) from error
    return connection.total_changes
