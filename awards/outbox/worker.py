"""The worker that sends what is in the outbox. Any number may run: a mail is leased to one of them at a time.

A worker that dies between sending and noting it leaves the mail to be sent again when its lease has run out, under the
same Message-ID.
"""

from datetime import datetime

import structlog

from awards.clock import Clock
from awards.db import is_sqlite, rows, transaction
from awards.errors import NotFound
from awards.outbox.delivery import NotDelivered, Transport
from awards.outbox.rendering import compose, message_id
from awards.outbox.rules import LEASE, is_given_up, wait_after
from awards.outbox.tables import Mail
from awards.settings import Settings

log = structlog.get_logger()

EVERY_SECONDS = 5
AT_ONCE = 100
"""Mails sent before the worker looks up, so that a stop does not wait for a thousand."""

DUE = (
    "WHERE state = 'queued' AND next_attempt_at <= {} AND (leased_until IS NULL OR leased_until <= {}) "
    "ORDER BY next_attempt_at LIMIT 1"
)


async def send_due(settings: Settings, clock: Clock, transport: Transport) -> int:
    """Send what is due, oldest first; returns how many mails were tried."""
    tried = 0
    try:
        while tried < AT_ONCE and (mail := await lease_next(settings, clock)):
            await _send(mail, settings, clock, transport)
            tried += 1
    finally:
        await transport.close()
    return tried


async def lease_next(settings: Settings, clock: Clock) -> Mail | None:
    """Take the mail that has been due longest, or None. Nobody else gets it until the lease has run out."""
    # Asked after every act and mostly in vain, so without a transaction at first.
    if not await rows(Mail, DUE, clock.now(), clock.now()):
        return None
    async with transaction():
        now = clock.now()
        due = await rows(Mail, DUE if is_sqlite() else f"{DUE} FOR UPDATE SKIP LOCKED", now, now)
        if not due:
            return None
        mail = due[0]
        mail.leased_until = now + LEASE
        mail.attempts += 1
        mail.message_id = mail.message_id or message_id(mail, settings)
        await mail.save([Mail.leased_until, Mail.attempts, Mail.message_id])
        return mail


async def _send(mail: Mail, settings: Settings, clock: Clock, transport: Transport) -> None:
    try:
        message = await compose(mail, settings)
    except NotFound:
        await _failed(mail, "What the mail is about is no longer there.", permanent=True, now=clock.now())
        return
    except Exception as error:
        log.error("mail could not be made", mail=str(mail.id), template=mail.template, exc_info=error)
        await _failed(mail, f"The mail could not be made ({type(error).__name__}).", permanent=False, now=clock.now())
        return
    try:
        await transport.deliver(message)
    except NotDelivered as error:
        log.warning("mail not delivered", mail=str(mail.id), template=mail.template, permanent=error.permanent)
        await _failed(mail, str(error), permanent=error.permanent, now=clock.now())
        return
    await _note(mail, {Mail.state: "sent", Mail.sent_at: clock.now(), Mail.last_error: ""})


async def _failed(mail: Mail, reason: str, *, permanent: bool, now: datetime) -> None:
    state = "dead" if is_given_up(mail.attempts, permanent=permanent) else "queued"
    again_at = now + wait_after(mail.attempts)
    await _note(mail, {Mail.state: state, Mail.next_attempt_at: again_at, Mail.last_error: reason[:500]})


async def _note(mail: Mail, outcome: dict[object, object]) -> None:
    """Write the outcome down, unless the lease ran out and the mail is somebody else's by now."""
    async with transaction():
        await (
            Mail.update({**outcome, Mail.leased_until: None})  # type: ignore[dict-item]
            .where(Mail.id == mail.id)
            .where(Mail.leased_until == mail.leased_until)
        )
