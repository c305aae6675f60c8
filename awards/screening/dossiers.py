"""Dossiers: nominations of one candidate laid together and parted again. No word is lost, and nominators are told."""

from datetime import datetime
from uuid import UUID, uuid4

from awards import audit, outbox
from awards.clock import Clock
from awards.db import rows, transaction
from awards.errors import NotFound, RuleBroken
from awards.nominations.tables import Nomination
from awards.rounds.tables import Prize
from awards.screening import steps
from awards.screening.tables import Candidate, Placement
from awards.web.identity import Actor


async def merge(nomination_id: UUID, candidate_id: UUID, *, by: Actor, clock: Clock) -> None:
    """Lay an accepted nomination into another candidate's dossier. Every word is kept; `part` undoes it."""
    async with transaction():
        nomination = await steps.accepted(nomination_id)
        now = clock.now()
        await join(nomination, candidate_id, now)
        await steps.note(nomination.id, "merged", "", by, now)
        await audit.append("screening.merged", by=by, at=now, nomination=nomination.id, candidate=candidate_id)


async def part(nomination_id: UUID, *, by: Actor, clock: Clock) -> UUID:
    """Take an accepted nomination out of a shared dossier again; returns its own new candidate."""
    async with transaction():
        nomination = await steps.accepted(nomination_id)
        placement = await Placement.objects().get(Placement.nomination == nomination.id)
        shared = await nominations_in(placement.candidate) if placement else []
        if placement is None or len(shared) == 1:
            raise RuleBroken("The nomination is alone in its dossier.")
        now = clock.now()
        candidate = await place(nomination, None)
        left = [other for other in shared if other.id != nomination.id]
        await _take_contacts(placement.candidate, left)
        await _tell("screening/parted", [nomination] if len(left) > 1 else shared, now)
        await steps.note(nomination.id, "parted", "", by, now)
        await audit.append("screening.parted", by=by, at=now, nomination=nomination.id, candidate=candidate)
        return candidate


async def join(nomination: Nomination, candidate_id: UUID, now: datetime) -> None:
    """Lay a nomination into the dossier of others, and tell those who stood alone until now; in the caller's
    transaction. Raises NotFound for a candidate of another prize."""
    alone = await nominations_in(candidate_id)
    await place(nomination, candidate_id)
    gathered = await nominations_in(candidate_id)
    await _take_contacts(candidate_id, gathered)
    if len(gathered) > len(alone):
        await _tell("screening/merged", [nomination] if len(alone) > 1 else gathered, now)


async def nominations_in(candidate_id: UUID) -> list[Nomination]:
    """What lies in a dossier, in the order in which it came."""
    return await rows(
        Nomination,
        "WHERE id IN (SELECT nomination FROM placement WHERE candidate = {}) ORDER BY received_at, reference",
        candidate_id,
    )


async def place(nomination: Nomination, candidate_id: UUID | None) -> UUID:
    """Put the nomination into a dossier of its prize, or into a new one; a dossier left empty goes."""
    if candidate_id is not None:
        known = await Candidate.objects().get(Candidate.id == candidate_id)
        if known is None or known.prize != nomination.prize:
            raise NotFound
    await take_out(nomination.id, keep=candidate_id)
    if candidate_id is None:
        candidate_id = uuid4()
        await Candidate(
            id=candidate_id,
            prize=nomination.prize,
            name=nomination.nominee,
            kind=nomination.kind,
            cvr=nomination.cvr,
            email=nomination.nominee_email,
            phone=nomination.nominee_phone,
        ).save()
    await Placement(id=uuid4(), nomination=nomination.id, candidate=candidate_id).save()
    return candidate_id


async def take_out(nomination_id: UUID, *, keep: UUID | None = None) -> None:
    placement = await Placement.objects().get(Placement.nomination == nomination_id)
    if placement is None:
        return
    await Placement.delete().where(Placement.id == placement.id)
    if placement.candidate != keep and not await Placement.exists().where(Placement.candidate == placement.candidate):
        await Candidate.delete().where(Candidate.id == placement.candidate)


def can_be_told(nomination: Nomination) -> bool:
    """An address that nobody confirmed may be mistyped, and the mail names the candidate."""
    return bool(nomination.email) and (nomination.confirmed_at is not None or nomination.source != "web")


async def _take_contacts(candidate_id: UUID, nominations: list[Nomination]) -> None:
    """The first nominator who knew an address or a number told it for all; what came with a parted one goes with it."""

    def first(name: str) -> str:
        return next((str(getattr(one, name)) for one in nominations if getattr(one, name)), "")

    await Candidate.update(
        {
            Candidate.cvr: first("cvr"),
            Candidate.email: first("nominee_email"),
            Candidate.phone: first("nominee_phone"),
        }
    ).where(Candidate.id == candidate_id)


async def _tell(template: str, nominations: list[Nomination], now: datetime) -> None:
    """Each nominator hears of their own nomination alone, not who the others are."""
    if not nominations:
        return
    prize = await Prize.objects(Prize.round).get(Prize.id == nominations[0].prize)
    if prize is None:
        raise NotFound
    for one in nominations:
        if can_be_told(one):
            await outbox.enqueue(
                template,
                to=one.email,
                name=one.nominator,
                language=one.language,
                council=prize.round.council,
                reference=one.reference,
                now=now,
                nomination=one.id,
            )
