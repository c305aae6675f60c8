"""The secretary sets up a round through the pages, without a programmer."""

import asyncio
import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import httpx
import pytest

from awards.app import Awards
from awards.audit.tables import Audit
from awards.councils.tables import Council
from awards.db.versions import version
from awards.rounds.queries import criteria_of, prizes_of, round_of
from awards.rounds.tables import Criterion, Laureate, Prize, Round
from tests.builders import Cast, FakeClock, a_cast, a_council, a_prize, a_round
from tests.conftest import SignIn
from tests.queries import count_queries
from tests.rounds.real_prizes import REAL_PRIZES, Fields, RealPrize, prize

BASE = "/integrationsraad/opsaetning"
SEEN = re.compile(r'name="seen" value="(\w+)"')


@pytest.fixture
async def cast(app: Awards) -> Cast:
    return await a_cast(await a_council())


@pytest.fixture
async def desk(cast: Cast, client: httpx.AsyncClient, sign_in_as: SignIn) -> httpx.AsyncClient:
    """The secretary's browser."""
    client.cookies = await sign_in_as(cast.secretary)
    return client


async def seen_on(desk: httpx.AsyncClient, path: str) -> str:
    answer = await desk.get(path)
    assert answer.status_code == 200, answer.text
    found = SEEN.search(answer.text)
    assert found, f"{path} carries no version"
    return found[1]


async def sent(desk: httpx.AsyncClient, path: str, fields: Fields) -> httpx.Response:
    """Post what must go through."""
    answer = await desk.post(path, data=fields)
    assert answer.status_code == 303, re.findall(r'class="error".*|role="alert".*?</div>', answer.text, re.DOTALL)
    return answer


async def set_up(desk: httpx.AsyncClient, real: RealPrize, year: int = 2026) -> Prize:
    """A round with one real prize, by the forms alone."""
    await sent(desk, f"{BASE}/runder/ny", {"id": str(uuid4()), "year": str(year), "title": f"Priserne {year}"})
    runde = f"{BASE}/runder/{year}"
    about: Fields = {"title": f"Priserne {year}", "introduction": "Hvem gør en forskel?"}
    if real.publish_nominees:
        about["publish_nominees"] = "1"
    await sent(desk, f"{runde}/om", about | {"seen": await seen_on(desk, f"{runde}/om")})
    if real.timetable:
        await sent(desk, f"{runde}/tidsplan", real.timetable | {"seen": await seen_on(desk, f"{runde}/tidsplan")})
    made = await sent(desk, f"{runde}/priser/ny", real.fields | {"id": str(uuid4())})
    for text, required in real.criteria:
        fields: Fields = {"id": str(uuid4()), "text": text, "question": "Hvordan?"}
        await sent(desk, made.headers["location"], fields | ({"required": "1"} if required else {}))
    (row,) = await Prize.objects()
    return row


@pytest.mark.parametrize("real", REAL_PRIZES, ids=lambda real: real.name)
async def test_every_real_prize_is_set_up_by_the_forms(desk: httpx.AsyncClient, real: RealPrize) -> None:
    row = await set_up(desk, real)
    for column, value in real.stored.items():
        stored = getattr(row, column)
        assert (json.loads(stored) if isinstance(value, (list, dict)) else stored) == value, column
    criteria = (await criteria_of([row.id]))[row.id]
    assert [(criterion.text, criterion.required) for criterion in criteria] == real.criteria
    page = await desk.get(f"{BASE}/runder/2026/priser/{row.slug}/kriterier")
    assert real.rule in page.text
    (round,) = await Round.objects()
    assert round.publish_nominees is real.publish_nominees
    # The form shows again what was filled in.
    form = await desk.get(f"{BASE}/runder/2026/priser/{row.slug}")
    for kind in real.fields["kinds"]:
        assert re.search(rf'value="{kind}" checked', form.text), kind


async def test_only_a_vote_with_points_asks_how_much_a_criterion_counts(desk: httpx.AsyncClient) -> None:
    real = REAL_PRIZES[0]
    row = await set_up(desk, replace(real, fields=real.fields | {"method": "score"}))
    path = f"{BASE}/runder/2026/priser/{row.slug}"
    criterion = (await criteria_of([row.id]))[row.id][0]
    page = await desk.get(f"{path}/kriterier/{criterion.id}")
    assert 'name="weight"' in page.text
    typed = {"text": criterion.text, "seen": version(criterion)}
    refused = await desk.post(f"{path}/kriterier/{criterion.id}", data=typed | {"weight": "0"})
    assert refused.status_code == 422
    await sent(desk, f"{path}/kriterier/{criterion.id}", typed | {"weight": "2"})
    assert (await criteria_of([row.id]))[row.id][0].weight == 2
    await Prize.update({Prize.method: "ranked"}).where(Prize.id == row.id)
    assert 'name="weight"' not in (await desk.get(f"{path}/kriterier/{criterion.id}")).text


