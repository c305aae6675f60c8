"""What the database refuses, in the same words for SQLite and PostgreSQL.

After any of these PostgreSQL refuses everything else in the transaction; SQLite goes on. Catch them around
`transaction()`, or around a `savepoint()`, and both engines behave alike.
"""

import sqlite3

import asyncpg


class DatabaseError(Exception):
    """The database refused a statement."""


class Duplicate(DatabaseError):
    """A row with this key, or this combination of unique values, is already there."""


class ReferenceBroken(DatabaseError):
    """The row refers to one that is not there, or is still referred to by another."""


class CheckFailed(DatabaseError):
    """A missing value, a check or a trigger refused the row; an append-only table refuses every change."""


class DatabaseBusy(DatabaseError):
    """Somebody held the database for too long, or it cannot be reached. Nothing was changed; try again."""


class BackupFailed(Exception):
    """A backup could not be made or restored; the message says why and what to do."""


_SQLITE = {
    sqlite3.SQLITE_CONSTRAINT_UNIQUE: Duplicate,
    sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY: Duplicate,
    sqlite3.SQLITE_CONSTRAINT_ROWID: Duplicate,
}

_POSTGRES: dict[type[Exception], type[DatabaseError]] = {
    asyncpg.UniqueViolationError: Duplicate,
    asyncpg.ForeignKeyViolationError: ReferenceBroken,
    asyncpg.RestrictViolationError: ReferenceBroken,
    asyncpg.IntegrityConstraintViolationError: CheckFailed,
    asyncpg.RaiseError: CheckFailed,
    asyncpg.LockNotAvailableError: DatabaseBusy,
    asyncpg.DeadlockDetectedError: DatabaseBusy,
    asyncpg.SerializationError: DatabaseBusy,
    asyncpg.TooManyConnectionsError: DatabaseBusy,
    asyncpg.CannotConnectNowError: DatabaseBusy,
}


def from_sqlite(error: sqlite3.Error) -> DatabaseError:
    """The error of this module that `error` means."""
    code = getattr(error, "sqlite_errorcode", 0)
    # ON DELETE RESTRICT is a trigger to SQLite; only the message tells.
    if str(error) == "FOREIGN KEY constraint failed":
        return ReferenceBroken(str(error))
    if code in _SQLITE:
        return _SQLITE[code](str(error))
    # The low byte is the primary code: BUSY_SNAPSHOT and BUSY_RECOVERY are kinds of BUSY.
    match code & 0xFF:
        case sqlite3.SQLITE_CONSTRAINT:
            return CheckFailed(str(error))
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return DatabaseBusy(str(error))
    return DatabaseError(str(error))


def from_postgres(error: Exception) -> DatabaseError:
    """The error of this module that `error` means."""
    for theirs, ours in _POSTGRES.items():
        if isinstance(error, theirs):
            return ours(str(error))
    return DatabaseError(str(error))
