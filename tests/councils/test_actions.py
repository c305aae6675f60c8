"""Councils, seats and offices: who sits where, and what the council is never left without."""

import asyncio
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from awards.accounts.tables import Person
from awards.audit.tables import Audit
from awards.councils.actions import CouncilDetails, change_council, found_council
from awards.councils.offices import appoint, change_office, move_office, offices_of, remove_office
from awards.councils.people import Chosen, people_of
from awards.councils.queries import members_on, officers_on, seats_of
from awards.councils.seats import (
    abolish_seat,
    add_seat,
    change_term,
    remove_term,
    rename_seat,
    replace_member,
    seat_person,
    terms_of,
)
from awards.councils.tables import Council, Office, Seat, Term
from awards.db import Database
from awards.db.versions import version
from awards.errors import NotFound, RuleBroken, Stale
from awards.web.identity import Actor
from tests.builders import Cast, FakeClock, a_cast, a_council

SECRETARY = Actor(name="secretary")
START, TODAY = date(2026, 1, 1), date(2026, 10, 1)


def details(**given: Any) -> CouncilDetails:
    usual: dict[str, Any] = {
        "name": "Handicaprådet",
        "municipality": "Køge Kommune",
        "email": "handicapraad@example.dk",
        "phone": "",
        "address": "",
        "accent": 3,
        "legal_basis": "",
        "data_protection_officer": "",
        "quorum_rule": "half",
        "quorum_number": None,
        "tie_rule": "chair",
        "ballots_kept_days": 28,
        "nominations_kept_months": 12,
    }
    return CouncilDetails(**usual | given)


@pytest.fixture
async def cast(db: Database) -> Cast:
    return await a_cast(await a_council())


def by_id(person: Person) -> Chosen:
    return Chosen(person.id)


async def term_of(person: Person) -> Term:
    return (await Term.objects().where(Term.person == person.id))[0]


async def test_a_second_council_is_founded_once_with_a_secretary(cast: Cast, clock: FakeClock) -> None:
    id = uuid4()
    await asyncio.gather(
        *(
            found_council(id, "handicapraad", details(), secretary=cast.secretary.id, by=SECRETARY, clock=clock)
            for _ in range(3)
        )
    )
    assert await Council.count() == 2
    assert [person.id for person in await officers_on(id, TODAY, "secretary")] == [cast.secretary.id]
    assert await Audit.count() == 1


@pytest.mark.parametrize("slug", ["integrationsraad", "log-ind", "en"])
async def test_an_address_that_is_taken_or_reserved_is_refused(cast: Cast, clock: FakeClock, slug: str) -> None:
    with pytest.raises(RuleBroken, match="address"):
        await found_council(uuid4(), slug, details(), secretary=cast.secretary.id, by=SECRETARY, clock=clock)
    assert await Council.count() == 1


async def test_an_old_tab_does_not_overwrite_the_council(cast: Cast, clock: FakeClock) -> None:
    seen = version(cast.council)
    await change_council(
        cast.council.id, details(quorum_rule="number", quorum_number=8), seen=seen, by=SECRETARY, clock=clock
    )
    with pytest.raises(Stale):
        await change_council(cast.council.id, details(), seen=seen, by=SECRETARY, clock=clock)
    stored = await Council.objects().get(Council.id == cast.council.id)
    assert stored is not None
    assert (stored.quorum_rule, stored.quorum_number, stored.slug) == ("number", 8, "integrationsraad")


async def test_a_seat_is_added_named_filled_and_abolished(cast: Cast, clock: FakeClock) -> None:
    council, seat = cast.council.id, uuid4()
    for _ in range(2):
        await add_seat(seat, council, "Politiet", by=SECRETARY, clock=clock)
    row = (await seats_of(council))[-1]
    assert (row.represents, row.position) == ("Politiet", 6)
    await rename_seat(council, seat, "Erhvervslivet", seen=version(row), by=SECRETARY, clock=clock)
    newcomer = Chosen(None, "Nyt medlem", "ny@example.dk")
    term = uuid4()
    for _ in range(2):
        await seat_person(term, council, seat, newcomer, START, None, by=SECRETARY, clock=clock)
    assert "Nyt medlem" in [person.name for person in await members_on(council, TODAY)]
    with pytest.raises(RuleBroken, match="End the term"):
        await abolish_seat(council, seat, by=SECRETARY, clock=clock)
    (held,) = await terms_of(seat)
    await change_term(council, term, START, date(2026, 9, 30), seen=version(held), by=SECRETARY, clock=clock)
    await abolish_seat(council, seat, by=SECRETARY, clock=clock)
    assert seat not in [one.id for one in await seats_of(council)]


async def test_a_seat_has_one_holder_and_a_person_one_seat(cast: Cast, clock: FakeClock) -> None:
    council, taken = cast.council.id, (await term_of(cast.member)).seat
    free = uuid4()
    await add_seat(free, council, "", by=SECRETARY, clock=clock)
    with pytest.raises(RuleBroken, match="Somebody else holds"):
        await seat_person(uuid4(), council, taken, by_id(cast.secretary), TODAY, None, by=SECRETARY, clock=clock)
    with pytest.raises(RuleBroken, match="another seat"):
        await seat_person(uuid4(), council, free, by_id(cast.member), TODAY, None, by=SECRETARY, clock=clock)
    with pytest.raises(RuleBroken, match="before the first"):
        await seat_person(uuid4(), council, free, by_id(cast.secretary), TODAY, START, by=SECRETARY, clock=clock)


