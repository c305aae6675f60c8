"""Personal data that the council has no use for is hidden from it; the secretariat keeps the original beside.

`parts_of` names what can be hidden, `Redactions` is what a reader on the council's side asks, `redact` changes it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from awards import audit
from awards.clock import Clock
from awards.db import transaction
from awards.errors import RuleBroken
from awards.nominations.tables import Answer, Nomination
from awards.screening import rules, steps
from awards.screening.danish import DanishTexts, danish_texts_of
from awards.screening.tables import Inquiry, Redaction
from awards.web.identity import Actor

STORY, RELATION, ORGANISATION = "story", "relation", "organisation"


def answer_part(criterion: UUID) -> str:
    return f"answer:{criterion}"


def inquiry_part(inquiry: UUID) -> str:
    return f"inquiry:{inquiry}"


def file_part(attachment: UUID) -> str:
    return f"file:{attachment}"


def danish_part(part: str) -> str:
    """The Danish text that staff wrote to a part is hidden by itself."""
    return f"danish:{part}"


@dataclass(frozen=True, slots=True)
class Redactions:
    """The redactions of some nominations."""

    by_part: Mapping[tuple[UUID, str], Redaction]

    def shown(self, nomination: UUID, part: str, original: str) -> str:
        """The words that the council reads."""
        redaction = self.by_part.get((nomination, part))
        return redaction.text if redaction else original

    def shown_danish(self, nomination: UUID, part: str, text: str, written_at: datetime | None) -> str:
        """The Danish words that the council reads. One written after its original was redacted is kept back until the
        secretary has looked at both: it may tell what was hidden."""
        redaction = self.by_part.get((nomination, part))
        if redaction and written_at and redaction.at < written_at:
            return ""
        return self.shown(nomination, danish_part(part), text) if text else ""

    def hides(self, nomination: UUID, attachment: UUID) -> bool:
        return (nomination, file_part(attachment)) in self.by_part


async def redactions_of(nominations: Sequence[UUID]) -> Redactions:
    """One query whatever the number."""
    rows = await Redaction.objects().where(Redaction.nomination.is_in(list(nominations))) if nominations else []
    return Redactions({(row.nomination, row.part): row for row in rows})


def parts_of(
    nomination: Nomination, criteria: Iterable[Mapping[str, Any]], inquiries: Iterable[Mapping[str, Any]]
) -> dict[str, str]:
    """What the council would read of a nomination, by part, as it was written; what is empty is left out.

    criteria: with `id` and `answer`; inquiries: with `id` and `answer`.
    """
    parts = {STORY: nomination.story}
    parts |= {answer_part(row["id"]): row["answer"] for row in criteria}
    parts |= {inquiry_part(row["id"]): row["answer"] for row in inquiries}
    parts |= {RELATION: nomination.relation, ORGANISATION: nomination.organisation}
    return {part: text for part, text in parts.items() if text}


def with_danish(nomination: UUID, parts: Mapping[str, str], danish: DanishTexts) -> dict[str, str]:
    """The parts, each followed by the Danish text that staff wrote to it."""
    both: dict[str, str] = {}
    for part, text in parts.items():
        both[part] = text
        if told := danish.of(nomination, part, text):
            both[danish_part(part)] = told
    return both


async def must_be_fresh(nomination: Nomination) -> None:
    """Raises RuleBroken when the nominator has changed what was redacted: the new words may tell as much."""
    redactions = await Redaction.objects().where(Redaction.nomination == nomination.id)
    if not redactions:
        return
    answers = await Answer.select(Answer.criterion.as_alias("id"), Answer.text.as_alias("answer")).where(
        Answer.nomination == nomination.id
    )
    inquiries = await Inquiry.select(Inquiry.id, Inquiry.answer).where(Inquiry.nomination == nomination.id)
    written = parts_of(nomination, answers, inquiries)
    now = with_danish(nomination.id, written, await danish_texts_of([nomination.id]))
    if any(now.get(one.part, "") != one.original for one in redactions):
        raise RuleBroken("The nominator has changed what you had hidden from the council. Look at it again first.")


async def redact(
    nomination_id: UUID,
    originals: Mapping[str, str],
    texts: Mapping[str, str],
    hidden_files: Sequence[UUID],
    *,
    by: Actor,
    clock: Clock,
) -> None:
    """Let the council read `texts` (by part) in place of `originals`, and not see `hidden_files`.

    A text like its original is no redaction, and takes one away. Saved again, all have been looked at now.
    Raises RuleBroken for a nomination withdrawn.
    """
    async with transaction():
        nomination = await steps.locked(nomination_id)
        if nomination.state == rules.WITHDRAWN:
            raise RuleBroken("The nominator has withdrawn the nomination.")
        now = clock.now()
        wanted = {part: (originals[part], text) for part, text in texts.items() if text != originals[part]}
        wanted |= {file_part(file): ("", "") for file in hidden_files}
        before = {
            row.part: (row.original, row.text)
            for row in await Redaction.objects().where(Redaction.nomination == nomination_id)
        }
        if not wanted and not before:
            return
        await Redaction.delete().where(Redaction.nomination == nomination_id)
        for part, (original, text) in wanted.items():
            await Redaction(
                id=uuid4(),
                nomination=nomination_id,
                part=part,
                original=original,
                text=text,
                by=by.person_id,
                at=now,
            ).save()
        await steps.note(nomination_id, "redacted", "", by, now)
        await audit.append("screening.redacted", by=by, at=now, nomination=nomination_id, parts=len(wanted))
