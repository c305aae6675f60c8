"""Winners of earlier years, typed in by staff."""

from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from piccolo.columns import Column

from awards import audit
from awards.clock import Clock
from awards.councils.actions import lock_council
from awards.db import transaction
from awards.db.versions import require_version
from awards.errors import NotFound, RuleBroken
from awards.rounds.tables import Laureate
from awards.web.identity import Actor


@dataclass(frozen=True, slots=True)
class LaureateDetails:
    """Columns of `Laureate` by the same names."""

    series: str
    prize_title: str
    year: int
    name: str
    cvr: str
    line: str
    link: str


async def add_laureate(laureate_id: UUID, council: UUID, details: LaureateDetails, *, by: Actor, clock: Clock) -> None:
    """Twice with one id adds one."""
    async with transaction():
        await lock_council(council)
        if await Laureate.exists().where(Laureate.id == laureate_id):
            return
        now = clock.now()
        await Laureate(id=laureate_id, council=council, published_at=now, **asdict(details)).save()
        await audit.append("rounds.laureate_added", by=by, at=now, council=council, laureate=laureate_id)


async def change_laureate(
    council: UUID, laureate_id: UUID, details: LaureateDetails, *, seen: str, by: Actor, clock: Clock
) -> None:
    """Raises NotFound, Stale, RuleBroken for one that was published here."""
    async with transaction():
        await lock_council(council)
        require_version(await typed_in(council, laureate_id), seen)
        values: dict[Column | str, Any] = dict(asdict(details).items())
        await Laureate.update(values).where(Laureate.id == laureate_id)
        await audit.append("rounds.laureate_changed", by=by, at=clock.now(), laureate=laureate_id)


async def remove_laureate(council: UUID, laureate_id: UUID, *, by: Actor, clock: Clock) -> None:
    """Raises NotFound, RuleBroken for one that was published here."""
    async with transaction():
        await lock_council(council)
        await typed_in(council, laureate_id)
        await Laureate.delete().where(Laureate.id == laureate_id)
        await audit.append("rounds.laureate_removed", by=by, at=clock.now(), laureate=laureate_id)


async def typed_in(council: UUID, laureate_id: UUID) -> Laureate:
    """The laureate that staff typed in. Raises NotFound, and RuleBroken for one that publication wrote."""
    laureate = await Laureate.objects().where(Laureate.id == laureate_id, Laureate.council == council).first()
    if laureate is None:
        raise NotFound
    if laureate.prize is not None:
        raise RuleBroken("This winner was published here. Correct the publication instead.")
    return laureate
