"""SQL by hand for what is asked for often: a statement that Piccolo builds costs several times the CPU of its answer.

`benchmarks/pages.py` shows where that counts; everywhere else a query that Piccolo builds is easier to change. In SQL
a value is a `{}`, on both engines. It is a constant of the program: never put text together that came from outside.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache, lru_cache
from typing import Any, TypeVar
from uuid import UUID

from piccolo.columns import Column
from piccolo.table import Table
from piccolo.utils.sql_values import convert_to_sql_value

from awards.db.database import current

T = TypeVar("T", bound=Table)
_PLAIN = {str, bytes, UUID, datetime, type(None)}


async def fetch(sql: str, *values: object) -> list[Any]:
    """Run a statement; the rows of its answer are mappings by column. Raises the errors of `awards.db.errors`."""
    database = current()
    return list(await database.engine.run(_with_places(sql, database.is_sqlite), list(values)))


async def rows(table: type[T], rest: str, *values: object) -> list[T]:
    """The rows of `table` that fit: `await rows(Prize, "WHERE round = {} ORDER BY position", round)`."""
    found = await fetch(f'SELECT {_columns(table)} FROM "{table._meta.tablename}" {rest}', *values)  # noqa: S608
    return [_as_read(table, row) for row in found]


async def row(table: type[T], rest: str, *values: object) -> T | None:
    """The first row of `table` that fits, or None."""
    found = await rows(table, f"{rest} LIMIT 1", *values)
    return found[0] if found else None


async def insert(*new: Table) -> None:
    """Insert rows of one table."""
    table = type(new[0])
    columns = table._meta.columns
    places = ", ".join([f"({', '.join(['{}'] * len(columns))})"] * len(new))
    sql = f'INSERT INTO "{table._meta.tablename}" ({_columns(table)}) VALUES {places}'  # noqa: S608
    await fetch(sql, *(_as_stored(one[column._meta.name], column) for one in new for column in columns))
    for one in new:
        one._exists_in_db = True


def places(values: Iterable[object]) -> str:
    """A `{}` for each value, for `IN (…)`."""
    return ", ".join("{}" for _value in values)


def _as_read(table: type[T], row: Mapping[str, Any]) -> T:
    """The row as Piccolo would make it. Its constructor looks for a default in every column, though all are there."""
    one = table.__new__(table)
    vars(one).update(row, _exists_in_db=True, _was_created=None)
    return one


def _as_stored(value: object, column: Column) -> object:
    """As Piccolo converts it; most values are stored as they are, and asking Piccolo costs more than the rest."""
    return value if type(value) in _PLAIN else convert_to_sql_value(value, column)


@cache
def _columns(table: type[Table]) -> str:
    """By name: while a newer process has added a column, this one still reads what it knows."""
    return ", ".join(f'"{column._meta.db_column_name}"' for column in table._meta.columns)


@lru_cache(maxsize=512)
def _with_places(sql: str, is_sqlite: bool) -> str:
    """`{}` in the words of the engine: `?`, or `$1` and on."""
    first, *parts = sql.split("{}")
    return first + "".join(f"{'?' if is_sqlite else f'${number}'}{part}" for number, part in enumerate(parts, start=1))
