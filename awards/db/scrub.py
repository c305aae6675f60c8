"""Making deleted rows unreadable in the database's own files, as after a poll has closed.

It reaches neither backups nor replicas nor what a file system keeps of freed blocks.
"""

import re
from typing import Any

import asyncpg
from piccolo.table import Table

from awards.db.database import current
from awards.db.errors import DatabaseBusy, DatabaseError, from_postgres
from awards.db.postgres import GuardedPostgresEngine
from awards.db.sqlite_connections import BUSY_SECONDS

LOCK_SECONDS = 2


async def scrub(table: type[Table]) -> None:
    """Rewrite what is left of `table` without its deleted rows. Safe to repeat; call it after the deletion committed.

    On SQLite the writer overwrites what it deletes (`secure_delete`), and the log that still holds it is emptied.
    On PostgreSQL the table is written anew; nobody can read it meanwhile.
    Raises DatabaseBusy when others keep the table, the log or the deleted rows in use: try again later. DatabaseError
    when PostgreSQL did not do it. RuntimeError in a transaction.
    """
    engine = current().engine
    if engine.current_transaction.get() is not None:
        raise RuntimeError("Scrubbing needs the deletion to be committed first.")
    if isinstance(engine, GuardedPostgresEngine):
        await _rewrite(engine, table)
        return
    # Everybody else's writing waits for this: better to give up soon.
    await engine.run_ddl(f"PRAGMA busy_timeout = {LOCK_SECONDS * 1000}")
    try:
        [answer] = await engine.run_ddl("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        await engine.run_ddl(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    if answer["busy"]:
        raise DatabaseBusy("the log is still being read")


async def _rewrite(engine: GuardedPostgresEngine, table: type[Table]) -> None:
    told: list[str] = []

    def listen(_connection: Any, message: Any) -> None:
        told.append(message.as_dict().get("detail", ""))

    async with engine.connection() as connection:
        connection.add_log_listener(listen)
        try:
            # Whoever waits for the table queues behind VACUUM's wait: better to give up soon.
            await connection.execute(f"SET lock_timeout = '{LOCK_SECONDS}s'")
            try:
                await connection.execute(f"VACUUM (FULL, VERBOSE) {table._meta.get_formatted_tablename()}")
            finally:
                await connection.execute("RESET lock_timeout")
        except (asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            raise from_postgres(error) from error
        finally:
            connection.remove_log_listener(listen)
    kept = _dead_rows(told)
    if kept is None:
        raise DatabaseError("PostgreSQL did not rewrite the table: may this user vacuum it?")
    if kept:
        raise DatabaseBusy(f"{kept} deleted rows stay while an older transaction, or a replica, can still see them")


def _dead_rows(details: list[str]) -> int | None:
    """How many deleted rows VACUUM kept, which it succeeds with: it tells their number, in the server's language, only
    in the detail of its report. None without a report: it passes over a table that it may not touch."""
    found = [re.match(r"\D*(\d+)", detail) for detail in details if detail]
    return sum(int(match[1]) for match in found if match) if any(found) else None
