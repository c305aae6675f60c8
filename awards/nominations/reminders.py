"""Mails that go out besides the first one: the lost link, and the reminder to confirm."""

from datetime import datetime, timedelta
from uuid import UUID

from awards import audit
from awards.clock import Clock
from awards.db import lock, transaction
from awards.hooks import Hook
from awards.nominations.actions import round_of, send_link
from awards.nominations.tables import Nomination
from awards.settings import Settings
from awards.web.identity import SCHEDULER, Actor

# Asked for each nomination whose nominator has lost their links, inside the transaction that mails them again.
links_lost: Hook[[Nomination, datetime]] = Hook()

# About a third forget to confirm: they are reminded while there is still time to edit.
REMIND_BEFORE = timedelta(days=3)
# Whoever has just written still has the first mail before them.
PATIENCE = timedelta(hours=12)
LINKS_LAST = timedelta(days=400)


async def send_links_again(email: str, *, by: Actor, clock: Clock) -> None:
    """Mail the links to every nomination made from this address within the last year; none are made up for others."""
    async with transaction():
        now = clock.now()
        found = await (
            Nomination.objects()
            .where(Nomination.email == email)
            .where(Nomination.received_at > now - LINKS_LAST)
            .order_by(Nomination.received_at)
        )
        for nomination in found:
            await send_link(nomination, "nominations/link", (await round_of(nomination.prize)).council, now=now)
            await links_lost.ask(nomination, now)
            await audit.append("nominations.link_sent", by=by, at=now, nomination=nomination.id)


async def remind_unconfirmed(*, clock: Clock, settings: Settings) -> None:
    """Remind, once and before the deadline, everybody who has not confirmed. A job of the scheduler."""
    for nomination_id in await _due(clock.now()):
        await remind_to_confirm(nomination_id, by=SCHEDULER, clock=clock, once=True)


async def _due(now: datetime) -> list[UUID]:
    rows = await Nomination.raw(
        "SELECT n.id FROM nomination n JOIN prize p ON p.id = n.prize JOIN round r ON r.id = p.round "
        "WHERE n.source = 'web' AND n.state = 'received' AND n.confirmed_at IS NULL AND n.reminded_at IS NULL "
        "AND n.received_at <= {} AND r.closes_at > {} AND r.closes_at <= {}",
        now - PATIENCE,
        now,
        now + REMIND_BEFORE,
    )
    return [row["id"] for row in rows]


async def remind_to_confirm(nomination_id: UUID, *, by: Actor, clock: Clock, once: bool = False) -> None:
    """Mail the link to confirm again. `once`: not when they were reminded before. A confirmed one is left alone."""
    async with transaction():
        nomination = await lock(Nomination, Nomination.id == nomination_id)
        if nomination is None or nomination.confirmed_at is not None or (once and nomination.reminded_at is not None):
            return
        now = clock.now()
        await Nomination.update({Nomination.reminded_at: now}).where(Nomination.id == nomination_id)
        await send_link(nomination, "nominations/reminder", (await round_of(nomination.prize)).council, now=now)
        await audit.append("nominations.reminded", by=by, at=now, nomination=nomination.id)
