"""The council takes its seats."""

from datetime import date, timedelta

from awards.accounts.tables import Person
from awards.administration.demo.people import EVERYBODY, MEMBERS, REPRESENTS, SLUG
from awards.clock import Clock
from awards.councils.tables import Council, Office, Seat, Term
from awards.web.formats import local


async def seat_council(clock: Clock) -> Council:
    """Køge's council with its members, offices and secretariat."""
    now = clock.now()
    council = Council(
        slug=SLUG,
        name="Integrationsrådet",
        municipality="Køge Kommune",
        email="integrationsraad@example.dk",
        phone="+45 56 67 67 67",
        address="Torvet 1, 4600 Køge",
        legal_basis="databeskyttelsesforordningens artikel 6, stk. 1, litra e",
        data_protection_officer="dpo@example.dk",
        created_at=now,
    )
    await council.save()
    starts = local(now).date() - timedelta(days=365)
    people = {role.key: await _person(role.name, role.email, now) for role in EVERYBODY}
    for position, (role, represents) in enumerate(zip(MEMBERS, REPRESENTS, strict=True), start=1):
        await _seat(council, position, represents, people[role.key], starts)
    for role in EVERYBODY:
        if role.office:
            person = people[role.key]
            await Office(council=council.id, person=person.id, role=role.office, rank=role.rank, starts=starts).save()
    return council


async def _person(name: str, email: str, now: object) -> Person:
    person = Person(name=name, email=email, created_at=now)
    await person.save()
    return person


async def _seat(council: Council, position: int, represents: str, person: Person, starts: date) -> None:
    seat = Seat(council=council.id, position=position, represents=represents)
    await seat.save()
    await Term(seat=seat.id, person=person.id, starts=starts).save()
