"""Closing a vote before its time, which is possible once every ballot is in the box."""

from pathlib import Path
from uuid import UUID

from awards import audit
from awards.ballots.tables import Poll, Slot
from awards.clock import Clock
from awards.counting.closing import close_poll, count_if_possible
from awards.db import lock, transaction
from awards.errors import NotFound, RuleBroken
from awards.web.identity import Actor


async def everybody_has_voted(poll_id: UUID) -> bool:
    """That one bit, and never who: it is told to the acting chair alone."""
    return not await Slot.exists().where(Slot.poll == poll_id, Slot.t1.is_null()) and await Slot.exists().where(
        Slot.poll == poll_id
    )


async def close_early(poll_id: UUID, *, key_dir: Path, by: Actor, clock: Clock) -> None:
    """Close and count a vote in which everybody has voted; twice is fine.

    The caller knows that `by` is the acting chair. Raises NotFound, and RuleBroken while a vote is missing.
    """
    async with transaction():
        poll = await lock(Poll, Poll.id == poll_id)
        if poll is None:
            raise NotFound
        if poll.state == "open":
            if not await everybody_has_voted(poll_id):
                raise RuleBroken("Not everybody has voted yet.")
            now = clock.now()
            await Poll.update({Poll.closes_at: now}).where(Poll.id == poll_id)
            await audit.append("counting.closed_early", by=by, at=now, poll=poll_id)
    await close_poll(poll_id, key_dir=key_dir, by=by, clock=clock)
    await count_if_possible(poll_id, key_dir=key_dir, by=by, clock=clock)
