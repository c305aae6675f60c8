"""The database: SQLite by default, PostgreSQL by `DATABASE_URL`, the same to everybody who uses it."""

from awards.db.database import Database, connect, current, is_sqlite
from awards.db.errors import BackupFailed, CheckFailed, DatabaseBusy, DatabaseError, Duplicate, ReferenceBroken
from awards.db.process_lock import AlreadyServing, hold_serve_lock
from awards.db.rows import fetch, insert, places, row, rows
from awards.db.transactions import lock, savepoint, transaction

__all__ = [
    "AlreadyServing",
    "BackupFailed",
    "CheckFailed",
    "Database",
    "DatabaseBusy",
    "DatabaseError",
    "Duplicate",
    "ReferenceBroken",
    "connect",
    "current",
    "fetch",
    "hold_serve_lock",
    "insert",
    "is_sqlite",
    "lock",
    "places",
    "row",
    "rows",
    "savepoint",
    "transaction",
]
