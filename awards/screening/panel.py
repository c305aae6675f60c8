"""Two assessors of each nomination, when the round asks for two: neither sees what the other thinks until both are in.

Where they agree the verdict stands at once; where they differ it is settled in the open (`actions.assess`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from awards import audit
from awards.clock import Clock
from awards.db import transaction
from awards.errors import RuleBroken
from awards.rounds.queries import criteria_of
from awards.screening import actions, rules, steps
from awards.screening.tables import Opinion, Verdict
from awards.web.identity import Actor


@dataclass(frozen=True, slots=True)
class Panel:
    """How it stands with a nomination's two assessors, as one of them may see it.

    own: what the viewer has judged, by criterion.   is_complete: both are in.
    opinions: then, and only then, by criterion what each judged, with the name.
    """

    own: Mapping[UUID, actions.Judgement]
    others_in: int
    is_complete: bool
    opinions: Mapping[UUID, Sequence[Mapping[str, Any]]]

    def differs(self, criterion: UUID) -> bool:
        return len({row["verdict"] for row in self.opinions.get(criterion, ())}) > 1


async def panel_of(nomination: UUID, criteria: Sequence[UUID], viewer: UUID | None) -> Panel:
    """The panel as `viewer` may see it."""
    rows = await _opinions_on(nomination)
    two = _whole(rows, criteria)
    own = {row["criterion"]: actions.Judgement(row["verdict"], row["note"]) for row in rows if row["person"] == viewer}
    return Panel(
        own=own,
        others_in=len([person for person in two if person != viewer]),
        is_complete=len(two) == rules.ASSESSORS,
        opinions=_by_criterion(rows, criteria, two) if len(two) == rules.ASSESSORS else {},
    )


async def give_opinion(
    nomination_id: UUID,
    judgements: Mapping[UUID, actions.Judgement],
    *,
    seen: str | None = None,
    by: Actor,
    clock: Clock,
) -> None:
    """One assessor's view of the criteria; it may be changed until both are in.

    Raises Stale when the case was settled meanwhile, RuleBroken when two others have judged it already.
    """
    async with transaction():
        nomination = await steps.waiting(nomination_id, seen)
        criteria = [criterion.id for criterion in (await criteria_of([nomination.prize]))[nomination.prize]]
        if len(_whole(await _opinions_on(nomination_id), criteria)) == rules.ASSESSORS:
            raise RuleBroken("Two have assessed the nomination already. Settle what they differ on instead.")
        now = clock.now()
        await Opinion.delete().where(Opinion.nomination == nomination_id, Opinion.person == by.person_id)
        for criterion in criteria:
            if criterion in judgements:
                verdict, note = judgements[criterion].verdict, judgements[criterion].note
                opinion = Opinion(
                    id=uuid4(), nomination=nomination_id, criterion=criterion, person=by.person_id, at=now
                )
                opinion.verdict, opinion.note = verdict, note
                await opinion.save()
        await audit.append("screening.opinion", by=by, at=now, nomination=nomination_id)
        rows = await _opinions_on(nomination_id)
        two = _whole(rows, criteria)
        if len(two) == rules.ASSESSORS:
            agreed = rules.agreed(_by_criterion(rows, criteria, two))
            judged = {id: actions.Judgement(verdict, note) for id, (verdict, note) in agreed.items()}
            await actions.assess(nomination_id, judged, by=by, clock=clock)


async def panel_states(
    waiting: Mapping[UUID, UUID], criteria: Mapping[UUID, Sequence[UUID]], viewer: UUID | None
) -> dict[UUID, str]:
    """For each nomination that waits (with its prize): `rules.panel_state`, in two queries."""
    if not waiting:
        return {}
    ids = list(waiting)
    opinions = await (
        Opinion.select(Opinion.nomination, Opinion.criterion, Opinion.person)
        .where(Opinion.nomination.is_in(ids))
        .order_by(Opinion.at, Opinion.person)
    )
    verdicts = await Verdict.select(Verdict.nomination, Verdict.criterion).where(Verdict.nomination.is_in(ids))
    states = {}
    for nomination, prize in waiting.items():
        asked = set(criteria[prize])
        two = _whole([row for row in opinions if row["nomination"] == nomination], criteria[prize])
        judged = {row["criterion"] for row in verdicts if row["nomination"] == nomination}
        states[nomination] = rules.panel_state(two, viewer, asked <= judged)
    return states


async def _opinions_on(nomination: UUID) -> list[dict[str, Any]]:
    return await (
        Opinion.select(
            Opinion.criterion,
            Opinion.person,
            Opinion.person.name.as_alias("name"),
            Opinion.verdict,
            Opinion.note,
            Opinion.at,
        )
        .where(Opinion.nomination == nomination)
        .order_by(Opinion.at, Opinion.person)
    )


def _whole(rows: Sequence[Mapping[str, Any]], criteria: Sequence[UUID]) -> list[UUID]:
    """The first two who have judged every criterion."""
    judged: dict[UUID, set[UUID]] = {}
    for row in rows:
        judged.setdefault(row["person"], set()).add(row["criterion"])
    return [person for person, ids in judged.items() if ids >= set(criteria)][: rules.ASSESSORS]


def _by_criterion(
    rows: Sequence[Mapping[str, Any]], criteria: Sequence[UUID], two: Sequence[UUID]
) -> dict[UUID, list[Mapping[str, Any]]]:
    return {id: [row for row in rows if row["criterion"] == id and row["person"] in two] for id in criteria}