async def test_deadlines_of_a_day_and_of_an_hour(desk: httpx.AsyncClient, cast: Cast) -> None:
    """Køge's ends with its day, Vordingborg's on a Wednesday at noon."""
    koege, vordingborg = REAL_PRIZES[1], REAL_PRIZES[5]
    await set_up(desk, koege)
    stored = await round_of(cast.council.id, 2026)
    assert stored.closes_at == datetime(2026, 11, 4, 23, tzinfo=UTC)
    assert stored.ceremony_ends_at == datetime(2026, 11, 17, 18, 30, tzinfo=UTC)
    page = await desk.get(f"{BASE}/runder/2026/tidsplan")
    assert 'value="04.11.2026"' in page.text
    assert 'value="23.59"' in page.text
    await sent(
        desk,
        f"{BASE}/runder/2026/tidsplan",
        vordingborg.timetable | {"seen": await seen_on(desk, f"{BASE}/runder/2026/tidsplan")},
    )
    assert (await round_of(cast.council.id, 2026)).closes_at == datetime(2026, 9, 27, 10, tzinfo=UTC)


async def test_a_round_goes_from_last_years_copy_to_open(desk: httpx.AsyncClient, cast: Cast, clock: FakeClock) -> None:
    old = await a_round(cast.council, 2025, introduction="Hvem gør en forskel?")
    await a_prize(old)
    new = await desk.get(f"{BASE}/runder/ny")
    assert "Som Integrationspriserne 2025" in new.text
    assert 'value="Integrationspriserne 2026"' in new.text
    made = await sent(
        desk,
        f"{BASE}/runder/ny",
        {"id": str(uuid4()), "year": "2026", "title": "Integrationspriserne 2026", "copy_of": str(old.id)},
    )
    runde = made.headers["location"]
    page = await desk.get(runde)
    assert "Der mangler 1 ting" in page.text
    refused = await desk.post(f"{runde}/aabn")
    assert refused.status_code == 409
    plan: Fields = {}
    for name, day in (
        ("opens_at", "1.10.2026"),
        ("closes_at", "4.11.2026"),
        ("screening_ends_at", "8.11.2026"),
        ("voting_ends_at", "15.11.2026"),
        ("announce_at", "26.11.2026"),
    ):
        plan[f"{name}_date"] = day
    await sent(desk, f"{runde}/tidsplan", plan | {"seen": await seen_on(desk, f"{runde}/tidsplan")})
    assert "Klar til at åbne" in (await desk.get(runde)).text
    assert "gensidig respekt" in (await desk.get(f"{runde}/aabn")).text
    await sent(desk, f"{runde}/aabn", {})
    assert "Åben for indstillinger" in (await desk.get(runde)).text
    assert (await round_of(cast.council.id, 2026)).opened_at == clock.now()


async def test_once_open_criteria_are_refused_with_the_reason_and_the_text_is_kept(
    desk: httpx.AsyncClient, cast: Cast
) -> None:
    row = await a_prize(await a_round(cast.council))
    path = f"{BASE}/runder/2026/priser/frivillighedsprisen"
    page = await desk.get(f"{path}/kriterier")
    assert "Låst, siden runden åbnede" in page.text
    assert "Tilføj kriteriet" not in page.text
    refused = await desk.post(f"{path}/kriterier", data={"id": str(uuid4()), "text": "Nyt kriterium"})
    assert refused.status_code == 409
    assert "kan ikke længere ændres" in refused.text
    criterion = (await criteria_of([row.id]))[row.id][0]
    refused = await desk.post(
        f"{path}/kriterier/{criterion.id}", data={"text": "Omskrevet", "seen": version(criterion)}
    )
    assert refused.status_code == 409
    assert "Omskrevet" in refused.text
    old_tab = await desk.post(path, data=prize(title="Ny titel", amount="1", seen=version(row)))
    assert old_tab.status_code == 409
    assert "Ny titel" in old_tab.text
    await sent(desk, path, {"title": "Ny titel", "purpose": "Rettet", "seen": version(row)})
    stored = (await prizes_of(row.round))[0]
    assert (stored.title, stored.amount_ore) == ("Ny titel", 1_000_000)


