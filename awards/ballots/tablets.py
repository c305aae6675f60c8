"""The council's tablet, passed around at a meeting: a link opens it for one vote, a card's code gives somebody a turn.

A turn is a link of its own, whose token only the tablet's cookie holds. It is good for ten minutes and for this vote.
It is no session, so no other page knows whose turn it is.
"""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from awards import audit
from awards.accounts.attempts import bucket, forget, take
from awards.accounts.cards import card_fits
from awards.accounts.links import link_token, make_link, read_link
from awards.accounts.rules import is_code, normal_code
from awards.accounts.tables import Link
from awards.ballots.meetings import MEETING
from awards.ballots.tables import Elector, Poll
from awards.clock import Clock
from awards.db import lock, row, transaction
from awards.errors import DeadlinePassed, NotFound, RuleBroken
from awards.settings import Settings
from awards.web.identity import Actor

TABLET = "tablet"
TURN_COOKIE = "turn"
TURN_LASTS = timedelta(minutes=10)
TRIES = 20
TRIES_LAST = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Tablet:
    """An open tablet: its link, and the vote that it is for."""

    link: Link
    poll: Poll

    @property
    def turns(self) -> str:
        """The purpose of the links that are turns at this tablet, and at no other."""
        return f"turn:{self.link.id.hex}"


async def open_tablet(poll_id: UUID, *, by: Actor, clock: Clock) -> UUID:
    """The link that opens a tablet for this vote at a meeting, until it closes; while one is out, that one. The caller
    knows that `by` may. Raises RuleBroken unless the vote is open."""
    async with transaction():
        poll = await lock(Poll, Poll.id == poll_id)
        now = clock.now()
        if poll is None or poll.kind != MEETING:
            raise NotFound
        if poll.state != "open" or poll.closes_at is None or now >= poll.closes_at:
            raise RuleBroken("The vote is not open.")
        known = await tablet_link(poll_id)
        if known is not None:
            return known.id
        link = await make_link(TABLET, poll_id, now=now, expires_at=poll.closes_at)
        await audit.append("ballots.tablet_opened", by=by, at=now, poll=poll_id, link=link)
        return link


async def close_tablet(poll_id: UUID, *, by: Actor, clock: Clock) -> None:
    """The link works no longer, nor does the turn of whoever is at the tablet. What was cast, counts."""
    async with transaction():
        await lock(Poll, Poll.id == poll_id)
        link, now = await tablet_link(poll_id), clock.now()
        if link is None:
            return
        await Link.update({Link.used_at: now}).where(Link.id == link.id)
        await Link.delete().where(Link.purpose == f"turn:{link.id.hex}")
        await audit.append("ballots.tablet_closed", by=by, at=now, poll=poll_id, link=link.id)


async def tablet_link(poll_id: UUID) -> Link | None:
    """The link that is out for this vote."""
    return await row(Link, "WHERE purpose = {} AND subject = {} AND used_at IS NULL", TABLET, poll_id)


async def tablet_of(token: str, *, clock: Clock, settings: Settings) -> Tablet:
    """Raises NotFound for a forged link, RuleBroken for one that was closed or has run out, DeadlinePassed when the
    vote has closed."""
    link = await read_link(token, TABLET, now=clock.now(), settings=settings)
    poll = await row(Poll, "WHERE id = {}", link.subject)
    if poll is None:
        raise NotFound
    if poll.state != "open" or poll.closes_at is None or clock.now() >= poll.closes_at:
        raise DeadlinePassed("The vote is closed. If you voted earlier, that vote counts.")
    return Tablet(link, poll)


async def elector_with(code: str, tablet: Tablet, *, clock: Clock) -> UUID | None:
    """Whose card it is, among those who may vote; None for a wrong code and for anybody else's alike.

    Every card of the roll is compared, so that the time tells nothing either. Raises TooMany, and Busy.
    """
    attempts = bucket(TABLET, tablet.link.id)
    await take(attempts, limit=TRIES, per=TRIES_LAST, now=clock.now())
    if not is_code(normal_code(code)):
        return None
    roll = await Elector.select(Elector.member).where(Elector.poll == tablet.poll.id).output(as_list=True)
    fits = await asyncio.gather(*(card_fits(member, code) for member in roll))
    found = next((member for member, fit in zip(roll, fits, strict=True) if fit), None)
    if found is not None:
        await forget(attempts)
    return found


async def begin_turn(member: UUID, tablet: Tablet, *, clock: Clock, settings: Settings) -> str:
    """The secret of a turn at the tablet."""
    async with transaction():
        now = clock.now()
        turn = await make_link(tablet.turns, member, now=now, expires_at=now + TURN_LASTS)
    return await link_token(turn, settings)


async def turn_of(secret: str, tablet: Tablet, *, clock: Clock, settings: Settings) -> Link | None:
    """The turn that goes on, whose `subject` is the member; None when there is none, or its time has run out."""
    try:
        return await read_link(secret, tablet.turns, now=clock.now(), settings=settings)
    except (NotFound, RuleBroken):
        return None


async def end_turn(turn: Link) -> None:
    """Nothing is left of it: not even that somebody was at the tablet."""
    await Link.delete().where(Link.id == turn.id)


async def forget_turns(*, clock: Clock, settings: Settings) -> None:
    """The scheduler's job: a turn that nobody ended would tell who was at the tablet, and when."""
    await Link.delete().where(Link.purpose.like("turn:%"), Link.expires_at <= clock.now())
