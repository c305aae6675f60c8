"""Transactions, savepoints and locks, alike on both engines."""

import asyncio
import contextvars
from uuid import uuid4

import pytest
from piccolo.engine.exceptions import TransactionError

from awards.accounts.tables import Person
from awards.db import Database, DatabaseError, Duplicate, lock, savepoint, transaction
from tests.builders import FakeClock


def person(email: str) -> Person:
    return Person(id=uuid4(), email=email, created_at=FakeClock().now())


async def emails() -> list[str]:
    return await Person.select(Person.email).order_by(Person.email).output(as_list=True)


async def test_a_transaction_is_kept_as_a_whole_or_not_at_all(db: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        async with transaction():
            await person("lost@example.org").save()
            raise ZeroDivisionError
    async with transaction():
        await person("kept@example.org").save()
    assert await emails() == ["kept@example.org"]


async def test_what_a_transaction_did_is_seen_inside_and_not_yet_outside(db: Database) -> None:
    async with transaction():
        await person("new@example.org").save()
        assert await emails() == ["new@example.org"]
        outside: list[str] = []

        async def look() -> None:
            outside.extend(await emails())

        # A task of nobody: it must not see the transaction that is open around it.
        await asyncio.create_task(look(), context=contextvars.Context())
        assert outside == []


async def test_an_inner_transaction_joins_the_outer_one(db: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        async with transaction():
            async with transaction():
                await person("inner@example.org").save()
            raise ZeroDivisionError
    assert await emails() == []


async def test_a_savepoint_is_undone_alone(db: Database) -> None:
    async with transaction():
        await person("first@example.org").save()
        with pytest.raises(Duplicate):
            async with savepoint():
                await person("second@example.org").save()
                await person("first@example.org").save()
        await person("third@example.org").save()
    assert await emails() == ["first@example.org", "third@example.org"]


async def test_savepoint_and_lock_need_a_transaction(db: Database) -> None:
    with pytest.raises(RuntimeError):
        await lock(Person, Person.email == "a@example.org")
    with pytest.raises(RuntimeError):
        async with savepoint():
            pass


async def test_a_lock_gives_the_row_as_it_is_now_or_none(db: Database) -> None:
    await person("here@example.org").save()
    async with transaction():
        locked = await lock(Person, Person.email == "here@example.org")
        assert locked is not None
        assert locked.email == "here@example.org"
        assert await lock(Person, Person.email == "nowhere@example.org") is None


async def test_locked_counting_loses_no_step(db: Database) -> None:
    somebody = person("counted@example.org")
    await somebody.save()

    async def step() -> None:
        async with transaction():
            locked = await lock(Person, Person.id == somebody.id)
            assert locked is not None
            locked.totp_step += 1
            await locked.save([Person.totp_step])

    await asyncio.gather(*(step() for _ in range(32)))
    assert await Person.select(Person.totp_step).output(as_list=True) == [32]


async def test_32_tasks_insert_at_once(db: Database) -> None:
    async def insert(number: int) -> None:
        if number % 2:
            await person(f"{number}@example.org").save()
            return
        async with transaction():
            await person(f"{number}@example.org").save()

    await asyncio.gather(*(insert(number) for number in range(32)))
    assert await Person.count() == 32


async def test_of_32_tasks_with_one_key_one_wins_and_the_rest_are_refused(db: Database) -> None:
    answers = await asyncio.gather(
        *(person("same@example.org").save() for _ in range(32)),
        return_exceptions=True,
    )
    assert sum(isinstance(answer, Duplicate) for answer in answers) == 31
    assert await Person.count() == 1


async def test_a_task_started_inside_a_transaction_is_refused_while_it_is_open(db: Database) -> None:
    async with transaction():
        with pytest.raises(TransactionError):
            await asyncio.gather(person("child@example.org").save())
    assert await emails() == []


async def test_a_task_that_outlives_the_transaction_it_was_started_in_stands_alone(db: Database) -> None:
    gate = asyncio.Event()

    async def later() -> None:
        await gate.wait()
        await person("later@example.org").save()

    with pytest.raises(ZeroDivisionError):
        async with transaction():
            task = asyncio.create_task(later())
            raise ZeroDivisionError
    gate.set()
    await task
    assert await emails() == ["later@example.org"]


@pytest.mark.parametrize("ticks", range(12))
async def test_a_cancelled_task_leaves_nothing_open(db: Database, ticks: int) -> None:
    """Cancelled at every point of its life: waiting for its turn, in BEGIN, between statements, in COMMIT."""

    async def unit() -> None:
        async with transaction():
            await person("first@example.org").save()
            await person("second@example.org").save()

    tasks = [asyncio.create_task(unit()) for _ in range(3)]
    for _ in range(ticks):
        await asyncio.sleep(0.0005)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    # Both or none, and the next unit finds a database that works.
    assert await emails() in ([], ["first@example.org", "second@example.org"])
    async with transaction():
        await person("next@example.org").save()
    assert "next@example.org" in await emails()


async def test_a_failing_commit_leaves_the_database_usable(db: Database) -> None:
    """Often enough to use up any pool."""
    deferred = "DEFERRABLE INITIALLY DEFERRED"
    await db.engine.run_ddl(
        f"CREATE TABLE deferred (id integer primary key, other integer REFERENCES deferred (id) {deferred})"
    )
    for _ in range(12):
        with pytest.raises(DatabaseError):
            async with transaction():
                await db.engine.run_ddl("INSERT INTO deferred VALUES (1, 2)")
    async with transaction():
        await person("after@example.org").save()
    assert await emails() == ["after@example.org"]
