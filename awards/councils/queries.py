"""Reading councils: by their address, and who sits in them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from awards.accounts.tables import Person
from awards.councils.rules import is_current, is_slug
from awards.councils.tables import Council, Office, Seat, Term
from awards.db import row
from awards.errors import NotFound


async def council_by_slug(slug: str) -> Council:
    """The council at `/<slug>`. Raises NotFound."""
    # What cannot be a slug never reaches the database, which refuses some of it with an error.
    council = await row(Council, "WHERE slug = {}", slug) if is_slug(slug) else None
    if council is None:
        raise NotFound
    return council


async def the_only_council() -> Council | None:
    """The council of an installation that has just one, whose front page is `/`; None with none or several."""
    councils = await Council.objects().limit(2)
    return councils[0] if len(councils) == 1 else None


async def all_councils() -> list[Council]:
    return await Council.objects().order_by(Council.name)


async def members_on(council: UUID, day: date) -> list[Person]:
    """Everybody who holds a seat of the council on `day`, by name."""
    holders = (
        await Term.select(Term.person)
        .where(Term.seat.council == council)
        .where(Term.starts <= day)
        .where(Term.ends.is_null() | (Term.ends >= day))
        .output(as_list=True)
    )
    return await _persons(holders)


async def officers_on(council: UUID, day: date, *roles: str) -> list[Person]:
    """The holders of any of `roles` on `day`, in the order of `roles` and then of rank."""
    offices = (
        await Office.objects()
        .where(Office.council == council)
        .where(Office.role.is_in(list(roles)))
        .where(Office.starts <= day)
        .where(Office.ends.is_null() | (Office.ends >= day))
    )
    offices.sort(key=lambda office: (roles.index(office.role), office.rank))
    order: list[UUID] = list(dict.fromkeys(office.person for office in offices))
    found = {person.id: person for person in await _persons(order)}
    return [found[person] for person in order]


async def seats_of(council: UUID) -> list[Seat]:
    """Seats that are not abolished, in their order."""
    return await Seat.objects().where(Seat.council == council).where(Seat.abolished.eq(False)).order_by(Seat.position)


async def _persons(ids: list[UUID]) -> list[Person]:
    return await Person.objects().where(Person.id.is_in(ids)).order_by(Person.name) if ids else []


@dataclass(frozen=True, slots=True)
class Holding:
    """Somebody holds a seat for a term."""

    term: Term
    person: Person


@dataclass(frozen=True, slots=True)
class SeatLine:
    """A seat with everybody who held, holds or will hold it, newest first; `holder` is today's."""

    seat: Seat
    holdings: list[Holding]
    holder: Holding | None


async def seating(council: UUID, day: date) -> list[SeatLine]:
    """Every seat that is not abolished, in order, and who sits there on `day`; three queries whatever the size."""
    seats = await seats_of(council)
    terms = await Term.objects().where(Term.seat.council == council).order_by(Term.starts, ascending=False)
    people = {person.id: person for person in await _persons(list({term.person for term in terms}))}
    lines = []
    for seat in seats:
        holdings = [Holding(term, people[term.person]) for term in terms if term.seat == seat.id]
        current = [one for one in holdings if is_current(one.term.starts, one.term.ends, day)]
        lines.append(SeatLine(seat, holdings, current[0] if current else None))
    return lines


@dataclass(frozen=True, slots=True)
class OfficeLine:
    """An office and who holds it."""

    office: Office
    person: Person


async def office_lines(council: UUID) -> list[OfficeLine]:
    """All offices, past ones too, in the order of rank."""
    offices = await Office.objects().where(Office.council == council).order_by(Office.rank).order_by(Office.starts)
    people = {person.id: person for person in await _persons(list({office.person for office in offices}))}
    return [OfficeLine(office, people[office.person]) for office in offices]
