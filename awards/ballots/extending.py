"""A later closing time for an open vote: the secretary asks, the acting chair agrees, everybody on the roll is told."""

from datetime import datetime
from uuid import UUID, uuid4

from awards import audit, outbox
from awards.accounts.links import make_link
from awards.accounts.members import SIGN_IN
from awards.ballots.queries import electors_of
from awards.ballots.tables import ClosingChange, Poll
from awards.clock import Clock
from awards.db import lock, transaction
from awards.errors import DeadlinePassed, NotFound, RuleBroken
from awards.rounds.tables import Prize
from awards.web.identity import Actor


async def ask_for_later_close(poll_id: UUID, closes_at: datetime, *, by: Actor, clock: Clock) -> None:
    """Ask the acting chair to agree to a later closing time; asking again replaces what was asked.

    Raises NotFound, DeadlinePassed once the vote is closed, and RuleBroken for a time that is not later.
    """
    async with transaction():
        poll = await _open_poll(poll_id, clock)
        now = clock.now()
        _must_be_later(closes_at, poll)
        await ClosingChange.delete().where(ClosingChange.poll == poll_id, ClosingChange.agreed_at.is_null())
        change = ClosingChange(
            id=uuid4(), poll=poll_id, closes_at=closes_at.replace(microsecond=0), asked_by=by.id, asked_at=now
        )
        await change.save()
        await audit.append("ballots.later_close_asked", by=by, at=now, poll=poll_id, closes_at=str(change.closes_at))


async def agree_to_later_close(change_id: UUID, *, by: Actor, clock: Clock) -> None:
    """Two people have agreed: the vote closes later, and everybody on its roll gets a mail. Twice is fine.

    The caller knows that `by` is the acting chair. The manifest keeps the original time; the chain holds this one.
    Raises NotFound, DeadlinePassed once the vote is closed, and RuleBroken for whoever asked for it.
    """
    async with transaction():
        asked = await ClosingChange.objects().get(ClosingChange.id == change_id)
        if asked is None:
            raise NotFound
        poll = await _open_poll(asked.poll, clock)
        change = await lock(ClosingChange, ClosingChange.id == change_id)
        if change is None:
            raise NotFound
        if change.agreed_at is not None:
            return
        if change.asked_by == by.id:
            raise RuleBroken("Two people are needed: whoever asked for it does not agree to it.")
        _must_be_later(change.closes_at, poll)
        now = clock.now()
        change.agreed_by, change.agreed_at = by.id, now
        await change.save()
        await Poll.update({Poll.closes_at: change.closes_at}).where(Poll.id == poll.id)
        prize = await Prize.objects(Prize.round).get(Prize.id == poll.prize)
        for person in await electors_of(poll.id):
            await outbox.enqueue(
                "ballots/extended",
                to=person.email,
                name=person.name,
                language=person.language,
                council=prize.round.council if prize else None,
                reference=f"{prize.title} {prize.round.year}" if prize else "",
                now=now,
                poll=poll.id,
                closes_at=str(change.closes_at),
                # The link in the first mail ends with the first closing time.
                link=await make_link(SIGN_IN, person.id, now=now, expires_at=change.closes_at),
            )
        await audit.append("ballots.closes_later", by=by, at=now, poll=poll.id, closes_at=str(change.closes_at))


async def asked_change(poll_id: UUID) -> ClosingChange | None:
    """The later closing time that waits for the chair."""
    return await ClosingChange.objects().get((ClosingChange.poll == poll_id) & ClosingChange.agreed_at.is_null())


async def _open_poll(poll_id: UUID, clock: Clock) -> Poll:
    poll = await lock(Poll, Poll.id == poll_id)
    if poll is None:
        raise NotFound
    if poll.state != "open" or poll.closes_at is None or clock.now() >= poll.closes_at:
        raise DeadlinePassed("The vote is closed, so it cannot be made longer.")
    return poll


def _must_be_later(closes_at: datetime, poll: Poll) -> None:
    if poll.closes_at is None or closes_at <= poll.closes_at:
        raise RuleBroken("Choose a time later than the present one.")
