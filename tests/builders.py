"""What tests are built from. The fixed cast and its rooms come from here."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from awards.accounts.tables import Person
from awards.councils.tables import Council, Office, Seat, Term
from awards.rounds.tables import Criterion, Prize, Round


class FakeClock:
    """A clock that stands still until it is moved. It starts on 1 October 2026 at 09:00 UTC, 11:00 in Denmark."""

    def __init__(self, start: datetime = datetime(2026, 10, 1, 9, tzinfo=UTC)) -> None:
        self._now = start

    def now(self) -> datetime:
        return self._now

    def set(self, now: datetime) -> None:
        self._now = now.astimezone(UTC)

    def advance(self, by: timedelta) -> None:
        self._now += by


OPENED = datetime(2026, 9, 1, 7, tzinfo=UTC)
CRITERIA = (
    "fremmer etniske minoriteters deltagelse i samfunds- og erhvervslivet i Køge Kommune",
    "fremmer gensidig respekt og anerkendelse",
    "styrker fællesskaber og venskaber på tværs af kulturer i Køge Kommune",
    "er baseret på et frivilligt, eller helt ekstraordinært engagement, der ligger ud over hvad der kan forventes af "
    "vedkommende",
)


async def a_person(name: str, **columns: Any) -> Person:
    """Somebody who can sign in, named and addressed by what they are: `member` is member@example.dk."""
    given: dict[str, Any] = {
        "name": name,
        "email": f"{name.replace('_', '-')}@example.dk",
        "created_at": OPENED,
    } | columns
    person = Person(**given)
    await person.save()
    return person


@dataclass(frozen=True, slots=True)
class Cast:
    """The fixed cast of a council, named by what they are. `stranger` has an account and no role."""

    council: Council
    chair: Person
    vice_chair: Person
    second_vice_chair: Person
    member: Person
    recused_member: Person
    secretary: Person
    deputy: Person
    communications: Person
    stranger: Person


async def a_council(slug: str = "integrationsraad", **columns: Any) -> Council:
    given: dict[str, Any] = {
        "name": "Integrationsrådet",
        "municipality": "Køge Kommune",
        "email": "integrationsraad@example.dk",
        "phone": "+45 56 67 67 67",
        "address": "Torvet 1, 4600 Køge",
        "legal_basis": "Databeskyttelsesforordningens artikel 6, stk. 1, litra e",
        "data_protection_officer": "dpo@example.dk",
        "created_at": OPENED,
    } | columns
    council = Council(slug=slug, **given)
    await council.save()
    return council


async def a_seat(council: Council, person: Person, position: int = 1, starts: date = date(2026, 1, 1)) -> Term:
    """A seat of the council with `person` in it."""
    seat = Seat(council=council.id, position=position, represents=f"Plads {position}")
    await seat.save()
    term = Term(seat=seat.id, person=person.id, starts=starts)
    await term.save()
    return term


async def an_office(council: Council, person: Person, role: str, rank: int = 1) -> Office:
    office = Office(council=council.id, person=person.id, role=role, rank=rank, starts=date(2026, 1, 1))
    await office.save()
    return office


async def a_cast(council: Council, prefix: str = "") -> Cast:
    """The cast, seated and in office in `council`. `prefix` keeps the addresses of two councils' people apart."""
    members = ("chair", "vice_chair", "second_vice_chair", "member", "recused_member")
    staff = ("secretary", "deputy", "communications", "stranger")
    people = {name: await a_person(prefix + name) for name in (*members, *staff)}
    for position, name in enumerate(members, start=1):
        await a_seat(council, people[name], position)
    for name, role, rank in (
        ("chair", "chair", 1),
        ("vice_chair", "vice_chair", 1),
        ("second_vice_chair", "vice_chair", 2),
        ("secretary", "secretary", 1),
        ("deputy", "deputy_secretary", 1),
        ("communications", "communications", 1),
    ):
        await an_office(council, people[name], role, rank)
    return Cast(council=council, **people)


async def a_round(council: Council, year: int = 2026, **columns: Any) -> Round:
    """A round whose nominations are open when the clock starts; deadline 4 November, ceremony 26 November."""
    given: dict[str, Any] = {
        "title": f"Integrationspriserne {year}",
        "opened_at": OPENED.replace(year=year),
        "opens_at": OPENED.replace(year=year),
        "closes_at": datetime(year, 11, 4, 11, tzinfo=UTC),
        "screening_ends_at": datetime(year, 11, 8, 23, tzinfo=UTC),
        "voting_ends_at": datetime(year, 11, 15, 11, tzinfo=UTC),
        "announce_at": datetime(year, 11, 26, 18, tzinfo=UTC),
        "ceremony_at": datetime(year, 11, 26, 16, tzinfo=UTC),
        "ceremony_ends_at": datetime(year, 11, 26, 18, 30, tzinfo=UTC),
        "ceremony_place": "Center for Dansk og Integration, Ølbycenter 53, 4600 Køge",
        "created_at": OPENED.replace(year=year),
    } | columns
    if "first_closes_at" not in given and given["opened_at"]:
        given["first_closes_at"] = given["closes_at"]
    round = Round(council=council.id, year=year, **given)
    await round.save()
    return round


async def a_prize(
    round: Round, slug: str = "frivillighedsprisen", *, criteria: Sequence[str] = CRITERIA, **columns: Any
) -> Prize:
    """A prize of 10.000 kr. with the published criteria. JSON columns may be given as lists."""
    given: dict[str, Any] = {
        "title": slug.capitalize(),
        "purpose": "Prisen går til kommunens bedste frivillige indsats.",
        "amount_ore": 1_000_000,
        "kinds": ["person", "persons", "association", "company", "institution", "initiative"],
        "ties": ["lives", "works", "effort"],
        "organisation_ties": ["address", "effort"],
    } | columns
    given |= {name: json.dumps(value) for name, value in given.items() if isinstance(value, (list, dict))}
    prize = Prize(round=round.id, slug=slug, **given)
    await prize.save()
    for position, text in enumerate(criteria, start=1):
        await Criterion(prize=prize.id, position=position, text=text, question=f"Hvordan? ({position})").save()
    return prize
