"""Criteria of a prize, as published. They are frozen once the round is open."""

from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from awards import audit
from awards.clock import Clock
from awards.councils.rules import moved
from awards.db import transaction
from awards.db.versions import require_version
from awards.errors import NotFound
from awards.rounds.prizes import locked_prize
from awards.rounds.tables import Criterion
from awards.web.identity import Actor


@dataclass(frozen=True, slots=True)
class CriterionTerms:
    """weight: how many times its points count in a vote with points, against the other criteria's."""

    text: str
    question: str = ""
    required: bool = False
    weight: int = 1


async def add_criterion(criterion_id: UUID, prize_id: UUID, terms: CriterionTerms, *, by: Actor, clock: Clock) -> None:
    """A new criterion, the last in order; twice with one id adds one. Raises NotFound, RuleBroken once open."""
    async with transaction():
        await locked_prize(prize_id)
        positions = await Criterion.select(Criterion.id, Criterion.position).where(Criterion.prize == prize_id)
        if any(row["id"] == criterion_id for row in positions):
            return
        position = 1 + max([row["position"] for row in positions], default=0)
        await Criterion(id=criterion_id, prize=prize_id, position=position, **asdict(terms)).save()
        await audit.append("rounds.criterion_added", by=by, at=clock.now(), prize=prize_id, criterion=criterion_id)


async def change_criterion(criterion_id: UUID, terms: CriterionTerms, *, seen: str, by: Actor, clock: Clock) -> None:
    """Raises NotFound, Stale, RuleBroken once open."""
    async with transaction():
        criterion = await _locked_criterion(criterion_id)
        require_version(criterion, seen)
        values: dict[Any, Any] = asdict(terms)
        await Criterion.update(values).where(Criterion.id == criterion_id)
        await audit.append("rounds.criterion_changed", by=by, at=clock.now(), criterion=criterion_id)


async def remove_criterion(criterion_id: UUID, *, by: Actor, clock: Clock) -> None:
    """Raises NotFound, RuleBroken once open."""
    async with transaction():
        criterion = await _locked_criterion(criterion_id)
        await Criterion.delete().where(Criterion.id == criterion_id)
        await audit.append(
            "rounds.criterion_removed", by=by, at=clock.now(), prize=criterion.prize, criterion=criterion_id
        )


async def move_criterion(criterion_id: UUID, places: int, *, by: Actor, clock: Clock) -> None:
    """One place up (-1) or down (1); at the end nothing happens. Raises NotFound, RuleBroken once open."""
    async with transaction():
        criterion = await _locked_criterion(criterion_id)
        rows = await Criterion.objects().where(Criterion.prize == criterion.prize).order_by(Criterion.position)
        for position, one in enumerate(moved([row.id for row in rows], criterion_id, places), start=1):
            await Criterion.update({Criterion.position: position}).where(Criterion.id == one)
        await audit.append("rounds.criterion_moved", by=by, at=clock.now(), criterion=criterion_id, places=places)


async def _locked_criterion(criterion_id: UUID) -> Criterion:
    """The criterion, with its round locked."""
    found = await Criterion.objects().where(Criterion.id == criterion_id).first()
    if found is None:
        raise NotFound
    await locked_prize(found.prize)
    criterion = await Criterion.objects().where(Criterion.id == criterion_id).first()
    if criterion is None:
        raise NotFound
    return criterion
