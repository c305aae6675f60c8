"""What only SQLite must be shown to do."""

import asyncio
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from awards.accounts.tables import Person
from awards.db import Database, DatabaseBusy, DatabaseError, connect, transaction
from awards.settings import Settings
from tests.db.test_transactions import emails, person


@pytest.fixture
async def sqlite(sqlite_template: Path, tmp_path: Path) -> AsyncIterator[Database]:
    settings = Settings(data_dir=tmp_path)
    shutil.copyfile(sqlite_template, settings.sqlite_path)
    async with connect(settings) as database:
        yield database


async def test_the_connections_are_set_up_as_they_should(sqlite: Database) -> None:
    writer = {name: await sqlite.engine.run_ddl(f"PRAGMA {name}") for name in ("journal_mode", "synchronous")}
    assert writer == {"journal_mode": [{"journal_mode": "wal"}], "synchronous": [{"synchronous": 2}]}
    for name, value in {"foreign_keys": 1, "trusted_schema": 0, "secure_delete": 1}.items():
        assert await sqlite.engine.run_ddl(f"PRAGMA {name}") == [{name: value}]
    reader = await sqlite.engine.run_ddl("SELECT query_only, foreign_keys FROM pragma_query_only, pragma_foreign_keys")
    assert reader == [{"query_only": 1, "foreign_keys": 1}]


async def test_reading_goes_on_while_a_transaction_is_open(sqlite: Database) -> None:
    await person("before@example.org").save()
    entered, leave = asyncio.Event(), asyncio.Event()

    async def slow_unit() -> None:
        async with transaction():
            await person("inside@example.org").save()
            entered.set()
            await leave.wait()

    task = asyncio.create_task(slow_unit())
    await entered.wait()
    assert await emails() == ["before@example.org"]
    leave.set()
    await task
    assert await emails() == ["before@example.org", "inside@example.org"]


async def test_a_transaction_that_changed_nothing_makes_no_new_version(sqlite: Database) -> None:
    await person("anna@example.org").save()
    before = sqlite.version
    async with transaction():
        await Person.update({Person.name: "Nobody"}).where(Person.email == "nobody@example.org")
    assert sqlite.version == before
    async with transaction():
        await Person.update({Person.name: "Anna"}).where(Person.email == "anna@example.org")
    assert sqlite.version == before + 1


async def test_reading_and_then_writing_never_meets_a_busy_snapshot(sqlite: Database) -> None:
    """A deferred transaction that read before another wrote is refused at once; IMMEDIATE ones take turns."""
    await person("counter@example.org").save()

    async def unit() -> None:
        async with transaction():
            [steps] = await Person.select(Person.totp_step).output(as_list=True)
            await asyncio.sleep(0)
            await Person.update({Person.totp_step: steps + 1}, force=True)

    await asyncio.gather(*(unit() for _ in range(20)))
    assert await Person.select(Person.totp_step).output(as_list=True) == [20]


async def test_turns_are_taken_in_the_order_of_asking(sqlite: Database) -> None:
    order: list[int] = []

    async def unit(number: int) -> None:
        async with transaction():
            order.append(number)
            await person(f"{number}@example.org").save()

    await asyncio.gather(*(unit(number) for number in range(20)))
    assert order == list(range(20))


async def test_another_process_that_holds_the_file_is_waited_for_and_then_reported(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await sqlite.engine.run_ddl("PRAGMA busy_timeout = 50")
    other = sqlite3.connect(sqlite.settings.sqlite_path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseBusy):
        async with transaction():
            await person("refused@example.org").save()
    with pytest.raises(DatabaseBusy):
        await person("refused@example.org").save()
    other.execute("ROLLBACK")
    other.close()
    await person("accepted@example.org").save()
    assert await emails() == ["accepted@example.org"]


async def test_a_database_that_is_not_started_says_so(tmp_path: Path) -> None:
    database = connect(Settings(data_dir=tmp_path))
    with pytest.raises(RuntimeError, match="not started"):
        await database.engine.run_ddl("SELECT 1")


async def test_a_file_that_is_no_database_is_refused_in_words(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    settings.sqlite_path.write_text("This is a letter, and rather longer than a header of a hundred bytes. " * 9)
    with pytest.raises(DatabaseError, match="not a database"):
        await connect(settings).start()


async def test_a_server_that_cannot_be_reached_is_refused_in_words() -> None:
    with pytest.raises(DatabaseBusy, match="cannot be reached"):
        await connect(Settings(database_url="postgres://nobody@127.0.0.1:1/nowhere")).start()


WRITER = """
import asyncio, sys
from pathlib import Path
from awards.db import connect, transaction
from awards.settings import Settings
from tests.db.test_transactions import person

async def write(name):
    for number in range(1_000_000):
        async with transaction():
            await person(f"{name}-{number}@example.org").save()
        print(f"{name}-{number}@example.org", flush=True)

async def main():
    async with connect(Settings(data_dir=Path(sys.argv[1]))):
        await asyncio.gather(*(write(name) for name in "abcdefgh"))

asyncio.run(main())
"""


@pytest.mark.parametrize("lines", [40, 101, 162])
def test_a_killed_process_loses_nothing_it_acknowledged(sqlite_template: Path, tmp_path: Path, lines: int) -> None:
    settings = Settings(data_dir=tmp_path)
    shutil.copyfile(sqlite_template, settings.sqlite_path)
    process = subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    acknowledged = [process.stdout.readline() for _ in range(lines)]
    process.kill()
    rest, _ = process.communicate()
    # The kill may cut the last line short.
    acknowledged += [line for line in rest.splitlines(keepends=True) if line.endswith("\n")]

    connection = sqlite3.connect(settings.sqlite_path)
    kept = {email for (email,) in connection.execute("SELECT email FROM person")}
    assert {line.strip() for line in acknowledged} <= kept
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()
