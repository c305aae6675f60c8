"""The dossiers that the council reads: what every nominator wrote, without the personal data that the secretariat has
hidden, and how it judged it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from awards.errors import NotFound
from awards.nominations.queries import attachment
from awards.nominations.tables import Answer, Attachment, Nomination
from awards.rounds.queries import criteria_of
from awards.screening import rules
from awards.screening.danish import danish_texts_of
from awards.screening.redaction import (
    ORGANISATION,
    RELATION,
    STORY,
    Redactions,
    answer_part,
    inquiry_part,
    redactions_of,
)
from awards.screening.tables import Candidate, Decision, Inquiry, Placement, Verdict


@dataclass(frozen=True, slots=True)
class Text:
    """One nomination in a dossier. answers: per criterion its text as published, what the nominator wrote, and the
    secretariat's verdict (`screening.rules.VERDICTS` or empty) with its note. inquiries: what the nominator was asked
    later on, and answered. danish: what staff wrote in Danish of story and relation; each answer has its own."""

    nomination: Nomination
    answers: list[dict[str, str]]
    inquiries: list[dict[str, str]]
    attachments: list[dict[str, Any]]
    danish: dict[str, str]


@dataclass(frozen=True, slots=True)
class Dossier:
    """A candidate with all that was written about them, in the order in which it came."""

    candidate: Candidate
    texts: list[Text]


async def dossiers_of(prize: UUID) -> list[Dossier]:
    """The shortlisted candidates of a prize by name; ten queries whatever the size."""
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


def read_in(dossiers: list[Dossier]) -> list[UUID]:
    """The nominations that stand in them."""
    return [text.nomination.id for dossier in dossiers for text in dossier.texts]


async def dossier_file(prize: UUID, file: UUID) -> Attachment:
    """An attachment of a shortlisted candidate's dossier, unless it is hidden from the council. Raises NotFound."""
    row = await Attachment.select(Attachment.owner).where(Attachment.id == file).first()
    if row is None or (await redactions_of([row["owner"]])).hides(row["owner"], file):
        raise NotFound
    if not await Placement.exists().where(
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
    redactions, danish = await redactions_of(ids), await danish_texts_of(ids)

    def told(nomination: UUID, part: str, original: str) -> str:
        text, written_at = danish.of(nomination, part, original), danish.written_at(nomination, part)
        return redactions.shown_danish(nomination, part, text, written_at)

    in_danish = {
        one.id: {part: told(one.id, part, getattr(one, part)) for part in (STORY, RELATION)} for one in nominations
    }
    for one in nominations:
        for part in (STORY, RELATION, ORGANISATION):
            setattr(one, part, redactions.shown(one.id, part, getattr(one, part)))
    answers = await _answers(prizes, nominations, redactions, told)
    inquiries = await (
        Inquiry.select(Inquiry.id, Inquiry.nomination, Inquiry.question, Inquiry.answer)
        .where(Inquiry.nomination.is_in(ids), Inquiry.answered_at.is_not_null())
        .order_by(Inquiry.asked_at)
    )
    for asked in inquiries:
        asked["danish"] = told(asked["nomination"], inquiry_part(asked["id"]), asked["answer"])
        asked["answer"] = redactions.shown(asked["nomination"], inquiry_part(asked["id"]), asked["answer"])
    files = await (
        Attachment.select(Attachment.id, Attachment.owner, Attachment.name, Attachment.size)
        .where(Attachment.owner.is_in(ids))
        .order_by(Attachment.added_at, Attachment.id)
    )
    files = [file for file in files if not redactions.hides(file["owner"], file["id"])]
    return [
        Text(
            nomination,
            answers[nomination.id],
            [asked for asked in inquiries if asked["nomination"] == nomination.id],
            [file for file in files if file["owner"] == nomination.id],
            in_danish[nomination.id],
        )
        for nomination in nominations
    ]


async def _answers(
    prizes: list[UUID], nominations: list[Nomination], redactions: Redactions, told: Callable[[UUID, str, str], str]
) -> dict[UUID, list[dict[str, str]]]:
    """For each nomination its prize's criteria, and then what it had answered about another before it was moved."""
    ids = [nomination.id for nomination in nominations]
    criteria = await criteria_of(prizes)
    written = await Answer.select(
        Answer.nomination, Answer.criterion, Answer.text, Answer.criterion.text.as_alias("question")
    ).where(Answer.nomination.is_in(ids))
    verdicts = {
        (row["nomination"], row["criterion"]): row
        for row in await Verdict.select(Verdict.nomination, Verdict.criterion, Verdict.verdict, Verdict.note).where(
            Verdict.nomination.is_in(ids)
        )
    }
    found: dict[UUID, list[dict[str, str]]] = {}
    for nomination in nominations:
        texts = {row["criterion"]: row for row in written if row["nomination"] == nomination.id}
        questions = {criterion.id: criterion.text for criterion in criteria[nomination.prize]}
        found[nomination.id] = []
        for id, question in (questions | {id: row["question"] for id, row in texts.items()}).items():
            answer = texts[id]["text"] if id in texts else ""
            verdict = verdicts.get((nomination.id, id), {}) if id in questions else {}
            found[nomination.id].append(
                {
                    "criterion": question,
                    "danish": told(nomination.id, answer_part(id), answer),
                    "answer": redactions.shown(nomination.id, answer_part(id), answer),
                    "verdict": verdict.get("verdict", ""),
                    "note": verdict.get("note", ""),
                }
            )
    return found
