"""The secretary sets up the council through the pages."""

import re
from datetime import date
from uuid import uuid4

import httpx
import pytest

from awards.councils.offices import offices_of
from awards.councils.queries import members_on, officers_on, seats_of
from awards.councils.tables import Council, Seat, Term
from awards.db.versions import version
from tests.builders import Cast
from tests.queries import count_queries

BASE = "/integrationsraad/opsaetning"
TODAY = date(2026, 10, 1)
COUNCIL = {
    "name": "Integrationsrådet",
    "municipality": "Høje-Taastrup Kommune",
    "email": "raad@example.dk",
    "phone": "43 59 10 00",
    "address": "Rådhusstræde 1\n2630 Taastrup",
    "accent": "5",
    "legal_basis": "Artikel 6, stk. 1, litra e",
    "data_protection_officer": "dpo@example.dk",
    "quorum_rule": "number",
    "quorum_number": "6",
    "tie_rule": "chair",
    "ballots_kept_days": "30",
    "nominations_kept_months": "18",
}


async def sent(desk: httpx.AsyncClient, path: str, fields: dict[str, str]) -> httpx.Response:
    answer = await desk.post(path, data=fields)
    assert answer.status_code == 303, re.findall(r'class="error".*', answer.text)
    return answer


async def test_the_council_is_described_with_its_rules(desk: httpx.AsyncClient, cast: Cast) -> None:
    await sent(desk, f"{BASE}/raadet", COUNCIL | {"seen": version(cast.council)})
    stored = await Council.objects().get(Council.id == cast.council.id)
    assert stored is not None
    assert (stored.accent, stored.quorum_rule, stored.quorum_number, stored.tie_rule) == (5, "number", 6, "chair")
    assert stored.address == "Rådhusstræde 1\n2630 Taastrup"
    page = await desk.get(f"{BASE}/raadet")
    assert 'value="number" checked' in page.text
    assert "accent-5" in page.text.split("<head>")[0]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": ""}, "Udfyld feltet."),
        ({"email": "raad"}, "e-mailadresse"),
        ({"phone": "12"}, "telefonnummer"),
        ({"accent": "9"}, "Vælg en."),
        ({"quorum_number": ""}, "hvor mange medlemmer"),
        ({"ballots_kept_days": "0"}, "helt tal"),
        ({"tie_rule": "coin"}, "Vælg en."),
    ],
    ids=str,
)
async def test_what_is_wrong_is_told_and_kept(
    desk: httpx.AsyncClient, cast: Cast, wrong: dict[str, str], words: str
) -> None:
    answer = await desk.post(f"{BASE}/raadet", data=COUNCIL | wrong | {"seen": version(cast.council)})
    assert answer.status_code == 422
    assert words in answer.text
    assert "Høje-Taastrup Kommune" in answer.text


async def test_an_old_tab_is_told_so_and_keeps_what_was_written(desk: httpx.AsyncClient, cast: Cast) -> None:
    seen = version(cast.council)
    await sent(desk, f"{BASE}/raadet", COUNCIL | {"seen": seen})
    late = await desk.post(f"{BASE}/raadet", data=COUNCIL | {"name": "Rådet fra en gammel fane", "seen": seen})
    assert late.status_code == 409
    assert "En anden har ændret det imens." in late.text
    assert "Rådet fra en gammel fane" in late.text


async def test_a_seat_is_added_once_and_filled_with_somebody_new(desk: httpx.AsyncClient, cast: Cast) -> None:
    id = str(uuid4())
    for _ in range(2):
        made = await sent(desk, f"{BASE}/medlemmer", {"id": id, "represents": "Politiet"})
    assert made.headers["location"] == f"{BASE}/medlemmer/{id}"
    assert len(await seats_of(cast.council.id)) == 6
    assert "Ledig plads" in (await desk.get(f"{BASE}/medlemmer")).text
    fields = {"id": str(uuid4()), "new_name": "Per Politi", "new_email": "Per@example.dk", "starts": "1.1.2026"}
    missing = await desk.post(f"{BASE}/medlemmer/{id}/perioder", data=fields | {"new_name": ""})
    assert missing.status_code == 422
    assert "Per@example.dk" in missing.text
    for _ in range(2):
        await sent(desk, f"{BASE}/medlemmer/{id}/perioder", fields)
    assert "Per Politi" in [person.name for person in await members_on(cast.council.id, TODAY)]
    assert await Term.count() == 6


