"""Choosing people: one from the council's list, or somebody new by name and e-mail address."""

from dataclasses import dataclass
from uuid import UUID

from awards.accounts.tables import Person
from awards.clock import Clock
from awards.councils.tables import Office, Term
from awards.db import Duplicate, savepoint
from awards.errors import NotFound


@dataclass(frozen=True, slots=True)
class Chosen:
    """Whom a form chose: `person`, or somebody new by `name` and `email` (in lower case)."""

    person: UUID | None
    name: str = ""
    email: str = ""


async def people_of(council: UUID) -> list[Person]:
    """Everybody who ever had a seat or an office in the council, by name."""
    seated = await Term.select(Term.person).where(Term.seat.council == council).output(as_list=True)
    in_office = await Office.select(Office.person).where(Office.council == council).output(as_list=True)
    ids = list({*seated, *in_office})
    return await Person.objects().where(Person.id.is_in(ids)).order_by(Person.name) if ids else []


async def find_or_add(chosen: Chosen, council: UUID, *, clock: Clock) -> UUID:
    """The person chosen; joins the caller's transaction. An address that is known already is the same person.

    Raises NotFound for a person who is not of this council: the list shows no others.
    """
    if chosen.person is not None:
        if chosen.person not in {person.id for person in await people_of(council)}:
            raise NotFound
        return chosen.person
    known = await Person.objects().where(Person.email == chosen.email).first()
    if known is not None:
        return known.id
    person = Person(name=chosen.name, email=chosen.email, created_at=clock.now())
    try:
        async with savepoint():
            await person.save()
    except Duplicate:  # another council's secretary added the same address at this moment
        return await find_or_add(chosen, council, clock=clock)
    return person.id