async def test_the_deadline_is_extended_in_public_words(desk: httpx.AsyncClient, cast: Cast) -> None:
    round = await a_round(cast.council)
    path = f"{BASE}/runder/2026/forlaeng"
    earlier = await desk.post(path, data={"closes_at_date": "1.11.2026", "seen": version(round)})
    assert earlier.status_code == 409
    assert "efter den nuværende" in earlier.text
    assert 'value="1.11.2026"' in earlier.text
    await sent(desk, path, {"closes_at_date": "6.11.2026", "closes_at_time": "12.00", "seen": version(round)})
    page = await desk.get(f"{BASE}/runder/2026")
    assert "Fristen er forlænget til fredag den 6. november 2026 kl. 12.00." in page.text


async def test_after_the_deadline_it_is_too_late_to_extend_it(
    desk: httpx.AsyncClient, cast: Cast, clock: FakeClock
) -> None:
    round = await a_round(cast.council, closes_at=clock.now() + timedelta(hours=1))
    clock.advance(timedelta(hours=1))
    late = await desk.post(
        f"{BASE}/runder/2026/forlaeng", data={"closes_at_date": "31.12.2026", "seen": version(round)}
    )
    assert late.status_code == 409
    assert "udløbet" in late.text


async def test_a_prize_is_not_awarded_for_a_published_reason_and_it_can_be_undone(
    desk: httpx.AsyncClient, cast: Cast
) -> None:
    row = await a_prize(await a_round(cast.council))
    path = f"{BASE}/runder/2026/priser/frivillighedsprisen"
    empty = await desk.post(f"{path}/uddeles-ikke", data={"reason": " ", "seen": version(row)})
    assert empty.status_code == 422
    await sent(desk, f"{path}/uddeles-ikke", {"reason": "Ingen opfyldte kriterierne.", "seen": version(row)})
    assert "Uddeles ikke i år: Ingen opfyldte kriterierne." in (await desk.get(f"{BASE}/runder/2026")).text
    await sent(desk, f"{path}/uddeles-alligevel", {})
    assert (await prizes_of(row.round))[0].outcome == ""


async def test_two_tabs_do_not_overwrite_each_other(desk: httpx.AsyncClient, cast: Cast) -> None:
    await a_round(cast.council, opened_at=None)
    path = f"{BASE}/runder/2026/om"
    seen = await seen_on(desk, path)
    await sent(desk, path, {"title": "Første fane", "introduction": "a", "seen": seen})
    second = await desk.post(path, data={"title": "Anden fane", "introduction": "b", "seen": seen})
    assert second.status_code == 409
    assert "Anden fane" in second.text
    assert (await round_of(cast.council.id, 2026)).title == "Første fane"
    # Saved once more, knowingly, it holds.
    again = SEEN.search(second.text)
    assert again
    await sent(desk, path, {"title": "Anden fane", "introduction": "b", "seen": again[1]})
    assert (await round_of(cast.council.id, 2026)).title == "Anden fane"


async def test_an_error_does_not_make_an_old_tab_new(desk: httpx.AsyncClient, cast: Cast) -> None:
    await a_round(cast.council, opened_at=None)
    path = f"{BASE}/runder/2026/om"
    seen = await seen_on(desk, path)
    await sent(desk, path, {"title": "Første fane", "introduction": "a", "seen": seen})
    wrong = await desk.post(path, data={"title": "", "introduction": "b", "seen": seen})
    assert wrong.status_code == 422
    carried = SEEN.search(wrong.text)
    assert carried
    assert carried[1] == seen


async def test_the_same_form_sent_many_times_at_once_makes_one(desk: httpx.AsyncClient, cast: Cast) -> None:
    id = str(uuid4())
    answers = await asyncio.gather(
        *(desk.post(f"{BASE}/runder/ny", data={"id": id, "year": "2026", "title": "Runden"}) for _ in range(4))
    )
    assert {answer.status_code for answer in answers} == {303}
    assert await Round.count() == 1
    other = await desk.post(f"{BASE}/runder/ny", data={"id": str(uuid4()), "year": "2026", "title": "Runden igen"})
    assert other.status_code == 409
    assert "Runden igen" in other.text


