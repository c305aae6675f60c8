"""Seats of a council, and who holds them when."""

from datetime import date, timedelta
from uuid import UUID

from awards import audit
from awards.clock import Clock
from awards.councils.actions import lock_council
from awards.councils.people import Chosen, find_or_add
from awards.councils.rules import overlap
from awards.councils.tables import Seat, Term
from awards.db import transaction
from awards.db.versions import require_version
from awards.errors import NotFound, RuleBroken
from awards.web.formats import local
from awards.web.identity import Actor


async def add_seat(seat_id: UUID, council: UUID, represents: str, *, by: Actor, clock: Clock) -> None:
    """A new seat, the last in order; twice with one id adds one."""
    async with transaction():
        await lock_council(council)
        if await Seat.exists().where(Seat.id == seat_id):
            return
        last = await Seat.select(Seat.position).where(Seat.council == council).order_by(Seat.position, ascending=False)
        position = last[0]["position"] + 1 if last else 1
        await Seat(id=seat_id, council=council, position=position, represents=represents).save()
        await audit.append("councils.seat_added", by=by, at=clock.now(), council=council, seat=seat_id)


async def rename_seat(council: UUID, seat_id: UUID, represents: str, *, seen: str, by: Actor, clock: Clock) -> None:
    """Say whom the seat represents. Raises NotFound, Stale."""
    async with transaction():
        await lock_council(council)
        require_version(await seat_of(council, seat_id), seen)
        await Seat.update({Seat.represents: represents}).where(Seat.id == seat_id)
        await audit.append("councils.seat_renamed", by=by, at=clock.now(), council=council, seat=seat_id)


async def abolish_seat(council: UUID, seat_id: UUID, *, by: Actor, clock: Clock) -> None:
    """The seat is no more; its past terms stay. Raises RuleBroken while somebody holds it or will."""
    async with transaction():
        await lock_council(council)
        seat = await seat_of(council, seat_id)
        now = clock.now()
        today = local(now).date()
        if any(term.ends is None or term.ends >= today for term in await terms_of(seat.id)):
            raise RuleBroken("Somebody holds the seat. End the term first.")
        await Seat.update({Seat.abolished: True}).where(Seat.id == seat_id)
        await audit.append("councils.seat_abolished", by=by, at=now, council=council, seat=seat_id)


async def seat_person(
    term_id: UUID,
    council: UUID,
    seat_id: UUID,
    chosen: Chosen,
    starts: date,
    ends: date | None,
    *,
    by: Actor,
    clock: Clock,
) -> None:
    """Somebody holds the seat from `starts` to `ends`; twice with one id seats them once.

    Raises NotFound, and RuleBroken when the seat is taken in that time or the person holds another.
    """
    async with transaction():
        await lock_council(council)
        await seat_of(council, seat_id)
        if await Term.exists().where(Term.id == term_id):
            return
        person = await find_or_add(chosen, council, clock=clock)
        await _require_free(council, seat_id, person, starts, ends, apart_from=None)
        await Term(id=term_id, seat=seat_id, person=person, starts=starts, ends=ends).save()
        await audit.append("councils.seated", by=by, at=clock.now(), term=term_id, seat=seat_id, person=person)


async def change_term(
    council: UUID, term_id: UUID, starts: date, ends: date | None, *, seen: str, by: Actor, clock: Clock
) -> None:
    """Other days for a term. Raises NotFound, Stale, and RuleBroken as `seat_person` does."""
    async with transaction():
        await lock_council(council)
        term = await term_of(council, term_id)
        require_version(term, seen)
        await _require_free(council, term.seat, term.person, starts, ends, apart_from=term_id)
        await Term.update({Term.starts: starts, Term.ends: ends}).where(Term.id == term_id)
        await audit.append("councils.term_changed", by=by, at=clock.now(), term=term_id, ends=str(ends or ""))


async def replace_member(
    term_id: UUID, council: UUID, leaving: UUID, last_day: date, chosen: Chosen, *, seen: str, by: Actor, clock: Clock
) -> None:
    """A member leaves for good after `last_day`; from the next day somebody else holds the seat for the rest of it.

    leaving: the term that ends. Twice with one id replaces once. Raises NotFound, Stale and RuleBroken.
    """
    async with transaction():
        await lock_council(council)
        old = await term_of(council, leaving)
        if await Term.exists().where(Term.id == term_id):
            return
        require_version(old, seen)
        if last_day < old.starts or (old.ends is not None and last_day > old.ends):
            raise RuleBroken("The last day lies outside the member's own term.")
        person = await find_or_add(chosen, council, clock=clock)
        if person == old.person:
            raise RuleBroken("Choose somebody else than the member who leaves.")
        starts = last_day + timedelta(days=1)
        if old.ends is not None and starts > old.ends:
            raise RuleBroken("The term ends that day anyway. Give the seat to somebody for the next term instead.")
        await _require_free(council, old.seat, person, starts, old.ends, apart_from=leaving)
        await Term.update({Term.ends: last_day}).where(Term.id == leaving)
        await Term(id=term_id, seat=old.seat, person=person, starts=starts, ends=old.ends).save()
        await audit.append("councils.replaced", by=by, at=clock.now(), left=leaving, term=term_id, person=person)


async def remove_term(council: UUID, term_id: UUID, *, by: Actor, clock: Clock) -> None:
    """Take back a term that was entered by mistake and has not begun. Raises RuleBroken once it has."""
    async with transaction():
        await lock_council(council)
        term = await term_of(council, term_id)
        now = clock.now()
        if term.starts <= local(now).date():
            raise RuleBroken("The term has begun, so it stays. End it instead.")
        await Term.delete().where(Term.id == term_id)
        await audit.append("councils.term_removed", by=by, at=now, term=term_id, person=term.person)


async def seat_of(council: UUID, seat_id: UUID) -> Seat:
    """Raises NotFound unless it is one of the council's seats, and not abolished."""
    seat = await Seat.objects().where(Seat.id == seat_id, Seat.council == council, Seat.abolished.eq(False)).first()
    if seat is None:
        raise NotFound
    return seat


async def term_of(council: UUID, term_id: UUID) -> Term:
    """Raises NotFound unless it is a term of one of the council's seats."""
    term = await Term.objects().where(Term.id == term_id, Term.seat.council == council).first()
    if term is None:
        raise NotFound
    return term


async def terms_of(seat: UUID) -> list[Term]:
    """All terms of a seat, newest first."""
    return await Term.objects().where(Term.seat == seat).order_by(Term.starts, ascending=False)


async def _require_free(
    council: UUID, seat: UUID, person: UUID, starts: date, ends: date | None, *, apart_from: UUID | None
) -> None:
    """Raises RuleBroken when the seat is taken, or the person holds a seat of the council, on one of the days."""
    if ends is not None and ends < starts:
        raise RuleBroken("The last day comes before the first.")
    terms = await Term.objects().where(Term.seat.council == council)
    for term in terms:
        if term.id == apart_from or not overlap(starts, ends, term.starts, term.ends):
            continue
        if term.seat == seat:
            raise RuleBroken("Somebody else holds the seat in that time. End that term first.")
        if term.person == person:
            raise RuleBroken("The person holds another seat of the council in that time.")
