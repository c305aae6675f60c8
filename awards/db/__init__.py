"""The database: SQLite by default, PostgreSQL by `DATABASE_URL`, the same to everybody who uses it."""

from awards.db.database import Database, connect, current, is_sqlite
from awards.db.errors import CheckFailed, DatabaseBusy, DatabaseError, Duplicate, ReferenceBroken
from awards.db.transactions import lock, savepoint, transaction

__all__ = [
    "CheckFailed",
    "Database",
    "DatabaseBusy",
    "DatabaseError",
    "Duplicate",
    "ReferenceBroken",
    "connect",
    "current",
    "is_sqlite",
    "lock",
    "savepoint",
    "transaction",
]
