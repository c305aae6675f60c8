"""PostgreSQL's own tools for backup and restore: `pg_dump` and `pg_restore`."""

import asyncio
import os
import shutil
import subprocess
from pathlib import Path
from urllib.parse import unquote, urlsplit

import asyncpg

from awards.db.errors import BackupFailed

_ASIDE = "before_restore"


def dump(url: str, target: Path) -> None:
    """Write the database at `url` to `target` in pg_dump's custom format. Raises BackupFailed."""
    os.close(os.open(target, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    _run("pg_dump", url, "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")


def load(url: str, source: Path, *, force: bool) -> None:
    """Replace the database at `url` by the dump `source`, all or nothing. Raises BackupFailed."""
    if not source.is_file():
        raise BackupFailed(f"There is no file {source}.")
    with source.open("rb") as file:
        if file.read(5) != b"PGDMP":
            raise BackupFailed(f"{source} is no backup of a PostgreSQL database.")
    _run("pg_restore", "", "--list", str(source))
    if not force and asyncio.run(_has_rows(url)):
        raise BackupFailed("The database is not empty. Restoring would delete all it holds: force it if that is meant.")
    # Aside, not away, until the dump is in: it may have tables that the dump, made by an older version, has not.
    _execute(url, f"ALTER SCHEMA public RENAME TO {_ASIDE}", "CREATE SCHEMA public")
    try:
        _run("pg_restore", url, "--no-owner", "--no-privileges", "--single-transaction", str(source))
    except BaseException:
        _execute(url, "DROP SCHEMA public CASCADE", f"ALTER SCHEMA {_ASIDE} RENAME TO public")
        raise
    _execute(url, f"DROP SCHEMA {_ASIDE} CASCADE")


def _run(tool: str, url: str, *arguments: str) -> None:
    program = shutil.which(tool)
    if program is None:
        raise BackupFailed(f"{tool} is not on the PATH. Install PostgreSQL's client programs, of the server's version.")
    # Arguments can be read by everybody on the machine, the environment cannot.
    parts = urlsplit(url)
    environment = dict(os.environ)
    if parts.password:
        environment["PGPASSWORD"] = unquote(parts.password)
    address = parts._replace(netloc=parts.netloc.replace(f":{parts.password or ''}@", "@", 1)).geturl()
    done = subprocess.run(  # noqa: S603
        [program, *([f"--dbname={address}"] if url else []), *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise BackupFailed(f"{tool} failed: {done.stderr.strip()}")


async def _has_rows(url: str) -> bool:
    connection = await asyncpg.connect(url)
    try:
        tables = await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in tables:
            if table != "migration" and await connection.fetchval(f'SELECT EXISTS (SELECT 1 FROM "{table}")'):  # noqa: S608
                return True
        return False
    finally:
        await connection.close()


def _execute(url: str, *statements: str) -> None:
    async def run() -> None:
        connection = await asyncpg.connect(url)
        try:
            async with connection.transaction():
                for statement in statements:
                    await connection.execute(statement)
        finally:
            await connection.close()

    asyncio.run(run())