async def test_a_member_who_leaves_for_good_is_replaced_for_the_rest_of_the_term(cast: Cast, clock: FakeClock) -> None:
    council, old = cast.council.id, await term_of(cast.member)
    end = date(2029, 12, 31)
    await change_term(council, old.id, START, end, seen=version(old), by=SECRETARY, clock=clock)
    old = await term_of(cast.member)
    new = uuid4()
    for _ in range(2):
        await replace_member(
            new,
            council,
            old.id,
            date(2026, 10, 31),
            Chosen(None, "Afløser", "afloeser@example.dk"),
            seen=version(old),
            by=SECRETARY,
            clock=clock,
        )
    newer, older = await terms_of(old.seat)
    assert (older.ends, newer.starts, newer.ends) == (date(2026, 10, 31), date(2026, 11, 1), end)


async def test_only_a_term_that_has_not_begun_is_taken_back(cast: Cast, clock: FakeClock) -> None:
    council, old = cast.council.id, await term_of(cast.member)
    with pytest.raises(RuleBroken, match="has begun"):
        await remove_term(council, old.id, by=SECRETARY, clock=clock)
    await change_term(council, old.id, START, TODAY, seen=version(old), by=SECRETARY, clock=clock)
    future = uuid4()
    await seat_person(
        future, council, old.seat, by_id(cast.secretary), date(2027, 1, 1), None, by=SECRETARY, clock=clock
    )
    await remove_term(council, future, by=SECRETARY, clock=clock)
    assert len(await terms_of(old.seat)) == 1


async def test_there_is_one_chair_who_is_a_member(cast: Cast, clock: FakeClock) -> None:
    council = cast.council.id
    for person, words in ((cast.member, "Somebody else"), (cast.chair, "already")):
        with pytest.raises(RuleBroken, match=words):
            await appoint(uuid4(), council, "chair", by_id(person), TODAY, None, by=SECRETARY, clock=clock)
    with pytest.raises(RuleBroken, match="Only a member"):
        await appoint(uuid4(), council, "vice_chair", by_id(cast.secretary), TODAY, None, by=SECRETARY, clock=clock)


async def test_vice_chairs_stand_in_order(cast: Cast, clock: FakeClock) -> None:
    council, third = cast.council.id, uuid4()
    for _ in range(2):
        await appoint(third, council, "vice_chair", by_id(cast.member), START, None, by=SECRETARY, clock=clock)
    for _ in range(3):
        await move_office(council, third, -1, by=SECRETARY, clock=clock)
    order = await officers_on(council, TODAY, "chair", "vice_chair")
    assert [person.name for person in order] == ["chair", "member", "vice_chair", "second_vice_chair"]


async def test_the_council_is_never_without_a_secretary(cast: Cast, clock: FakeClock) -> None:
    council = cast.council.id
    (secretary,) = [office for office in await offices_of(council) if office.role == "secretary"]
    with pytest.raises(RuleBroken, match="must have a secretary"):
        await change_office(
            council, secretary.id, START, date(2026, 9, 30), seen=version(secretary), by=SECRETARY, clock=clock
        )
    assert (await Office.objects().get(Office.id == secretary.id) or secretary).ends is None
    with pytest.raises(RuleBroken, match="has begun"):
        await remove_office(council, secretary.id, by=SECRETARY, clock=clock)


async def test_people_are_chosen_from_the_councils_own_list(cast: Cast, clock: FakeClock) -> None:
    other = await a_cast(await a_council("handicapraad"), "other_")
    assert cast.stranger.id not in {person.id for person in await people_of(cast.council.id)}
    for person in (other.member, cast.stranger):
        with pytest.raises(NotFound):
            await appoint(
                uuid4(), cast.council.id, "communications", by_id(person), TODAY, None, by=SECRETARY, clock=clock
            )
    # By the address one may take in anybody: the same address is the same person.
    typed = Chosen(None, "Somebody", other.member.email)
    await appoint(uuid4(), cast.council.id, "communications", typed, TODAY, None, by=SECRETARY, clock=clock)
    assert await Person.count() == 18


async def test_two_councils_may_add_the_same_person_at_once(cast: Cast, clock: FakeClock) -> None:
    other = await a_council("handicapraad")
    somebody = Chosen(None, "Somebody", "somebody@example.dk")
    await asyncio.gather(
        *(
            appoint(uuid4(), council, "communications", somebody, TODAY, None, by=SECRETARY, clock=clock)
            for council in (cast.council.id, other.id)
        )
    )
    assert await Person.count().where(Person.email == "somebody@example.dk") == 1
    assert await Office.count().where(Office.role == "communications") == 3


async def test_another_councils_seats_are_not_there(cast: Cast, clock: FakeClock) -> None:
    other = await a_council("handicapraad")
    term = await term_of(cast.member)
    seat: UUID = term.seat
    for act in (
        rename_seat(other.id, seat, "x", seen="", by=SECRETARY, clock=clock),
        abolish_seat(other.id, seat, by=SECRETARY, clock=clock),
        remove_term(other.id, term.id, by=SECRETARY, clock=clock),
    ):
        with pytest.raises(NotFound):
            await act
    assert await Seat.count() == 5
