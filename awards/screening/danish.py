"""The Danish text that staff write to what a nominator wrote in another language; the original stands beside it.

Parts are those of `screening.redaction.parts_of`. A text that its nominator has changed since is not Danish for what
stands there now: the council reads the new original until staff have written anew.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from awards import audit
from awards.clock import Clock
from awards.db import transaction
from awards.errors import RuleBroken
from awards.screening import rules, steps
from awards.screening.tables import DanishText
from awards.web.identity import Actor


@dataclass(frozen=True, slots=True)
class DanishTexts:
    """The Danish texts of some nominations."""

    by_part: Mapping[tuple[UUID, str], DanishText]

    def of(self, nomination: UUID, part: str, original: str) -> str:
        """The Danish text of a part whose nominator wrote `original`, or empty."""
        found = self.by_part.get((nomination, part))
        return found.text if found and found.original == original else ""

    def written_at(self, nomination: UUID, part: str) -> datetime | None:
        found = self.by_part.get((nomination, part))
        return found.at if found else None

    def is_outdated(self, nomination: UUID, part: str, original: str) -> bool:
        found = self.by_part.get((nomination, part))
        return found is not None and found.original != original


async def danish_texts_of(nominations: Sequence[UUID]) -> DanishTexts:
    """One query whatever the number."""
    rows = await DanishText.objects().where(DanishText.nomination.is_in(list(nominations))) if nominations else []
    return DanishTexts({(row.nomination, row.part): row for row in rows})


async def write_danish(
    nomination_id: UUID, originals: Mapping[str, str], texts: Mapping[str, str], *, by: Actor, clock: Clock
) -> None:
    """Keep `texts` (by part) as the Danish of `originals`; an empty one takes it away.

    Raises RuleBroken for a nomination withdrawn.
    """
    async with transaction():
        nomination = await steps.locked(nomination_id)
        if nomination.state == rules.WITHDRAWN:
            raise RuleBroken("The nominator has withdrawn the nomination.")
        now = clock.now()
        wanted = {part: (originals[part], text) for part, text in texts.items() if text}
        before = await DanishText.objects().where(DanishText.nomination == nomination_id)
        if wanted == {row.part: (row.original, row.text) for row in before}:
            return
        await DanishText.delete().where(DanishText.nomination == nomination_id)
        for part, (original, text) in wanted.items():
            await DanishText(
                id=uuid4(), nomination=nomination_id, part=part, original=original, text=text, by=by.person_id, at=now
            ).save()
        await steps.note(nomination_id, "translated", "", by, now)
        await audit.append("screening.danish_written", by=by, at=now, nomination=nomination_id, parts=len(wanted))
