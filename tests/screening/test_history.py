"""What has happened to a nomination, and how its form stood at the deadline."""

from datetime import UTC, datetime, timedelta

import httpx

from awards.audit.readings import AGAIN_AFTER, readings_of
from awards.audit.tables import AccessLog
from awards.nominations import actions as nominations
from awards.nominations.rules import Answers
from awards.nominations.tables import Nomination
from awards.screening import actions, inquiries
from awards.screening.actions import Judgement
from awards.screening.history import Change, Versions, differences
from awards.web.identity import Actor
from tests.builders import FakeClock
from tests.conftest import SignIn
from tests.queries import count_queries
from tests.screening.builders import HERE, Desk, a_nomination

CASE = f"{HERE}/2026-AAAA"
NOON = datetime(2026, 11, 4, 11, tzinfo=UTC)


def form(story: str) -> list[dict[str, str]]:
    return [{"key": "Navn", "value": "Ada"}, {"key": "Historie", "value": story}]


def test_the_form_at_a_moment_is_the_one_that_no_earlier_change_had_replaced() -> None:
    versions = Versions(
        [(NOON - timedelta(hours=1), "edited", form("a")), (NOON, "edited", form("b"))],
        form("c"),
    )
    assert versions.at(NOON - timedelta(hours=2)) == form("a")
    assert versions.at(NOON - timedelta(minutes=1)) == form("b")
    assert versions.at(NOON) == form("b"), "a change at the deadline came too late"
    assert versions.at(NOON + timedelta(days=1)) == form("c")
    assert [changes for _at, _what, changes in versions.changes()] == [
        [Change("Historie", "a", "b")],
        [Change("Historie", "b", "c")],
    ]


def test_a_part_that_came_or_went_is_a_change() -> None:
    assert differences([{"key": "Navn", "value": "Ada"}], [{"key": "CVR", "value": "1"}]) == [
        Change("Navn", "Ada", ""),
        Change("CVR", "", "1"),
    ]


async def edit(nomination: Nomination, desk: Desk, clock: FakeClock, **columns: str) -> None:
    kept = {column._meta.name: getattr(nomination, column._meta.name) for column in nominations.EDITABLE}
    answers = Answers(kept | columns, {desk.criteria[0]: "Nu med flere ord."})
    await nominations.edit_nomination(nomination.id, answers, added=[], removed=[], seen=0, by=Actor(), clock=clock)


async def test_the_history_tells_who_did_what_and_what_it_changed(
    desk: Desk, clock: FakeClock, secretary: httpx.AsyncClient
) -> None:
    after = clock.now()
    nomination = await a_nomination(desk)
    clock.set(NOON - timedelta(hours=1))
    await edit(nomination, desk, clock, nominee="Cykelkøkkenet i Køge")
    clock.set(after)
    for verdict in ("not_met", "met"):
        judged = {criterion: Judgement(verdict, "") for criterion in desk.criteria}
        await actions.assess(nomination.id, judged, by=desk.secretary, clock=clock)
    await inquiries.ask(nomination.id, "Hvor mange?", after + timedelta(days=3), by=desk.secretary, clock=clock)
    await secretary.post(f"{CASE}/noter", data={"note": "Ringede til dem."})
    page = (await secretary.get(f"{CASE}/forloeb")).text
    told = ["Modtaget", "E-mailadressen er bekræftet", "Rettet af", "Vurderet", "Spurgt om mere", "Note fra"]
    places = [page.index(f"<b>{words}") for words in told]
    assert places == sorted(places)
    for words in (
        "Cykelkøkkenet i Køge",
        "Sådan gør de.",
        "Nu med flere ord.",
        "Kriterium 1: Opfyldt (før: Ikke opfyldt)",
        "Hvor mange?",
        "Ringede til dem.",
        desk.cast.secretary.name,
    ):
        assert words in page, words
    stood = (await secretary.get(f"{CASE}/ved-fristen")).text
    assert "Nu med flere ord." in stood
    assert "Sådan gør de." not in stood


async def test_notes_are_the_secretariats_own(desk: Desk, secretary: httpx.AsyncClient, sign_in_as: SignIn) -> None:
    await a_nomination(desk)
    assert (await secretary.post(f"{CASE}/noter", data={"note": " "})).status_code == 422
    await secretary.post(f"{CASE}/noter", data={"note": "Ring igen på mandag."})
    assert "Ring igen på mandag." in (await secretary.get(CASE)).text
    secretary.cookies = await sign_in_as(desk.cast.chair)
    for path in (CASE, f"{CASE}/forloeb", f"{CASE}/ved-fristen"):
        assert (await secretary.get(path)).status_code == 404


async def test_the_history_takes_as_many_queries_for_one_event_as_for_thirty(
    desk: Desk, secretary: httpx.AsyncClient
) -> None:
    await a_nomination(desk)
    counts = []
    for notes in (1, 29):
        for n in range(notes):
            await secretary.post(f"{CASE}/noter", data={"note": f"Note {n}"})
        with count_queries() as queries:
            assert (await secretary.get(f"{CASE}/forloeb")).status_code == 200
        counts.append(queries.number)
    assert counts[0] == counts[1]


async def test_it_tells_who_has_read_about_the_candidate_once_a_day(
    desk: Desk, secretary: httpx.AsyncClient, clock: FakeClock
) -> None:
    nomination = await a_nomination(desk)
    assert "Hvem har læst den" not in (await secretary.get(f"{CASE}/forloeb")).text
    for _again in range(3):
        await secretary.get(CASE)
    clock.advance(AGAIN_AFTER)
    await secretary.get(CASE)
    assert await AccessLog.count() == 2
    assert len(await readings_of(nomination.id)) == 1
    page = (await secretary.get(f"{CASE}/forloeb")).text.partition("Hvem har læst den")[2]
    assert f"<bdi>{desk.cast.secretary.name}</bdi>" in page
