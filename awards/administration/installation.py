"""The installation as a whole: does this process belong to this database?"""

from awards import keyfiles
from awards.accounts.tables import Person
from awards.administration.tables import Installation
from awards.clock import Clock
from awards.councils.tables import Council
from awards.db import Database, Duplicate, transaction
from awards.db.migrate import pending_migrations
from awards.settings import Settings
from awards.web.identity import Actor


class Misconfigured(Exception):
    """The product cannot run like this; the message says why and what to do, in words for who operates it."""


INSTALLER = Actor(name="installation")
"""Who acts from the command line, before anybody can sign in."""

LOOPBACK = {"127.0.0.1", "::1", "localhost"}


async def establish(settings: Settings, *, clock: Clock, demonstration: bool = False) -> Installation:
    """Write down, once, which key directory belongs to this database and whether it is a demonstration.

    Raises Misconfigured when it was written before with another key directory.
    """
    fingerprint = keyfiles.fingerprint(settings.key_dir)
    known = await Installation.objects().first()
    if known is None:
        known = Installation(id=1, demonstration=demonstration, key_fingerprint=fingerprint, created_at=clock.now())
        try:
            async with transaction():
                await known.save()
        except Duplicate:  # another process was first
            return await establish(settings, clock=clock, demonstration=demonstration)
    if known.key_fingerprint != fingerprint:
        raise Misconfigured(
            f"The keys in {settings.key_dir} are not those of this database. "
            "Set AWARDS_KEY_DIR to the directory that was used before, or restore it."
        )
    return known


async def ready_to_serve(database: Database, settings: Settings, *, clock: Clock) -> Installation:
    """Check what must hold before the first request. Raises Misconfigured."""
    pending = await pending_migrations(database)
    if pending:
        raise Misconfigured(f"{len(pending)} migrations have not run. Run: awards migrate")
    installation = await establish(settings, clock=clock)
    if installation.demonstration and settings.host not in LOOPBACK:
        raise Misconfigured(
            "The database holds the demonstration, which anybody could sign in to. "
            "It is served on 127.0.0.1 only: unset AWARDS_HOST, or use another database."
        )
    return installation


async def is_demonstration() -> bool:
    """Whether the database holds the demonstration."""
    installation = await Installation.objects().first()
    return bool(installation and installation.demonstration)


async def is_empty() -> bool:
    """Whether nobody has set anything up yet."""
    return not await Council.exists() and not await Person.exists()
