"""What the SQLite engine costs: `python benchmarks/sqlite_engine.py [seconds]`.

Three ways to do the same work on a file with WAL and synchronous=FULL, 32 clients at once:

    raw      one sqlite3 connection in one thread, statement after statement
    default  Piccolo's engine, which opens a connection for every query
    ours     `awards.db.sqlite`

Aims: durable inserts at least 0.35 of raw with a p99 below 100 ms; select by key at least 5 times the default.
"""

import asyncio
import sqlite3
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from uuid import uuid4

from piccolo.columns import UUID, Text
from piccolo.engine.sqlite import SQLiteEngine
from piccolo.table import Table

from awards.db.sqlite import TunedSQLiteEngine

CLIENTS = 32
ROWS = 1000


class Note(Table):
    id = UUID(primary_key=True, default=uuid4)
    text = Text(null=False, default="")


class Result:
    """How often something could be done in a second, and how long the slowest hundredth took."""

    def __init__(self, latencies: list[float], seconds: float) -> None:
        self.rate = len(latencies) / seconds
        self.p99 = sorted(latencies)[int(len(latencies) * 0.99)] * 1000


def raw(work: Callable[[sqlite3.Connection], object], path: Path, seconds: float) -> Result:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous = FULL")
    latencies: list[float] = []
    end = time.perf_counter() + seconds
    while (before := time.perf_counter()) < end:
        work(connection)
        latencies.append(time.perf_counter() - before)
    connection.close()
    return Result(latencies, seconds)


async def clients(work: Callable[[], Awaitable[object]], seconds: float) -> Result:
    latencies: list[float] = []
    end = time.perf_counter() + seconds

    async def client() -> None:
        while (before := time.perf_counter()) < end:
            await work()
            latencies.append(time.perf_counter() - before)

    before = time.perf_counter()
    await asyncio.gather(*(client() for _ in range(CLIENTS)))
    return Result(latencies, time.perf_counter() - before)


def show(title: str, raw_one: Result, default: Result, ours: Result) -> None:
    print(f"{title:22}", end="")
    for name, result in (("raw", raw_one), ("default", default), ("ours", ours)):
        print(f"  {name} {result.rate:8.0f}/s p99 {result.p99:7.1f} ms", end="")
    print(f"   ours/raw {ours.rate / raw_one.rate:5.2f}  ours/default {ours.rate / default.rate:6.1f}")


async def main(seconds: float) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "benchmark.sqlite"
        ours = TunedSQLiteEngine(path)
        await ours.start()
        default = SQLiteEngine(str(path), timeout=60)
        Note._meta.db = ours
        await Note.create_table()
        keys = [uuid4() for _ in range(ROWS)]
        await Note.insert(*(Note(id=key, text="x" * 200) for key in keys))
        turn = iter(range(10**9))

        def raw_insert(connection: sqlite3.Connection) -> None:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO note (id, text) VALUES (?, ?)", (str(uuid4()), "x" * 200))
            connection.execute("COMMIT")

        def raw_select(connection: sqlite3.Connection) -> None:
            key = str(keys[next(turn) % ROWS])
            connection.execute("SELECT id, text FROM note WHERE id = ?", (key,)).fetchall()

        async def insert() -> None:
            await Note.insert(Note(text="x" * 200))

        async def insert_in_transaction() -> None:
            async with ours.transaction():
                await Note.insert(Note(text="x" * 200))

        async def select() -> None:
            await Note.select().where(Note.id == keys[next(turn) % ROWS]).first()

        async def both(
            title: str,
            by_hand: Callable[[sqlite3.Connection], object],
            work: Callable[[], Awaitable[object]],
        ) -> None:
            first = raw(by_hand, path, seconds)
            Note._meta.db = default
            second = await clients(work, seconds)
            Note._meta.db = ours
            third = await clients(work, seconds)
            show(title, first, second, third)

        await both("insert", raw_insert, insert)
        await both("select by key", raw_select, select)
        result = await clients(insert_in_transaction, seconds)
        print(f"{'insert in transaction':22}  ours {result.rate:8.0f}/s p99 {result.p99:7.1f} ms")
        await ours.stop()


if __name__ == "__main__":
    asyncio.run(main(float(sys.argv[1]) if len(sys.argv) > 1 else 3))
