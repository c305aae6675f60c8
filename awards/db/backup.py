"""Backup and restore of the whole database, while it is in use: one file, without the key files.

Key files are never part of a backup: with the keys of a poll it could read ballots (`AWARDS_KEY_DIR` is copied by
other means, to another place). These functions block; a running event loop calls them in a thread.
"""

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import asyncpg

from awards.db import postgres_dump
from awards.db.errors import BackupFailed
from awards.db.process_lock import hold_serve_lock
from awards.settings import Settings


def backup(settings: Settings, target: Path) -> None:
    """Write the database as it is at one moment to `target`, replacing a file there only when all went well.

    Raises BackupFailed, in words, when it cannot.
    """
    partial = target.with_name(f"{target.name}.partial")
    partial.unlink(missing_ok=True)
    try:
        if settings.database_url:
            postgres_dump.dump(settings.database_url, partial)
        else:
            _copy(settings.sqlite_path, partial)
        _keep(partial, target)
    except (OSError, sqlite3.Error) as error:
        raise BackupFailed(f"The backup to {target} failed: {error}") from error
    finally:
        partial.unlink(missing_ok=True)


def restore(settings: Settings, source: Path, *, force: bool = False) -> None:
    """Replace the database by the backup `source`. Nothing may serve it meanwhile.

    Raises BackupFailed, in words, when `source` is no backup of this kind of database, or when the database holds
    rows and `force` is not given. AlreadyServing when the SQLite file is being served.
    """
    try:
        with hold_serve_lock(settings):
            if settings.database_url:
                postgres_dump.load(settings.database_url, source, force=force)
            else:
                _restore_sqlite(settings.sqlite_path, source, force=force)
    except (OSError, sqlite3.Error, asyncpg.PostgresError) as error:
        raise BackupFailed(f"Restoring {source} failed: {error}") from error


def _restore_sqlite(path: Path, source: Path, *, force: bool) -> None:
    if not source.is_file():
        raise BackupFailed(f"There is no file {source}.")
    with source.open("rb") as file:
        if file.read(16) != b"SQLite format 3\0":
            raise BackupFailed(f"{source} is no backup of a SQLite database.")
    if path.exists() and not force and _has_rows(path):
        raise BackupFailed(f"{path} is not empty. Restoring would delete what it holds: force it if that is meant.")
    partial = path.with_name(f"{path.name}.partial")
    partial.unlink(missing_ok=True)
    try:
        _copy(source, partial)
        # The log belongs to the file that goes.
        for suffix in ("-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        _keep(partial, path)
    finally:
        partial.unlink(missing_ok=True)


def _copy(source: Path, target: Path) -> None:
    """A checked copy of one moment, in a file of its own without a log beside it."""
    os.close(os.open(target, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    with closing(_read_only(source)) as original, closing(sqlite3.connect(target)) as copy:
        # All pages in one step: a copy in portions starts again whenever somebody writes.
        original.backup(copy, pages=-1)
        copy.execute("PRAGMA journal_mode = DELETE")
        problems = [problem for (problem,) in copy.execute("PRAGMA quick_check")]
    if problems != ["ok"]:
        raise BackupFailed(f"{source} is damaged: {'; '.join(problems[:3])}")


def _keep(partial: Path, target: Path) -> None:
    """Give a finished file its name, so that it is there after a power cut too."""
    _fsync(partial)
    partial.replace(target)
    _fsync(target.parent)


def _fsync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _has_rows(path: Path) -> bool:
    with closing(_read_only(path)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return any(
            connection.execute(f'SELECT EXISTS (SELECT 1 FROM "{table}")').fetchone()[0]  # noqa: S608
            for table in tables
            if table != "migration"
        )


def _read_only(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{quote(str(path.resolve()))}?mode=ro", uri=True, timeout=10)