async def test_a_member_leaves_and_is_replaced(desk: httpx.AsyncClient, cast: Cast) -> None:
    (term,) = await Term.objects().where(Term.person == cast.member.id)
    page = await desk.get(f"{BASE}/perioder/{term.id}/afloes")
    assert "member udtræder af rådet" in page.text
    fields = {
        "id": str(uuid4()),
        "seen": version(term),
        "last_day": "31.10.2026",
        "new_name": "Afløser",
        "new_email": "afloeser@example.dk",
    }
    for _ in range(2):
        await sent(desk, f"{BASE}/perioder/{term.id}/afloes", fields)
    names = {person.name for person in await members_on(cast.council.id, date(2026, 11, 1))}
    assert "Afløser" in names
    assert "member" not in names
    seat = await desk.get(f"{BASE}/medlemmer/{term.seat}")
    assert "Afløser" in seat.text


async def test_roles_are_given_ordered_ended_and_taken_back(desk: httpx.AsyncClient, cast: Cast) -> None:
    council = cast.council.id
    page = await desk.get(f"{BASE}/roller")
    assert page.text.index("Formand") < page.text.index("Næstformand") < page.text.index("Sekretær")
    third = str(uuid4())
    await sent(
        desk,
        f"{BASE}/roller/ny/vice_chair",
        {"id": third, "person": str(cast.member.id), "starts": "1.1.2026", "ends": ""},
    )
    await sent(desk, f"{BASE}/roller/{third}/op", {})
    names = [person.name for person in await officers_on(council, TODAY, "vice_chair")]
    assert names == ["vice_chair", "member", "second_vice_chair"]
    (chair,) = [office for office in await offices_of(council) if office.role == "chair"]
    ended = {"starts": "1.1.2026", "ends": "30.9.2026", "seen": version(chair)}
    await sent(desk, f"{BASE}/roller/{chair.id}", ended)
    assert await officers_on(council, TODAY, "chair") == []
    (secretary,) = [office for office in await offices_of(council) if office.role == "secretary"]
    kept = await desk.post(f"{BASE}/roller/{secretary.id}", data=ended | {"seen": version(secretary)})
    assert kept.status_code == 409
    assert "skal have en sekretær" in kept.text
    coming = str(uuid4())
    await sent(
        desk,
        f"{BASE}/roller/ny/communications",
        {"id": coming, "new_name": "Ny", "new_email": "ny@example.dk", "starts": "1.1.2027"},
    )
    await sent(desk, f"{BASE}/roller/{coming}/fjern", {})
    assert (await desk.get(f"{BASE}/roller/ny/king")).status_code == 404


async def test_a_last_day_before_the_first_is_told_at_the_field(desk: httpx.AsyncClient, cast: Cast) -> None:
    (term,) = await Term.objects().where(Term.person == cast.member.id)
    answer = await desk.post(
        f"{BASE}/perioder/{term.id}", data={"starts": "1.2.2026", "ends": "1.1.2026", "seen": version(term)}
    )
    assert answer.status_code == 422
    assert "ligger før den første" in answer.text


async def test_a_form_whose_hidden_id_was_tampered_with_is_refused(desk: httpx.AsyncClient, cast: Cast) -> None:
    answer = await desk.post(f"{BASE}/medlemmer", data={"id": "x", "represents": "Politiet"})
    assert answer.status_code == 400
    assert await Seat.count() == 5


async def test_lists_ask_the_database_no_more_often_when_they_grow(desk: httpx.AsyncClient, cast: Cast) -> None:
    with count_queries() as few:
        await desk.get(f"{BASE}/medlemmer")
        await desk.get(f"{BASE}/roller")
    for number in range(9):
        await sent(desk, f"{BASE}/medlemmer", {"id": str(uuid4()), "represents": f"Plads {number}"})
    with count_queries() as many:
        await desk.get(f"{BASE}/medlemmer")
        await desk.get(f"{BASE}/roller")
    assert many.number == few.number
