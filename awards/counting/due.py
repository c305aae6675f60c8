"""What is due after a vote by the clock: closing, overwriting what was deleted, and destroying what was kept."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from litestar.connection import ASGIConnection
from litestar.handlers.base import BaseRouteHandler

from awards import audit
from awards.ballots import keys
from awards.ballots.tables import Box, Mixed, Poll, Slot
from awards.clock import Clock
from awards.counting.closing import close_due_polls
from awards.counting.tables import Count
from awards.db import lock, transaction
from awards.db.scrub import scrub
from awards.settings import Settings
from awards.web.identity import SCHEDULER

FINAL = ["approved", "void"]


async def close_what_is_due(connection: ASGIConnection[Any, Any, Any, Any], _handler: BaseRouteHandler) -> None:
    """A guard that refuses nobody: whoever comes first after a deadline finds the vote closed and counted."""
    state = connection.app.state
    await close_due_polls(clock=state.clock, settings=state.settings)


async def scrub_closed_polls(*, clock: Clock, settings: Settings) -> None:
    """The scheduler's job: overwrite the slots that were deleted at close. Raises DatabaseBusy: the next time, then."""
    waiting = await waiting_for_scrub()
    if waiting:
        await scrub(Slot)
        await Poll.update({Poll.scrubbed_at: clock.now()}).where(Poll.id.is_in(waiting), Poll.scrubbed_at.is_null())


async def waiting_for_scrub() -> list[UUID]:
    """The polls whose slots are deleted, and can still be read in the files of the database."""
    waiting: list[UUID] = await (
        Poll.select(Poll.id)
        .where(Poll.opens_at.is_not_null(), Poll.scrubbed_at.is_null(), Poll.state.not_in(["draft", "armed", "open"]))
        .output(as_list=True)
    )
    return waiting


async def destroy_old_ballots(*, clock: Clock, settings: Settings) -> None:
    """The scheduler's job: destroy the ballots of polls that ended as long ago as their council keeps them."""
    prize: Any = Poll.prize  # Piccolo makes a foreign key's columns at run time.
    due = await Poll.objects(prize, prize.round, prize.round.council).where(
        Poll.state.is_in(FINAL), Poll.opens_at.is_not_null(), Poll.destroyed_at.is_null()
    )
    for poll in due:
        until = clock.now() - timedelta(days=poll.prize.round.council.ballots_kept_days)
        if poll.closes_at is not None and poll.closes_at <= until:
            await destroy_ballots(poll.id, ended_before=until, settings=settings, clock=clock)


async def destroy_ballots(poll_id: UUID, *, ended_before: datetime, settings: Settings, clock: Clock) -> None:
    """Keys, envelopes and ballots go; codes, roots, totals and log stay. Doing it again changes nothing.

    The keys first: should the rest fail, what is left can be opened by nobody, and the job comes back for it.
    """
    keys.destroy_locks(settings.key_dir, poll_id)
    async with transaction():
        poll = await lock(Poll, Poll.id == poll_id)
        if poll is None or poll.destroyed_at is not None or poll.closes_at is None or poll.closes_at > ended_before:
            return
        now = clock.now()
        await Box.update({Box.ct: b""}).where(Box.poll == poll_id)
        await Mixed.update({Mixed.ct: b""}).where(Mixed.poll == poll_id)
        await Count.update({Count.ballots: ""}).where(Count.poll == poll_id)
        state = "destroyed" if poll.state == "approved" else poll.state
        await Poll.update({Poll.state: state, Poll.destroyed_at: now}).where(Poll.id == poll_id)
        await audit.append("counting.ballots_destroyed", by=SCHEDULER, at=now, poll=poll_id)
