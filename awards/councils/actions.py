"""Councils: founding one, and changing how it is reached and works."""

from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from piccolo.columns import Column

from awards import audit
from awards.clock import Clock
from awards.councils.rules import is_reserved
from awards.councils.tables import Council, Office
from awards.db import Duplicate, lock, transaction
from awards.db.versions import require_version
from awards.errors import NotFound, RuleBroken
from awards.web.formats import local
from awards.web.identity import Actor


@dataclass(frozen=True, slots=True)
class CouncilDetails:
    """What the secretary fills in about a council; the columns of `Council` by the same names."""

    name: str
    municipality: str
    email: str
    phone: str
    address: str
    accent: int
    legal_basis: str
    data_protection_officer: str
    quorum_rule: str
    quorum_number: int | None
    tie_rule: str
    ballots_kept_days: int
    nominations_kept_months: int


async def found_council(
    council_id: UUID, slug: str, details: CouncilDetails, *, secretary: UUID, by: Actor, clock: Clock
) -> Council:
    """A new council at `/<slug>` whose secretary is the person `secretary`; twice with one id gives the same one.

    Raises RuleBroken when the address is taken or reserved.
    """
    if is_reserved(slug):
        raise RuleBroken("The address %(slug)s is used by the site itself. Choose another.", slug=slug)
    try:
        async with transaction():
            known = await Council.objects().where(Council.id == council_id).first()
            if known is not None:
                return known
            now = clock.now()
            council = Council(id=council_id, slug=slug, created_at=now, **asdict(details))
            await council.save()
            office = Office(council=council_id, person=secretary, role="secretary", starts=local(now).date())
            await office.save()
            await audit.append("councils.founded", by=by, at=now, council=council_id, secretary=secretary)
            return council
    except Duplicate:
        twin = await Council.objects().where(Council.id == council_id).first()
        if twin is not None:
            return twin
        raise RuleBroken("The address %(slug)s is taken. Choose another.", slug=slug) from None


async def change_council(council_id: UUID, details: CouncilDetails, *, seen: str, by: Actor, clock: Clock) -> None:
    """Raises Stale when the council is no longer as the form showed it (`seen`)."""
    async with transaction():
        council = await lock_council(council_id)
        require_version(council, seen)
        values: dict[Column | str, Any] = dict(asdict(details).items())
        await Council.update(values).where(Council.id == council_id)
        await audit.append("councils.changed", by=by, at=clock.now(), council=council_id)


async def lock_council(council_id: UUID) -> Council:
    """The council's row, locked: whoever changes its seats and offices waits here. Raises NotFound."""
    council = await lock(Council, Council.id == council_id)
    if council is None:
        raise NotFound
    return council
