"""How a SQLite file is opened and asked."""

import sqlite3
from pathlib import Path
from typing import Any

from awards.db.errors import from_sqlite

BUSY_SECONDS = 10

Row = dict[str, Any]


def open_file(path: Path, *pragmas: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        detect_types=sqlite3.PARSE_DECLTYPES | sqlite3.PARSE_COLNAMES,
        # The writer's thread and the event loop's use one connection, never both at once.
        check_same_thread=False,
        cached_statements=512,
    )
    for pragma in ("foreign_keys = ON", "trusted_schema = OFF", "synchronous = FULL", *pragmas):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def fetch(connection: sqlite3.Connection, sql: str, args: list[Any]) -> list[Row]:
    """Run one statement to its end. Raises the errors of `awards.db.errors`."""
    try:
        cursor = connection.execute(sql, args)
        if cursor.description is None:
            return []
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]
    except sqlite3.Error as error:
        raise from_sqlite(error) from error
