"""Transactions, savepoints and row locks, alike on both engines."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from piccolo.custom_types import Combinable
from piccolo.table import Table

from awards.db.database import current
from awards.db.postgres import Transaction as PostgresTransaction
from awards.db.rows import rows
from awards.db.sqlite import Transaction as SQLiteTransaction

T = TypeVar("T", bound=Table)


def transaction() -> SQLiteTransaction | PostgresTransaction:
    """`async with transaction():` all or nothing, committed when the block ends, rolled back when it raises.

    On SQLite it is the only writer from its beginning. Inside another transaction it joins it: an error that is
    caught in between undoes nothing (use `savepoint()`). Queries are awaited one after the other: tasks started
    inside are refused. Never await mail, HTTP or hashing inside. Raises the errors of `awards.db.errors`.
    """
    return current().engine.transaction()


@asynccontextmanager
async def savepoint() -> AsyncIterator[None]:
    """Part of a transaction that is undone alone when it raises; the error goes on. Raises RuntimeError outside one."""
    point = await _open_transaction().savepoint()
    try:
        yield
    except BaseException:
        await point.rollback_to()
        await point.release()
        raise
    await point.release()


async def lock(table: type[T], where: Combinable, *, shared: bool = False) -> T | None:
    """Lock the one row that fits until the transaction ends and return it as it is now, or None.

    On PostgreSQL SELECT … FOR UPDATE; `shared` is FOR KEY SHARE, which many may hold at once and which waits for, and
    holds up, only those who lock the row wholly. On SQLite the transaction is the only writer already.
    Raises RuntimeError outside a transaction, ValueError when several rows fit.
    """
    _open_transaction()
    database = current()
    condition, values = where.querystring.compile_string(database.engine.engine_type)
    strength = "" if database.is_sqlite else " FOR KEY SHARE" if shared else " FOR UPDATE"
    found = await rows(table, f"WHERE {condition} LIMIT 2{strength}", *values)
    if len(found) > 1:
        raise ValueError(f"lock: several rows of {table._meta.tablename} fit")
    return found[0] if found else None


def _open_transaction() -> Any:
    transaction = current().engine.current_transaction.get()
    if transaction is None:
        raise RuntimeError("This needs an open transaction.")
    return transaction
