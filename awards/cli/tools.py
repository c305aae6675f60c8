"""What the commands share: settings, a connected database, and failing in words."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import click

from awards.administration.installation import Misconfigured
from awards.db import Database, DatabaseError, connect
from awards.db.errors import BackupFailed
from awards.db.migrate import pending_migrations
from awards.db.process_lock import AlreadyServing
from awards.errors import RuleBroken
from awards.settings import Settings

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}

T = TypeVar("T")


def settings_from_environment() -> Settings:
    """The settings. Raises click.ClickException when one is wrong."""
    try:
        return Settings.from_environment()
    except ValueError as error:
        raise click.ClickException(f"A setting is wrong: {error}") from error


@contextmanager
def refusals_in_words() -> Iterator[None]:
    """Refusals inside become the command's error message, and its exit status 1."""
    try:
        yield
    except (Misconfigured, AlreadyServing, BackupFailed, DatabaseError) as error:
        raise click.ClickException(str(error)) from error
    except RuleBroken as refusal:
        raise click.ClickException(refusal.message % refusal.values) from refusal


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run `work`; refusals become the command's error message."""
    with refusals_in_words():
        return asyncio.run(work)


def with_database(work: Callable[[Database, Settings], Coroutine[Any, Any, T]], *, migrated: bool = True) -> T:
    """Connect, do `work(database, settings)`, disconnect. Asks for a migrated database unless told otherwise."""
    settings = settings_from_environment()

    async def connected() -> T:
        async with connect(settings) as database:
            if migrated and await pending_migrations(database):
                raise Misconfigured("Migrations have not run. Run: awards migrate")
            return await work(database, settings)

    return run(connected())
