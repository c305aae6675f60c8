"""Making deleted rows unreadable in the database's own files, as after a poll has closed.

It reaches neither backups nor replicas nor what a file system keeps of freed blocks.
"""

import asyncpg
from piccolo.table import Table

from awards.db.database import current
from awards.db.errors import DatabaseBusy, from_postgres
from awards.db.postgres import GuardedPostgresEngine
from awards.db.sqlite_connections import BUSY_SECONDS

LOCK_SECONDS = 2


async def scrub(table: type[Table]) -> None:
    """Rewrite what is left of `table` without its deleted rows. Safe to repeat; call it after the deletion committed.

    On SQLite the writer overwrites what it deletes (`secure_delete`), and the log that still holds it is emptied.
    On PostgreSQL the table is written anew; nobody can read it meanwhile.
    Raises DatabaseBusy when others keep the table or the log in use: try again later. RuntimeError in a transaction.
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
    async with engine.connection() as connection:
        # Whoever waits for the table queues behind VACUUM's wait: better to give up soon.
        try:
            await connection.execute(f"SET lock_timeout = '{LOCK_SECONDS}s'")
            try:
                await connection.execute(f"VACUUM FULL {table._meta.get_formatted_tablename()}")
            finally:
                await connection.execute("RESET lock_timeout")
        except (asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            raise from_postgres(error) from error
