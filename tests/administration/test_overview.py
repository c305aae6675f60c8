"""The overview says what waits, to whom it concerns, and nothing about who has voted."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from awards.app import Awards
from awards.ballots.tables import Elector, Poll
from awards.nominations.tables import Nomination
from awards.rounds.tables import Prize, Round
from tests.builders import Cast, FakeClock, a_cast, a_council, a_prize, a_round, an_office

PAGE = "/integrationsraad/overblik"


@pytest.fixture
async def people(app: Awards) -> Cast:
    return await a_cast(await a_council())


@pytest.fixture
async def prize(people: Cast) -> Prize:
    return await a_prize(await a_round(people.council))


async def seen_by(client: httpx.AsyncClient, cookies: httpx.Cookies) -> str:
    client.cookies = cookies
    answer = await client.get(PAGE)
    assert answer.status_code == 200
    return answer.text


async def test_each_role_sees_its_own_pages(
    client: httpx.AsyncClient, people: Cast, prize: Prize, sign_in_as: Any
) -> None:
    secretary = await seen_by(client, await sign_in_as(people.secretary))
    member = await seen_by(client, await sign_in_as(people.member))
    assert "/integrationsraad/2026/indstillinger" in secretary
    assert "/integrationsraad/personer" in secretary
    assert "/integrationsraad/2026/afstemning" in member
    assert "/integrationsraad/personer" not in member


async def test_the_secretary_sees_what_waits(
    client: httpx.AsyncClient, people: Cast, prize: Prize, clock: FakeClock, sign_in_as: Any
) -> None:
    for number in range(2):
        await Nomination(prize=prize.id, reference=f"2026-{number}", received_at=clock.now()).save()
    text = await seen_by(client, await sign_in_as(people.secretary))
    assert "2 venter på dig" in text
    assert "8 kan ikke logge ind" in text


async def test_a_member_is_told_of_the_vote_they_take_part_in(
    client: httpx.AsyncClient, people: Cast, prize: Prize, clock: FakeClock, sign_in_as: Any
) -> None:
    closes_at = clock.now() + timedelta(days=3)
    poll = Poll(prize=prize.id, state="open", method="single", closes_at=closes_at, created_at=clock.now())
    await poll.save()
    await Elector(poll=poll.id, member=people.member.id).save()
    assert "Åben til" in await seen_by(client, await sign_in_as(people.member))
    assert "Åben til" not in await seen_by(client, await sign_in_as(people.recused_member))


async def test_a_round_that_is_not_open_is_the_secretarys_alone(
    client: httpx.AsyncClient, people: Cast, prize: Prize, sign_in_as: Any
) -> None:
    await Round.update({Round.opened_at: None}).where(Round.id == prize.round)
    assert "er ikke åbnet endnu" in await seen_by(client, await sign_in_as(people.secretary))
    assert "Integrationspriserne 2026" not in await seen_by(client, await sign_in_as(people.member))


async def test_signing_in_leads_to_the_only_council(client: httpx.AsyncClient, people: Cast, sign_in_as: Any) -> None:
    client.cookies = await sign_in_as(people.member)
    assert (await client.get("/min-side")).headers["location"] == PAGE


async def test_who_serves_in_two_councils_chooses(client: httpx.AsyncClient, people: Cast, sign_in_as: Any) -> None:
    await an_office(await a_council("handicapraad", name="Handicaprådet"), people.member, "secretary")
    client.cookies = await sign_in_as(people.member)
    assert "Handicaprådet" in (await client.get("/min-side")).text


async def test_who_has_no_role_is_told_so(client: httpx.AsyncClient, people: Cast, sign_in_as: Any) -> None:
    client.cookies = await sign_in_as(people.stranger)
    assert "ingen rolle" in (await client.get("/min-side")).text
