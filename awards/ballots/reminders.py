"""Mails that the secretary sends around a vote: the question of inhabilitet, and reminders to vote."""

from datetime import datetime, timedelta
from uuid import UUID

from awards import audit, outbox
from awards.accounts.links import make_link
from awards.accounts.members import SIGN_IN
from awards.accounts.tables import Person
from awards.ballots.queries import electors_of
from awards.ballots.recusals import answered
from awards.ballots.tables import Poll
from awards.clock import Clock
from awards.councils.queries import members_on
from awards.db import lock, transaction
from awards.errors import DeadlinePassed, NotFound, RuleBroken
from awards.outbox.tables import Mail
from awards.rounds.tables import Prize, Round
from awards.screening.tables import Shortlist
from awards.web.formats import local
from awards.web.identity import Actor

# So that a button pressed twice, or by two people, does not fill anybody's mailbox.
APART = timedelta(hours=1)
LINK_LASTS = timedelta(days=14)


async def ask_about_recusals(round_id: UUID, *, by: Actor, clock: Clock) -> int:
    """Mail the question to every member who has not answered it for all prizes with candidates; returns how many.

    Raises RuleBroken when no candidates are confirmed, nobody is left to ask, or the last mail is fresh.
    """
    async with transaction():
        round = await lock(Round, Round.id == round_id)
        if round is None:
            raise NotFound
        now = clock.now()
        prizes = [
            row["prize"] for row in await Shortlist.select(Shortlist.prize).where(Shortlist.prize.round == round_id)
        ]
        if not prizes:
            raise RuleBroken("The candidates are not confirmed yet.")
        done = await answered(prizes)
        members = [
            member
            for member in await members_on(round.council, local(now).date())
            if any(member.id not in done[prize] for prize in prizes)
        ]
        if not members:
            raise RuleBroken("All members have answered.")
        await _not_again("ballots/recusals", round.council, round.title, now)
        for member in members:
            await _write("ballots/recusals", member, round.council, round.title, now, now + LINK_LASTS, round=round_id)
        await audit.append("ballots.recusals_asked", by=by, at=now, round=round_id, members=len(members))
        return len(members)


async def remind_electors(poll_id: UUID, *, by: Actor, clock: Clock) -> None:
    """Mail a reminder to everybody on the roll: nobody knows who has voted, and nobody asks.

    Raises RuleBroken when the last one is fresh, DeadlinePassed when the vote is not open.
    """
    async with transaction():
        poll = await lock(Poll, Poll.id == poll_id)
        if poll is None:
            raise NotFound
        now = clock.now()
        if poll.state != "open" or poll.closes_at is None or now >= poll.closes_at:
            raise DeadlinePassed("The vote is closed.")
        prize = await Prize.objects(Prize.round).get(Prize.id == poll.prize)
        if prize is None:
            raise NotFound
        reference = f"{prize.title} {prize.round.year}"
        await _not_again("ballots/reminder", prize.round.council, reference, now)
        for person in await electors_of(poll_id):
            await _write("ballots/reminder", person, prize.round.council, reference, now, poll.closes_at, poll=poll_id)
        await audit.append("ballots.reminded", by=by, at=now, poll=poll_id)


async def last_mailed(template: str, council: UUID, *references: str) -> dict[str, datetime]:
    """When the newest mail of `template` with each of these references was written; one that was not is left out."""
    if not references:
        return {}
    mails = await (
        Mail.select(Mail.reference, Mail.created_at)
        .where(Mail.template == template, Mail.council == council, Mail.reference.is_in(list(references)))
        .order_by(Mail.created_at)
    )
    return {mail["reference"]: mail["created_at"] for mail in mails}


async def _not_again(template: str, council: UUID, reference: str, now: datetime) -> None:
    last = (await last_mailed(template, council, reference)).get(reference)
    if last is not None and now - last < APART:
        raise RuleBroken("That mail was sent less than an hour ago.")


async def _write(
    template: str, person: Person, council: UUID, reference: str, now: datetime, expires_at: datetime, **ids: UUID
) -> None:
    link = await make_link(SIGN_IN, person.id, now=now, expires_at=expires_at)
    await outbox.enqueue(
        template,
        to=person.email,
        name=person.name,
        language=person.language,
        council=council,
        reference=reference,
        now=now,
        link=link,
        **ids,
    )
