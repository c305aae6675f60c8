"""The dossiers that the council reads: everything every nominator wrote, and how the secretariat judged it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from awards.errors import NotFound
from awards.nominations.queries import attachment
from awards.nominations.tables import Answer, Attachment, Nomination
from awards.rounds.queries import criteria_of
from awards.screening import rules
from awards.screening.tables import Candidate, Decision, Inquiry, Placement, Verdict


@dataclass(frozen=True, slots=True)
class Text:
    """One nomination in a dossier. answers: per criterion its text as published, what the nominator wrote, and the
    secretariat's verdict (`screening.rules.VERDICTS` or empty) with its note. inquiries: what the nominator was asked
    later on, and answered."""

    nomination: Nomination
    answers: list[dict[str, str]]
    inquiries: list[dict[str, str]]
    attachments: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Dossier:
    """A candidate with all that was written about them, in the order in which it came."""

    candidate: Candidate
    texts: list[Text]


async def dossiers_of(prize: UUID) -> list[Dossier]:
    """The shortlisted candidates of a prize by name; eight queries whatever the size."""
    candidates = await (
        Candidate.objects()
        .where(Candidate.prize == prize, Candidate.state == "shortlisted")
        .order_by(Candidate.name, Candidate.id)
    )
    placed = {
        row["nomination"]: row["candidate"]
        for row in await Placement.select(Placement.nomination, Placement.candidate).where(
            Placement.candidate.prize == prize
        )
    }
    texts = await _texts([prize], list(placed))
    return [
        Dossier(candidate, [text for text in texts if placed[text.nomination.id] == candidate.id])
        for candidate in candidates
    ]


async def dossier_file(prize: UUID, file: UUID) -> Attachment:
    """An attachment of a shortlisted candidate's dossier. Raises NotFound."""
    row = await Attachment.select(Attachment.owner).where(Attachment.id == file).first()
    if row is None or not await Placement.exists().where(
        Placement.nomination == row["owner"],
        Placement.candidate.prize == prize,
        Placement.candidate.state == "shortlisted",
    ):
        raise NotFound
    return await attachment(row["owner"], file)


@dataclass(frozen=True, slots=True)
class Rejected:
    """A nomination that does not go on, with the reason that its nominator was told."""

    text: Text
    prize: UUID
    reason: str


async def rejected_of(prizes: list[UUID]) -> list[Rejected]:
    """The rejected nominations of these prizes, in the order in which they came."""
    rejected = (
        await Nomination.select(Nomination.id)
        .where(Nomination.prize.is_in(prizes), Nomination.state == rules.REJECTED)
        .output(as_list=True)
        if prizes
        else []
    )
    if not rejected:
        return []
    reasons = {
        row["nomination"]: row["reason"]
        for row in await Decision.select(Decision.nomination, Decision.reason)
        .where(Decision.nomination.is_in(rejected), Decision.outcome == rules.REJECTED)
        .order_by(Decision.at)
    }
    texts = await _texts(prizes, rejected)
    return [Rejected(text, text.nomination.prize, reasons.get(text.nomination.id, "")) for text in texts]


async def _texts(prizes: list[UUID], ids: list[UUID]) -> list[Text]:
    if not ids:
        return []
    nominations = await Nomination.objects().where(Nomination.id.is_in(ids)).order_by(Nomination.received_at)
    criteria = await criteria_of(prizes)
    answers = {
        (row["nomination"], row["criterion"]): row["text"]
        for row in await Answer.select(Answer.nomination, Answer.criterion, Answer.text).where(
            Answer.nomination.is_in(ids)
        )
    }
    verdicts = {
        (row["nomination"], row["criterion"]): row
        for row in await Verdict.select(Verdict.nomination, Verdict.criterion, Verdict.verdict, Verdict.note).where(
            Verdict.nomination.is_in(ids)
        )
    }
    inquiries = await (
        Inquiry.select(Inquiry.nomination, Inquiry.question, Inquiry.answer)
        .where(Inquiry.nomination.is_in(ids), Inquiry.answered_at.is_not_null())
        .order_by(Inquiry.asked_at)
    )
    files = await (
        Attachment.select(Attachment.id, Attachment.owner, Attachment.name, Attachment.size)
        .where(Attachment.owner.is_in(ids))
        .order_by(Attachment.added_at, Attachment.id)
    )
    return [
        Text(
            nomination,
            [
                {
                    "criterion": criterion.text,
                    "answer": answers.get((nomination.id, criterion.id), ""),
                    "verdict": verdicts.get((nomination.id, criterion.id), {}).get("verdict", ""),
                    "note": verdicts.get((nomination.id, criterion.id), {}).get("note", ""),
                }
                for criterion in criteria[nomination.prize]
            ],
            [asked for asked in inquiries if asked["nomination"] == nomination.id],
            [file for file in files if file["owner"] == nomination.id],
        )
        for nomination in nominations
    ]
