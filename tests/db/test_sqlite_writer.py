"""Units that share a COMMIT: acknowledged when durable, undone alone, and none lost when tasks are cancelled."""

import asyncio
import random
import shutil
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from awards.accounts.tables import Person
from awards.db import Database, DatabaseError, Duplicate, connect, transaction
from awards.db.sqlite import TunedSQLiteEngine
from awards.settings import Settings
from tests.db.test_transactions import emails, person


@pytest.fixture(autouse=True)
async def sqlite(sqlite_template: Path, tmp_path: Path) -> AsyncIterator[Database]:
    settings = Settings(data_dir=tmp_path)
    shutil.copyfile(sqlite_template, settings.sqlite_path)
    async with connect(settings) as database:
        yield database


async def unit(*addresses: str) -> None:
    async with transaction():
        for address in addresses:
            await person(address).save()


async def test_a_unit_that_fails_takes_no_other_with_it() -> None:
    answers = await asyncio.gather(
        unit("a@example.org"),
        unit("b@example.org", "a@example.org"),
        unit("c@example.org"),
        person("c@example.org").save(),
        unit("d@example.org"),
        return_exceptions=True,
    )
    assert [number for number, answer in enumerate(answers) if isinstance(answer, Duplicate)] == [1, 3]
    assert await emails() == ["a@example.org", "c@example.org", "d@example.org"]


async def test_a_commit_that_fails_is_told_to_every_unit_of_its_group(sqlite: Database) -> None:
    deferred = "DEFERRABLE INITIALLY DEFERRED"
    await sqlite.engine.run_ddl(
        f"CREATE TABLE deferred (id integer primary key, other integer REFERENCES deferred (id) {deferred})"
    )

    async def poison() -> None:
        async with transaction():
            await sqlite.engine.run_ddl("INSERT INTO deferred VALUES (1, 2)")

    tasks = [unit("a@example.org"), poison(), unit("b@example.org")]
    answers = await asyncio.gather(*tasks, return_exceptions=True)
    assert all(isinstance(answer, Exception) for answer in answers)
    assert await emails() == []
    await unit("next@example.org")
    assert await emails() == ["next@example.org"]


async def test_when_sqlite_rolls_back_by_itself_nobody_is_told_otherwise(sqlite: Database) -> None:
    """As on a full disk: the units before in the group are lost, those after must not go on outside a transaction."""

    async def struck() -> None:
        async with transaction():
            await person("b@example.org").save()
            await sqlite.engine.run_ddl("ROLLBACK")
            await person("after@example.org").save()

    answers = await asyncio.gather(unit("a@example.org"), struck(), unit("c@example.org"), return_exceptions=True)
    assert all(isinstance(answer, DatabaseError) for answer in answers)
    assert await emails() == []
    await unit("next@example.org")
    assert await emails() == ["next@example.org"]


async def test_statements_outside_transactions_run_between_groups(sqlite: Database) -> None:
    checkpoint = sqlite.engine.run_ddl("PRAGMA wal_checkpoint(TRUNCATE)")
    await asyncio.gather(
        unit("a@example.org"), unit("b@example.org"), checkpoint, unit("c@example.org"), sqlite.engine.run_ddl("VACUUM")
    )
    assert await Person.count() == 3


@pytest.mark.parametrize("seed", range(5))
async def test_whatever_is_cancelled_what_was_acknowledged_is_there_and_units_are_whole(
    sqlite: Database, seed: int
) -> None:
    chance = random.Random(seed)
    acknowledged: set[int] = set()

    async def client(number: int) -> None:
        if number % 3 == 0:
            await person(f"{number}-only@example.org").save()
        else:
            await unit(f"{number}-one@example.org", f"{number}-two@example.org")
        acknowledged.add(number)

    tasks = [asyncio.create_task(client(number)) for number in range(150)]
    while not all(task.done() for task in tasks):
        await asyncio.sleep(chance.random() / 500)
        chance.choice(tasks).cancel()
    await asyncio.gather(*tasks, return_exceptions=True)

    await asyncio.wait_for(unit("last@example.org"), 5)
    kept: dict[int, list[str]] = {}
    for address in await emails():
        if address != "last@example.org":
            number, part = address.removesuffix("@example.org").split("-")
            kept.setdefault(int(number), []).append(part)
    assert acknowledged <= set(kept)
    assert all(parts in (["only"], ["one", "two"]) for parts in kept.values())
    check = sqlite3.connect(sqlite.settings.sqlite_path)
    assert check.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    check.close()


async def test_whoever_stops_waiting_for_the_turn_leaves_no_group_uncommitted(sqlite: Database) -> None:
    engine = sqlite.engine
    assert isinstance(engine, TunedSQLiteEngine)
    await engine.writer.begin()
    waiting = asyncio.create_task(engine.writer.begin())
    await asyncio.sleep(0)
    ended = asyncio.create_task(engine.writer.end(keep=True))
    await asyncio.sleep(0)
    waiting.cancel()  # just when the turn has been passed to it
    await asyncio.wait_for(ended, 5)
    assert waiting.cancelled()
