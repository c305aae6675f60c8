"""Prizes of a round: set up before it opens, described afterwards, and ended without a winner."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

from piccolo.columns import Column

from awards import audit
from awards.clock import Clock
from awards.councils.rules import is_reserved, moved
from awards.db import transaction
from awards.db.versions import require_version
from awards.errors import NotFound, RuleBroken
from awards.hooks import Hook
from awards.rounds.actions import lock_round
from awards.rounds.rules import is_frozen
from awards.rounds.tables import Prize
from awards.web.identity import Actor

# Asked before a prize ends without a winner.
ending: Hook[[UUID]] = Hook()


@dataclass(frozen=True, slots=True)
class PrizeTexts:
    """How a prize is told about; it can be corrected after the round has opened."""

    title: str
    purpose: str
    award: str
    decided_by: str


@dataclass(frozen=True, slots=True)
class PrizeTerms:
    """What people nominate by; it is frozen once the round has opened. Columns of `Prize` by the same names."""

    slug: str
    amount_ore: int
    may_be_shared: bool
    kinds: list[str]
    ties: list[str]
    organisation_ties: list[str]
    criteria_rule: str
    criteria_minimum: int
    excludes_members: bool
    excludes_employees: bool
    excludes_self: bool
    excludes_paid: bool
    excludes_winners_years: int
    asks_phone: bool
    method: str
    method_options: dict[str, Any] = field(default_factory=dict)


def columns(texts: PrizeTexts, terms: PrizeTerms | None = None) -> dict[Column | str, Any]:
    values = asdict(texts) | (asdict(terms) if terms else {})
    return {name: json.dumps(value) if isinstance(value, (list, dict)) else value for name, value in values.items()}


async def add_prize(
    prize_id: UUID, round_id: UUID, texts: PrizeTexts, terms: PrizeTerms, *, by: Actor, clock: Clock
) -> None:
    """A new prize, the last in order; twice with one id adds one.

    Raises NotFound, and RuleBroken once the round is open or when the address is taken or reserved.
    """
    async with transaction():
        round = await lock_round(round_id)
        prizes = await Prize.objects().where(Prize.round == round_id)
        if any(prize.id == prize_id for prize in prizes):
            return
        if is_frozen(round):
            raise RuleBroken("The round is open: a prize can no longer be added.")
        _require_address(terms.slug, [prize.slug for prize in prizes])
        position = 1 + max([prize.position for prize in prizes], default=0)
        values = {str(name): value for name, value in columns(texts, terms).items()}
        await Prize(id=prize_id, round=round_id, position=position, **values).save()
        await audit.append("rounds.prize_added", by=by, at=clock.now(), round=round_id, prize=prize_id)


async def change_prize(
    prize_id: UUID, texts: PrizeTexts, terms: PrizeTerms | None, *, seen: str, by: Actor, clock: Clock
) -> None:
    """New texts, and new terms before the round opens.

    Raises NotFound, Stale, and RuleBroken for terms once the round is open or an address that is taken or reserved.
    """
    async with transaction():
        prize = await locked_prize(prize_id, seen=seen, frozen_ok=terms is None)
        if terms is not None:
            others = await Prize.select(Prize.slug).where(Prize.round == prize.round, Prize.id != prize_id)
            _require_address(terms.slug, [other["slug"] for other in others])
        await Prize.update(columns(texts, terms)).where(Prize.id == prize_id)
        await audit.append("rounds.prize_changed", by=by, at=clock.now(), prize=prize_id, terms=terms is not None)


async def remove_prize(prize_id: UUID, *, by: Actor, clock: Clock) -> None:
    """Take a prize and its criteria out of a round that is not open. Raises NotFound, RuleBroken."""
    async with transaction():
        prize = await locked_prize(prize_id)
        await Prize.delete().where(Prize.id == prize_id)
        await audit.append("rounds.prize_removed", by=by, at=clock.now(), round=prize.round, prize=prize_id)


async def move_prize(prize_id: UUID, places: int, *, by: Actor, clock: Clock) -> None:
    """Move a prize one place up (-1) or down (1); at the end nothing happens. Raises NotFound."""
    async with transaction():
        prize = await locked_prize(prize_id, frozen_ok=True)
        order = [row.id for row in await Prize.objects().where(Prize.round == prize.round).order_by(Prize.position)]
        for position, one in enumerate(moved(order, prize_id, places), start=1):
            await Prize.update({Prize.position: position}).where(Prize.id == one)
        await audit.append("rounds.prize_moved", by=by, at=clock.now(), prize=prize_id, places=places)


async def end_without_winner(prize_id: UUID, reason: str, *, seen: str, by: Actor, clock: Clock) -> None:
    """The prize is not awarded this year, for a reason that is published.

    Raises NotFound, Stale, and RuleBroken before the round is open or once the council votes or has decided.
    """
    async with transaction():
        prize = await locked_prize(prize_id, seen=seen, frozen_ok=True)
        round = await lock_round(prize.round)
        if not is_frozen(round):
            raise RuleBroken("The round is not open yet. Remove the prize instead.")
        await ending.ask(prize_id)
        await Prize.update({Prize.outcome: "not_awarded", Prize.outcome_reason: reason}).where(Prize.id == prize_id)
        await audit.append("rounds.not_awarded", by=by, at=clock.now(), prize=prize_id)


async def award_after_all(prize_id: UUID, *, by: Actor, clock: Clock) -> None:
    """Undo `end_without_winner`. Raises NotFound."""
    async with transaction():
        await locked_prize(prize_id, frozen_ok=True)
        await Prize.update({Prize.outcome: "", Prize.outcome_reason: ""}).where(Prize.id == prize_id)
        await audit.append("rounds.awarded_after_all", by=by, at=clock.now(), prize=prize_id)


async def locked_prize(prize_id: UUID, *, seen: str | None = None, frozen_ok: bool = False) -> Prize:
    """The prize, with its round locked. Raises NotFound, Stale, and RuleBroken when the round is open and that is
    not fine."""
    found = await Prize.objects().where(Prize.id == prize_id).first()
    if found is None:
        raise NotFound
    round = await lock_round(found.round)
    prize = await Prize.objects().where(Prize.id == prize_id).first()
    if prize is None:
        raise NotFound
    if is_frozen(round) and not frozen_ok:
        raise RuleBroken("The round is open: what people nominate by no longer changes.")
    if seen is not None:
        require_version(prize, seen)
    return prize


def _require_address(slug: str, taken: list[str]) -> None:
    if is_reserved(slug):
        raise RuleBroken("The address %(slug)s is used by the site itself. Choose another.", slug=slug)
    if slug in taken:
        raise RuleBroken("The address %(slug)s is taken. Choose another.", slug=slug)
