"""Two assessors: neither sees what the other thinks until both are in; what they differ on is settled in the open."""

from datetime import timedelta
from uuid import UUID, uuid4

import httpx
import pytest

from awards.errors import RuleBroken
from awards.rounds.tables import Round
from awards.screening import actions, rules
from awards.screening.actions import Judgement
from awards.screening.panel import give_opinion, panel_of
from awards.screening.tables import Candidate, Verdict
from awards.web.identity import Actor
from tests.builders import FakeClock
from tests.conftest import SignIn
from tests.queries import count_queries
from tests.screening.builders import HERE, Desk, a_nomination

CASE = f"{HERE}/2026-AAAA"
SECRET = "Det her må den anden ikke se endnu"


@pytest.fixture(autouse=True)
async def two(desk: Desk) -> None:
    await Round.update({Round.assessors: 2}).where(Round.id == desk.round.id)


def judged(desk: Desk, verdict: str, note: str = "") -> dict[UUID, Judgement]:
    return {criterion: Judgement(verdict, note) for criterion in desk.criteria}


def test_both_notes_go_with_what_two_agree_on() -> None:
    one, other = uuid4(), uuid4()
    opinions = {
        one: [{"verdict": "met", "note": "A"}, {"verdict": "met", "note": "B"}],
        other: [{"verdict": "met", "note": ""}, {"verdict": "unsure", "note": ""}],
    }
    assert rules.agreed(opinions) == {one: ("met", "A\nB")}
    assert rules.agreed({one: [{"verdict": "met", "note": ""}]}) == {}


def test_until_both_are_in_no_more_is_said_than_whose_turn_it_is() -> None:
    one, other = uuid4(), uuid4()
    assert rules.panel_state([], one, False) == "yours"
    assert rules.panel_state([other], one, False) == "yours"
    assert rules.panel_state([one], one, False) == "others"
    assert rules.panel_state([one, other], one, False) == "differ"
    assert rules.panel_state([one, other], one, True) == "judged"


async def test_each_judges_alone_and_they_settle_what_they_differ_on(
    desk: Desk, secretary: httpx.AsyncClient, sign_in_as: SignIn, clock: FakeClock
) -> None:
    await a_nomination(desk)
    own = secretary.cookies
    first, *rest = desk.criteria
    met = {f"verdict-{criterion}": "met" for criterion in desk.criteria}
    half = {f"verdict-{first}": "not_met", f"note-{first}": SECRET, "seen": "0"}
    assert (await secretary.post(f"{CASE}/vurdering", data=half)).status_code == 303
    assert SECRET in (await secretary.get(CASE)).text
    assert "Mangler din vurdering" in (await secretary.get(HERE)).text
    whole = met | half
    assert (await secretary.post(f"{CASE}/vurdering", data=whole)).status_code == 303
    assert "Mangler den andens vurdering" in (await secretary.get(HERE)).text
    assert await Verdict.count() == 0

    secretary.cookies = await sign_in_as(desk.cast.deputy)
    for path in (CASE, f"{CASE}/forloeb", HERE):
        assert SECRET not in (await secretary.get(path)).text, path
    page = (await secretary.get(CASE)).text
    assert "Den anden er færdig." in page
    assert "checked" not in page
    assert (await secretary.post(f"{CASE}/vurdering", data=met | {"seen": "0"})).status_code == 303

    for cookies in (secretary.cookies, own):
        secretary.cookies = cookies
        page = (await secretary.get(CASE)).text
        assert SECRET in page
        assert desk.cast.deputy.name in page
        assert page.count("De er uenige: Afgør det") == 1
        assert "De to er uenige" in (await secretary.get(HERE)).text
    assert {row["criterion"] for row in await Verdict.select(Verdict.criterion)} == set(rest)
    refused = await secretary.post(f"{CASE}/godkendelse")
    assert refused.status_code == 409

    clock.set(clock.now() + timedelta(minutes=1))
    settled = await secretary.post(f"{CASE}/vurdering", data=met | {"seen": "1"})
    assert settled.status_code == 303
    assert "Vurderet af begge" in (await secretary.get(HERE)).text
    assert (await secretary.post(f"{CASE}/godkendelse")).status_code == 303
    assert await Candidate.count() == 1


async def test_what_two_agree_on_stands_at_once(desk: Desk, clock: FakeClock) -> None:
    nomination = await a_nomination(desk)
    deputy = Actor(person_id=desk.cast.deputy.id, name="deputy")
    await give_opinion(nomination.id, judged(desk, "met", "Klart"), by=desk.secretary, clock=clock)
    await give_opinion(nomination.id, judged(desk, "unsure"), by=desk.secretary, clock=clock)
    await give_opinion(nomination.id, judged(desk, "unsure", "Tja"), by=deputy, clock=clock)
    rows = await Verdict.select(Verdict.verdict, Verdict.note)
    assert {(row["verdict"], row["note"]) for row in rows} == {("unsure", "Tja")}
    assert len(rows) == len(desk.criteria)
    assert await actions.accept(nomination.id, by=desk.secretary, clock=clock)


async def test_a_third_comes_too_late_and_a_half_opinion_does_not_count(desk: Desk, clock: FakeClock) -> None:
    nomination = await a_nomination(desk)
    people = [Actor(person_id=person.id) for person in (desk.cast.deputy, desk.cast.chair, desk.cast.member)]
    half = dict(list(judged(desk, "met").items())[:1])
    await give_opinion(nomination.id, half, by=desk.secretary, clock=clock)
    for person in people[:2]:
        await give_opinion(nomination.id, judged(desk, "met"), by=person, clock=clock)
    with pytest.raises(RuleBroken, match="Two have assessed"):
        await give_opinion(nomination.id, judged(desk, "not_met"), by=people[2], clock=clock)
    panel = await panel_of(nomination.id, desk.criteria, people[2].person_id)
    assert panel.is_complete
    assert {len(rows) for rows in panel.opinions.values()} == {2}


async def test_the_inbox_of_two_assessors_takes_as_many_queries_for_one_as_for_thirty(
    desk: Desk, secretary: httpx.AsyncClient, clock: FakeClock
) -> None:
    counts = []
    for numbers in (range(1), range(1, 30)):
        for n in numbers:
            nomination = await a_nomination(desk, f"2026-N{n:03}", nominee=f"Nummer {n}")
            await give_opinion(nomination.id, judged(desk, "met"), by=desk.secretary, clock=clock)
        with count_queries() as queries:
            page = await secretary.get(HERE)
        assert page.text.count("Mangler den andens vurdering") == numbers[-1] + 1
        counts.append(queries.number)
    assert counts[0] == counts[1]


async def test_the_round_asks_for_two_in_its_settings(desk: Desk, secretary: httpx.AsyncClient) -> None:
    settings = "/integrationsraad/opsaetning/runder/2026/om"
    page = (await secretary.get(settings)).text
    assert 'name="two_assessors" type="checkbox" value="1" checked' in page
