"""Questions to the nominator: asked with a deadline, answered by a mailed link, reminded of before it runs out."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from awards import audit, outbox
from awards.accounts.links import make_link
from awards.clock import Clock
from awards.db import fetch, lock, transaction
from awards.errors import DeadlinePassed, NotFound, RuleBroken
from awards.finding import findable
from awards.nominations.reminders import links_lost
from awards.nominations.tables import Nomination
from awards.rounds.tables import Prize
from awards.screening import rules, steps
from awards.screening.tables import Inquiry, Shortlist
from awards.settings import Settings
from awards.web.identity import SCHEDULER, Actor

PURPOSE = "inquiry"
# Whoever comes late still sees what was asked, and whom to call.
LINK_OUTLIVES = timedelta(days=60)
REMIND_BEFORE = timedelta(days=2)
# Whoever was asked a moment ago has the first mail before them.
PATIENCE = timedelta(days=1)


async def ask(nomination_id: UUID, question: str, answer_by: datetime, *, by: Actor, clock: Clock) -> UUID:
    """Ask the nominator for more before `answer_by`; returns the inquiry.

    Raises RuleBroken without an address, or while a question waits.
    """
    async with transaction():
        nomination = await steps.waiting(nomination_id)
        now = clock.now()
        if not nomination.email:
            raise RuleBroken("The nominator gave no e-mail address. Call or write instead.")
        if answer_by <= now:
            raise RuleBroken("Choose a deadline that lies ahead.")
        if await Inquiry.exists().where(
            Inquiry.nomination == nomination_id, Inquiry.answered_at.is_null(), Inquiry.answer_by > now
        ):
            raise RuleBroken("The nominator has not answered your last question yet.")
        inquiry = Inquiry(id=uuid4(), nomination=nomination_id, question=question, asked_at=now, by=by.person_id)
        inquiry.answer_by = answer_by
        await inquiry.save()
        await _mail("screening/question", inquiry, nomination, now)
        await audit.append("screening.asked", by=by, at=now, nomination=nomination_id, inquiry=inquiry.id)
        return inquiry.id


async def keep_typed(inquiry_id: UUID, text: str) -> None:
    """What the nominator has written so far is there again when they come back, also on another device."""
    await Inquiry.update({Inquiry.typed: text}).where(Inquiry.id == inquiry_id, Inquiry.answered_at.is_null())


async def answer(inquiry_id: UUID, text: str, *, by: Actor, clock: Clock) -> None:
    """The nominator's answer, once; sent again it is the first that stands.

    Raises DeadlinePassed, or RuleBroken when the nomination was withdrawn or the candidates are confirmed.
    """
    async with transaction():
        inquiry = await _locked(inquiry_id)
        if inquiry.answered_at is not None:
            return
        nomination = await steps.locked(inquiry.nomination)
        await lock(Prize, Prize.id == nomination.prize, shared=True)
        now = clock.now()
        if nomination.state == rules.WITHDRAWN:
            raise RuleBroken("The nomination has been withdrawn.")
        if await Shortlist.exists().where(Shortlist.prize == nomination.prize):
            raise RuleBroken("The candidates of this prize are confirmed.")
        if now >= inquiry.answer_by:
            raise DeadlinePassed("The time for answering has run out.")
        inquiry.answer, inquiry.answered_at, inquiry.typed = text, now, ""
        await inquiry.save([Inquiry.answer, Inquiry.answered_at, Inquiry.typed])
        nomination.search = findable([nomination.search, text])
        await nomination.save([Nomination.search])
        await audit.append("screening.answered", by=by, at=now, nomination=nomination.id, inquiry=inquiry_id)


async def remind_unanswered(*, clock: Clock, settings: Settings) -> None:
    """Remind, once and before the deadline, everybody who was asked and has not answered. A job of the scheduler."""
    now = clock.now()
    due = await fetch(
        "SELECT i.id FROM inquiry i JOIN nomination n ON n.id = i.nomination WHERE i.answered_at IS NULL "
        "AND i.reminded_at IS NULL AND i.answer_by > {} AND i.answer_by <= {} AND i.asked_at <= {} AND n.state = {}",
        now,
        now + REMIND_BEFORE,
        now - PATIENCE,
        rules.WAITING,
    )
    for row in due:
        await remind(row["id"], by=SCHEDULER, clock=clock, once=True)


async def remind(inquiry_id: UUID, *, by: Actor, clock: Clock, once: bool = False) -> None:
    """Mail the question's link again. `once`: not when they were reminded before. An answered one is left alone."""
    async with transaction():
        inquiry = await _locked(inquiry_id)
        if inquiry.answered_at is not None or (once and inquiry.reminded_at is not None):
            return
        nomination = await steps.locked(inquiry.nomination)
        now = clock.now()
        inquiry.reminded_at = now
        await inquiry.save([Inquiry.reminded_at])
        await _mail("screening/question_reminder", inquiry, nomination, now)
        await audit.append("screening.reminded", by=by, at=now, nomination=nomination.id, inquiry=inquiry_id)


@links_lost.listen
async def ask_again(nomination: Nomination, now: datetime) -> None:
    """Whoever has lost their links gets that of an open question too."""
    waiting = await Inquiry.objects().where(
        Inquiry.nomination == nomination.id, Inquiry.answered_at.is_null(), Inquiry.answer_by > now
    )
    for inquiry in waiting:
        await _mail("screening/question", inquiry, nomination, now)


async def _mail(template: str, inquiry: Inquiry, nomination: Nomination, now: datetime) -> None:
    prize = await Prize.objects(Prize.round).get(Prize.id == nomination.prize)
    if prize is None:
        raise NotFound
    await outbox.enqueue(
        template,
        to=nomination.email,
        name=nomination.nominator,
        language=nomination.language,
        council=prize.round.council,
        reference=nomination.reference,
        now=now,
        inquiry=inquiry.id,
        link=await make_link(PURPOSE, inquiry.id, now=now, expires_at=inquiry.answer_by + LINK_OUTLIVES),
    )


async def _locked(inquiry_id: UUID) -> Inquiry:
    inquiry = await lock(Inquiry, Inquiry.id == inquiry_id)
    if inquiry is None:
        raise NotFound
    return inquiry
