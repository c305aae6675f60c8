"""Offices of a council: who is chair, vice-chair, secretary, deputy and communications officer, and when."""

from datetime import date
from uuid import UUID

from awards import audit
from awards.clock import Clock
from awards.councils.actions import lock_council
from awards.councils.people import Chosen, find_or_add
from awards.councils.rules import MEMBERS_ROLES, RANKED_ROLES, SOLE_ROLES, is_current, moved, overlap
from awards.councils.tables import Office, Term
from awards.db import transaction
from awards.db.versions import require_version
from awards.errors import NotFound, RuleBroken
from awards.web.formats import local
from awards.web.identity import Actor


async def appoint(
    office_id: UUID,
    council: UUID,
    role: str,
    chosen: Chosen,
    starts: date,
    ends: date | None,
    *,
    by: Actor,
    clock: Clock,
) -> None:
    """Give somebody a role, a vice-chair or deputy as the last in order; twice with one id appoints once.

    Raises RuleBroken when another chair or secretary is in office then, or a (vice-)chair is no member.
    """
    async with transaction():
        await lock_council(council)
        if await Office.exists().where(Office.id == office_id):
            return
        person = await find_or_add(chosen, council, clock=clock)
        await _require_fit(council, role, person, starts, ends, apart_from=None)
        office = Office(id=office_id, council=council, person=person, role=role, starts=starts, ends=ends)
        office.rank = 1 + max([other.rank for other in await offices_of(council) if other.role == role], default=0)
        await office.save()
        await audit.append("councils.appointed", by=by, at=clock.now(), council=council, person=person, role=role)


async def change_office(
    council: UUID, office_id: UUID, starts: date, ends: date | None, *, seen: str, by: Actor, clock: Clock
) -> None:
    """Other days for an office. Raises NotFound, Stale, and RuleBroken as `appoint` does, or when it leaves the
    council without a secretary today."""
    async with transaction():
        await lock_council(council)
        office = await office_of(council, office_id)
        require_version(office, seen)
        await _require_fit(council, office.role, office.person, starts, ends, apart_from=office_id)
        await Office.update({Office.starts: starts, Office.ends: ends}).where(Office.id == office_id)
        now = clock.now()
        await _require_secretary(council, local(now).date())
        await audit.append("councils.office_changed", by=by, at=now, office=office_id, ends=str(ends or ""))


async def remove_office(council: UUID, office_id: UUID, *, by: Actor, clock: Clock) -> None:
    """Take back an office that was given by mistake and has not begun. Raises RuleBroken once it has."""
    async with transaction():
        await lock_council(council)
        office = await office_of(council, office_id)
        now = clock.now()
        if office.starts < local(now).date():
            raise RuleBroken("The role has begun, so it stays. End it instead.")
        await Office.delete().where(Office.id == office_id)
        await _require_secretary(council, local(now).date())
        await audit.append("councils.office_removed", by=by, at=now, office=office_id, person=office.person)


async def move_office(council: UUID, office_id: UUID, places: int, *, by: Actor, clock: Clock) -> None:
    """Move a vice-chair or deputy one place up (-1) or down (1) in the order; at the end nothing happens."""
    async with transaction():
        await lock_council(council)
        office = await office_of(council, office_id)
        if office.role not in RANKED_ROLES:
            raise NotFound
        today = local(clock.now()).date()
        peers = [
            other.id
            for other in await offices_of(council)
            if other.role == office.role and (other.ends is None or other.ends >= today)
        ]
        if office_id not in peers:
            raise RuleBroken("The role has ended.")
        for rank, peer in enumerate(moved(peers, office_id, places), start=1):
            await Office.update({Office.rank: rank}).where(Office.id == peer)
        await audit.append("councils.order_changed", by=by, at=clock.now(), office=office_id, places=places)


async def office_of(council: UUID, office_id: UUID) -> Office:
    """Raises NotFound unless it is one of the council's."""
    office = await Office.objects().where(Office.id == office_id, Office.council == council).first()
    if office is None:
        raise NotFound
    return office


async def offices_of(council: UUID) -> list[Office]:
    """All offices, past ones too, in the order of rank."""
    return await Office.objects().where(Office.council == council).order_by(Office.rank).order_by(Office.starts)


async def _require_fit(
    council: UUID, role: str, person: UUID, starts: date, ends: date | None, *, apart_from: UUID | None
) -> None:
    if ends is not None and ends < starts:
        raise RuleBroken("The last day comes before the first.")
    for other in await offices_of(council):
        if other.id == apart_from or other.role != role or not overlap(starts, ends, other.starts, other.ends):
            continue
        if other.person == person:
            raise RuleBroken("The person has this role in that time already.")
        if role in SOLE_ROLES:
            raise RuleBroken("Somebody else has this role in that time. End that first.")
    if role in MEMBERS_ROLES:
        terms = await Term.objects().where(Term.seat.council == council, Term.person == person)
        if not any(is_current(term.starts, term.ends, starts) for term in terms):
            raise RuleBroken("Only a member can be chair or vice-chair. Give the person a seat first.")


async def _require_secretary(council: UUID, today: date) -> None:
    """Somebody must be left who can set the council up."""
    offices = await offices_of(council)
    if not any(office.role == "secretary" and is_current(office.starts, office.ends, today) for office in offices):
        raise RuleBroken("The council must have a secretary. Appoint the new one first.")