async def test_prizes_and_criteria_are_ordered_with_plain_buttons(desk: httpx.AsyncClient, cast: Cast) -> None:
    round = await a_round(cast.council, opened_at=None)
    await a_prize(round)
    second = await a_prize(round, "erhvervsprisen", position=2, criteria=["a", "b"])
    await sent(desk, f"{BASE}/runder/2026/priser/erhvervsprisen/op", {})
    assert [row.slug for row in await prizes_of(round.id)] == ["erhvervsprisen", "frivillighedsprisen"]
    first = (await criteria_of([second.id]))[second.id][0]
    await sent(desk, f"{BASE}/runder/2026/priser/erhvervsprisen/kriterier/{first.id}/ned", {})
    assert [row.text for row in (await criteria_of([second.id]))[second.id]] == ["b", "a"]
    assert (await desk.post(f"{BASE}/runder/2026/priser/erhvervsprisen/sidelaens")).status_code == 404
    await sent(desk, f"{BASE}/runder/2026/priser/erhvervsprisen/kriterier/{first.id}/fjern", {})
    await sent(desk, f"{BASE}/runder/2026/priser/frivillighedsprisen/fjern", {})
    assert await Criterion.count() == 1


async def test_winners_of_earlier_years_are_typed_in(desk: httpx.AsyncClient, cast: Cast) -> None:
    fields: Fields = {
        "id": str(uuid4()),
        "prize_title": "Erhvervsprisen",
        "year": "2019",
        "name": "Karlsvognen",
        "line": "For at åbne døren for nye kolleger",
        "link": "https://example.dk/2019",
        "cvr": "",
    }
    path = f"{BASE}/tidligere-vindere"
    for _ in range(2):
        await sent(desk, f"{path}/ny", fields)
    (row,) = await Laureate.objects()
    assert (row.series, row.year, row.council) == ("erhvervsprisen", 2019, cast.council.id)
    assert "Karlsvognen" in (await desk.get(path)).text
    for wrong in ({"year": "2031"}, {"link": "javascript:alert(1)"}, {"cvr": "12345678"}, {"name": ""}):
        answer = await desk.post(f"{path}/ny", data=fields | wrong | {"id": str(uuid4())})
        assert answer.status_code == 422, wrong
        assert "Erhvervsprisen" in answer.text
    await sent(desk, f"{path}/{row.id}", fields | {"name": "Karlsvognen ApS", "seen": version(row)})
    await sent(desk, f"{path}/{row.id}/fjern", {})
    assert await Laureate.count() == 0


BAD_PRIZES: list[tuple[Fields, str]] = [
    ({"title": ""}, "Udfyld feltet."),
    ({"title": "x" * 201}, "Gør teksten 1 tegn kortere."),
    ({"title": "Pris\x00"}, "styretegnene"),
    ({"title": "Vindere"}, "bruges af siden selv"),
    ({"slug": "Å pris"}, "bogstaverne a–z"),
    ({"slug": "2026"}, "ikke tal alene"),
    ({"title": "جائزة"}, "adresse til prisen"),
    ({"amount": "ti tusind"}, "helt tal"),
    ({"amount": "-1"}, "helt tal"),
    ({"kinds": []}, "Vælg mindst én."),
    ({"criteria_rule": "some"}, "Vælg en."),
    ({"criteria_rule": "at_least", "criteria_minimum": ""}, "Udfyld feltet."),
    ({"method": "lod"}, "Vælg en."),
    ({"purpose": "Ring til 010190-1111"}, "CPR-nummer"),
]


@pytest.mark.parametrize(("wrong", "words"), BAD_PRIZES, ids=lambda value: str(value)[:30])
async def test_what_is_wrong_is_told_at_the_field_and_nothing_is_lost(
    desk: httpx.AsyncClient, cast: Cast, wrong: Fields, words: str
) -> None:
    await a_round(cast.council, opened_at=None)
    fields = prize(title="Prisen", award="<b>et diplom</b> 🏆", amount="1") | wrong | {"id": str(uuid4())}
    answer = await desk.post(f"{BASE}/runder/2026/priser/ny", data=fields)
    assert answer.status_code in (409, 422)
    assert words in answer.text
    assert "&lt;b&gt;et diplom&lt;/b&gt; 🏆" in answer.text
    assert await Prize.count() == 0


async def test_local_times_that_do_not_exist_and_dates_out_of_order_are_told_at_the_field(
    desk: httpx.AsyncClient, cast: Cast
) -> None:
    round = await a_round(cast.council, opened_at=None)
    path = f"{BASE}/runder/2026/tidsplan"
    twice = await desk.post(
        path, data={"closes_at_date": "25.10.2026", "closes_at_time": "02.30", "seen": version(round)}
    )
    assert twice.status_code == 422
    assert "Uret stilles" in twice.text
    backwards = await desk.post(
        path, data={"opens_at_date": "1.10.2026", "closes_at_date": "1.9.2026", "seen": version(round)}
    )
    assert backwards.status_code == 422
    assert "Det skal ligge efter: Indstillinger åbner." in backwards.text


