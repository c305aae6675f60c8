"""Reading drafts and nominations. Everything is loaded through whoever may see it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from awards.councils.tables import Council
from awards.db import fetch, row, rows
from awards.errors import NotFound
from awards.nominations.tables import Attachment, Draft, Nomination
from awards.rounds.queries import PublicPrize, criteria_of, prizes_of
from awards.rounds.tables import Criterion, Prize, Round


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """An attachment without its bytes."""

    id: UUID
    name: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class Terms:
    """What a nomination is written under: the prize with its criteria, and the other prizes of the round."""

    council: Council
    round: Round
    prize: Prize
    criteria: list[Criterion]
    prizes: list[Prize]


@dataclass(frozen=True, slots=True)
class DraftCase:
    """A draft as its holder sees it. `reference` is that of the nomination it became, or empty."""

    id: UUID
    typed: Mapping[str, str]
    terms: Terms
    attachments: list[AttachedFile]
    reference: str


@dataclass(frozen=True, slots=True)
class NominationCase:
    """A nomination with everything that was written in it. `answers` maps criterion ids to texts."""

    nomination: Nomination
    terms: Terms
    answers: Mapping[UUID, str]
    attachments: list[AttachedFile]


async def terms_of(found: PublicPrize) -> Terms:
    """The terms of a prize that the public may see."""
    return Terms(found.council, found.round, found.prize, found.criteria, await prizes_of(found.round.id))


async def terms_of_prize(prize: UUID) -> Terms:
    """The terms of any prize. Raises NotFound."""
    prizes = await rows(Prize, "WHERE round = (SELECT round FROM prize WHERE id = {}) ORDER BY position", prize)
    found = next((one for one in prizes if one.id == prize), None)
    round = found and await row(Round, "WHERE id = {}", found.round)
    council = round and await row(Council, "WHERE id = {}", round.council)
    if not found or not round or not council:
        raise NotFound
    return Terms(council, round, found, (await criteria_of([prize]))[prize], prizes)


async def draft_held_by(session: UUID | None, draft: UUID) -> DraftCase:
    """The draft, for a session that holds it. Raises NotFound."""
    if session is None:
        raise NotFound
    found = await fetch(
        "SELECT d.prize, d.answers, n.reference FROM draft d JOIN draft_holder h ON h.draft = d.id "
        "LEFT JOIN nomination n ON n.id = d.id WHERE d.id = {} AND h.session = {}",
        draft,
        session,
    )
    if not found:
        raise NotFound
    known = found[0]
    return DraftCase(
        id=draft,
        typed=json.loads(known["answers"]),
        terms=await terms_of_prize(known["prize"]),
        attachments=await attachments_of(draft),
        reference=known["reference"] or "",
    )


async def draft_terms(draft: UUID) -> Terms:
    """The terms of a draft, for the mail about it. Raises NotFound when it is gone."""
    found = await Draft.objects().where(Draft.id == draft).first()
    if found is None:
        raise NotFound
    return await terms_of_prize(found.prize)


async def open_draft_of(session: UUID | None, prize: UUID) -> UUID | None:
    """The draft of this prize that the session was writing last, unless it was sent."""
    if session is None:
        return None
    found = await fetch(
        "SELECT d.id FROM draft d JOIN draft_holder h ON h.draft = d.id WHERE h.session = {} AND d.prize = {} "
        "AND NOT EXISTS (SELECT 1 FROM nomination n WHERE n.id = d.id) ORDER BY d.updated_at DESC LIMIT 1",
        session,
        prize,
    )
    return found[0]["id"] if found else None


async def nomination_held_by(session: UUID | None, reference: str) -> NominationCase:
    """The nomination with this reference, for a session that holds the draft it was. Raises NotFound."""
    case = await _case(await row(Nomination, "WHERE reference = {}", reference))
    held = "SELECT id FROM draft_holder WHERE draft = {} AND session = {}"
    if session is None or not await fetch(held, case.nomination.id, session):
        raise NotFound
    return case


async def nomination_by_id(nomination: UUID) -> NominationCase:
    """The nomination, for whoever proved a right to it (a mailed link). Raises NotFound."""
    return await _case(await row(Nomination, "WHERE id = {}", nomination))


async def attachments_of(owner: UUID) -> list[AttachedFile]:
    """The attachments of a draft or nomination, in the order in which they were added."""
    found = await fetch(
        "SELECT id, name, media_type, size FROM attachment WHERE owner = {} ORDER BY added_at, id", owner
    )
    return [AttachedFile(**one) for one in found]


async def attachment(owner: UUID, id: UUID) -> Attachment:
    """One attachment with its bytes. Raises NotFound when it belongs to another."""
    found = await Attachment.objects().where(Attachment.id == id, Attachment.owner == owner).first()
    if found is None:
        raise NotFound
    return found


async def attachment_received(council: UUID, year: int, reference: str, id: UUID) -> Attachment:
    """An attachment of the nomination with this reference in the council's round of `year`. Raises NotFound."""
    found = await fetch(
        "SELECT n.id FROM nomination n JOIN prize p ON p.id = n.prize JOIN round r ON r.id = p.round "
        "WHERE n.reference = {} AND r.council = {} AND r.year = {}",
        reference,
        council,
        year,
    )
    if not found:
        raise NotFound
    return await attachment(found[0]["id"], id)


async def _case(nomination: Nomination | None) -> NominationCase:
    if nomination is None:
        raise NotFound
    answers = await fetch("SELECT criterion, text FROM answer WHERE nomination = {}", nomination.id)
    return NominationCase(
        nomination=nomination,
        terms=await terms_of_prize(nomination.prize),
        answers={answer["criterion"]: answer["text"] for answer in answers},
        attachments=await attachments_of(nomination.id),
    )
