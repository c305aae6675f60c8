"""What Piccolo cannot say for both engines: uniqueness over several columns, checks, append-only tables.

A room lists them in its `tables.py`, below its tables; `python -m awards.db.regenerate` turns them into SQL:

    CONSTRAINTS = [
        unique(Seat.council, Seat.position),
        unique(Term.seat, where="ends IS NULL"),
        check(Prize, "amount", "amount >= 0"),
        append_only(Audit),
    ]
"""

import re
from dataclasses import dataclass

from piccolo.columns import Column
from piccolo.table import Table


@dataclass(frozen=True, slots=True)
class Constraint:
    """The statements that put one rule into a database of each kind."""

    sqlite: tuple[str, ...]
    postgres: tuple[str, ...]


def unique(*columns: Column, where: str = "") -> Constraint:
    """No two rows agree in all `columns`, among the rows where the SQL condition `where` holds. NULLs never agree."""
    return _index("UNIQUE INDEX", "unique", columns, where)


def index(*columns: Column, where: str = "") -> Constraint:
    """An index over several columns; a single column says `index=True` itself."""
    return _index("INDEX", "index", columns, where)


def _index(kind: str, suffix: str, columns: tuple[Column, ...], where: str) -> Constraint:
    table = _name(columns[0]._meta.table)
    names = [column._meta.db_column_name for column in columns]
    condition = f" WHERE {where}" if where else ""
    listed = ", ".join(f'"{name}"' for name in names)
    sql = f'CREATE {kind} "{table}_{"_".join(names)}_{suffix}" ON "{table}" ({listed}){condition}'
    return Constraint((sql,), (sql,))


def check(table: type[Table], name: str, condition: str) -> Constraint:
    """The SQL `condition`, written with bare column names, is never false in a row of `table`."""
    label = f"{_name(table)}_{name}_check"
    words = set(re.findall(r"\w+", condition))
    names = [column._meta.db_column_name for column in table._meta.columns if column._meta.db_column_name in words]
    row = "SELECT " + ", ".join(f'NEW."{name}" AS "{name}"' for name in names)
    # SQLite cannot add a check to a table that exists: triggers say the same.
    refuse = f"BEGIN SELECT RAISE(ABORT, '{label}') FROM ({row}) WHERE NOT ({condition}); END"  # noqa: S608
    sqlite = tuple(
        f'CREATE TRIGGER "{label}_{event.lower()}" BEFORE {event} ON "{_name(table)}" {refuse}'
        for event in ("INSERT", "UPDATE")
    )
    return Constraint(sqlite, (f'ALTER TABLE "{_name(table)}" ADD CONSTRAINT "{label}" CHECK ({condition})',))


def append_only(table: type[Table]) -> Constraint:
    """Rows of `table` can be added, never changed or removed."""
    name = _name(table)
    refusal = f"{name} is append-only"
    sqlite = tuple(
        f'CREATE TRIGGER "{name}_no_{event.lower()}" BEFORE {event} ON "{name}" BEGIN '
        f"SELECT RAISE(ABORT, '{refusal}'); END"
        for event in ("UPDATE", "DELETE")
    )
    function = (
        f'CREATE FUNCTION "{name}_refuse"() RETURNS trigger LANGUAGE plpgsql AS '
        f"$$ BEGIN RAISE EXCEPTION '{refusal}'; END $$"
    )
    trigger = (
        f'CREATE TRIGGER "{name}_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "{name}" '
        f'FOR EACH STATEMENT EXECUTE FUNCTION "{name}_refuse"()'
    )
    return Constraint(sqlite, (function, trigger))


def _name(table: type[Table]) -> str:
    return table._meta.tablename