async def test_only_the_secretary_sets_up(cast: Cast, client: httpx.AsyncClient, sign_in_as: SignIn) -> None:
    round = await a_round(cast.council)
    await a_prize(round)
    pages = ["", "/runder/ny", "/runder/2026", "/runder/2026/om", "/runder/2026/priser/ny", "/raadet", "/medlemmer"]
    for path in pages:
        assert (await client.get(f"{BASE}{path}")).status_code == 303, path
    for person in (cast.member, cast.chair, cast.stranger):
        client.cookies = await sign_in_as(person)
        for path in pages:
            assert (await client.get(f"{BASE}{path}")).status_code == 404, path
        assert (await client.post(f"{BASE}/runder/2026/aabn")).status_code == 404
    client.cookies = await sign_in_as(cast.deputy)
    assert (await client.get(BASE)).status_code == 200
    client.cookies = await sign_in_as(cast.communications)
    assert (await client.get(f"{BASE}/tidligere-vindere")).status_code == 200
    assert (await client.get(f"{BASE}/runder/2026")).status_code == 404


async def test_another_councils_secretary_reaches_nothing_of_ours(
    cast: Cast, client: httpx.AsyncClient, sign_in_as: SignIn
) -> None:
    ours = await a_prize(await a_round(cast.council, opened_at=None))
    criterion = (await criteria_of([ours.id]))[ours.id][0]
    other = await a_cast(await a_council("handicapraad"), "other_")
    theirs = await a_prize(await a_round(other.council, opened_at=None), "handicapprisen")
    client.cookies = await sign_in_as(other.secretary)
    assert (await client.get(f"{BASE}/runder/2026")).status_code == 404
    path = f"/handicapraad/opsaetning/runder/2026/priser/{theirs.slug}/kriterier/{criterion.id}"
    assert (await client.get(path)).status_code == 404
    assert (await client.post(f"{path}/fjern")).status_code == 404
    assert await Criterion.count() == 8


async def test_two_councils_are_set_up_in_one_installation(desk: httpx.AsyncClient, cast: Cast) -> None:
    fields: Fields = {
        "id": str(uuid4()),
        "slug": "handicapraad",
        "name": "Handicaprådet",
        "municipality": "Køge Kommune",
        "email": "handicapraad@example.dk",
        "phone": "56 67 67 67",
        "accent": "4",
        "quorum_rule": "majority",
        "tie_rule": "chair",
        "ballots_kept_days": "28",
        "nominations_kept_months": "12",
    }
    for _ in range(2):
        made = await sent(desk, f"{BASE}/nyt-raad", fields)
    assert made.headers["location"] == "/handicapraad/opsaetning"
    assert await Council.count() == 2
    assert "Handicaprådet" in (await desk.get("/handicapraad/opsaetning")).text
    taken = await desk.post(f"{BASE}/nyt-raad", data=fields | {"id": str(uuid4()), "slug": "log-ind"})
    assert taken.status_code == 409
    assert "bruges af siden selv" in taken.text
    await sent(desk, "/handicapraad/opsaetning/runder/ny", {"id": str(uuid4()), "year": "2026", "title": "Prisen"})
    assert "Prisen" not in (await desk.get(f"{BASE}")).text
    assert await Round.count() == 1


async def test_everything_is_in_the_chain(desk: httpx.AsyncClient, cast: Cast) -> None:
    await set_up(desk, REAL_PRIZES[0])
    done = [json.loads(row.body)["what"] for row in await Audit.objects().order_by(Audit.seq)]
    assert done == ["rounds.created", "rounds.described", "rounds.prize_added", *["rounds.criterion_added"] * 4]
    by = {json.loads(row.body)["by"] for row in await Audit.objects()}
    assert by == {str(cast.secretary.id)}


async def test_a_round_of_ten_prizes_asks_the_database_no_more_often_than_one_of_one(
    desk: httpx.AsyncClient, cast: Cast
) -> None:
    round = await a_round(cast.council, opened_at=None)
    await a_prize(round)
    with count_queries() as one:
        await desk.get(f"{BASE}/runder/2026")
        await desk.get(BASE)
    for number in range(9):
        await a_prize(round, f"pris-{number}", position=number + 2)
        await a_round(cast.council, 2027 + number)
    with count_queries() as ten:
        await desk.get(f"{BASE}/runder/2026")
        await desk.get(BASE)
    assert ten.number == one.number


async def test_it_is_complete_in_english(desk: httpx.AsyncClient, cast: Cast) -> None:
    await a_round(cast.council, opened_at=None)
    page = await desk.get(f"/en{BASE}/runder/2026")
    assert "Add a prize" in page.text
    assert f'href="/en{BASE}/runder/2026/priser/ny"' in page.text
