"""An act in a process of its own that kills itself, with SIGKILL, at a chosen point of it."""

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable
from typing import Any

from awards.db import connect
from awards.db.postgres import Transaction as PostgresTransaction
from awards.db.sqlite import Transaction as SQLiteTransaction
from awards.settings import Settings
from tests.processes import process_of

STATEMENTS = 3  # of so many statements one is a point: a rollback is the same after each of them
FILES = ("fsync", "link", "unlink")


class Points:
    """Counts the points of an act: some of its statements, the moments before and after each commit, and before each
    step of writing or removing a key file. At the one with number `last` the process is no more."""

    def __init__(self, last: int) -> None:
        self._left = last
        self._statements = 0

    def reached(self) -> None:
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(self, engine: Any) -> None:
        for cls in (SQLiteTransaction, PostgresTransaction):
            self._watch_commits(cls)
        for name in FILES:
            setattr(os, name, self._before(getattr(os, name)))
        run = engine.run

        async def watched(*given: Any) -> Any:
            self._statements += 1
            if self._statements % STATEMENTS == 0:
                self.reached()
            return await run(*given)

        engine.run = watched

    def _watch_commits(self, cls: Any) -> None:
        end = cls.__aexit__

        async def watched(transaction: Any, *error: Any) -> Any:
            if transaction._parent is not None:
                return await end(transaction, *error)
            self.reached()
            ended = await end(transaction, *error)
            self.reached()
            return ended

        cls.__aexit__ = watched

    def _before(self, work: Callable[..., Any]) -> Callable[..., Any]:
        def watched(*given: Any, **named: Any) -> Any:
            self.reached()
            return work(*given, **named)

        return watched


async def is_killed(settings: Settings, act: Callable[[], Awaitable[Any]], at: int) -> bool:
    """Do `act`, which can be pickled, in a process that is killed at its point number `at`. False: it was done before
    that point came."""
    process = process_of(_run, settings, act, at)
    await asyncio.to_thread(process.join)
    assert process.exitcode in (0, -signal.SIGKILL)
    return process.exitcode != 0


def _run(settings: Settings, act: Callable[[], Awaitable[Any]], at: int) -> None:
    async def work() -> None:
        async with connect(settings) as database:
            Points(at).watch(database.engine)
            await act()

    asyncio.run(work())
