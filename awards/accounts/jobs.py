"""Housekeeping: what has run out is deleted."""

from datetime import timedelta

from awards.accounts.attempts import forget_old
from awards.accounts.tables import Challenge, Link, Session
from awards.clock import Clock
from awards.settings import Settings

LINKS_KEPT = timedelta(days=30)  # so that a link that has run out says so, rather than that it never was


async def forget_expired(*, clock: Clock, settings: Settings) -> None:
    """Delete sessions, challenges, links and buckets of attempts that have run out."""
    now = clock.now()
    await Challenge.delete().where(Challenge.expires_at <= now)
    await Session.delete().where(Session.expires_at <= now)
    await Link.delete().where(Link.expires_at <= now - LINKS_KEPT)
    await forget_old(now)
