"""Who is what in a council, and who gets in."""

from datetime import date
from typing import Any

import httpx
import pytest
from litestar import get, post
from litestar.di import NamedDependency

from awards.app import Awards, create_app
from awards.councils.standing import Standing, roles_on
from awards.councils.tables import Office, Term
from awards.settings import Settings
from tests.builders import Cast, a_cast, a_council, an_office

TODAY = date(2026, 10, 1)


@get("/{council:str}/_desk")
async def for_the_secretary(standing: NamedDependency[Standing]) -> str:
    standing.require("secretary")
    return "in"


@get("/{council:str}/_anyone")
async def for_any_role(standing: NamedDependency[Standing]) -> str:
    standing.require()
    return "in"


@post("/{council:str}/_act")
async def act(standing: NamedDependency[Standing]) -> str:
    standing.require("secretary")
    return "in"


@pytest.fixture(scope="module")
def registered_app() -> Awards:
    """An application of this module's own, with probes."""
    application = create_app(Settings())
    for handler in (for_the_secretary, for_any_role, act):
        application.register(handler)
    return application


@pytest.fixture
async def people(app: Awards) -> Cast:
    return await a_cast(await a_council())


async def roles_of(people: Cast, name: str) -> set[str]:
    return set(await roles_on(people.council.id, getattr(people, name).id, TODAY))


async def test_roles_add_up(people: Cast) -> None:
    assert await roles_of(people, "chair") == {"chair", "member"}
    assert await roles_of(people, "member") == {"member"}
    assert await roles_of(people, "stranger") == set()


async def test_a_deputy_may_what_the_secretary_may(people: Cast) -> None:
    assert "secretary" in await roles_of(people, "deputy")


async def test_a_role_is_held_from_its_first_to_its_last_day(people: Cast) -> None:
    await Term.update({Term.ends: date(2026, 9, 30)}).where(Term.person == people.member.id)
    assert await roles_of(people, "member") == set()
    await Term.update({Term.ends: TODAY}).where(Term.person == people.member.id)
    assert await roles_of(people, "member") == {"member"}
    office = await an_office(people.council, people.stranger, "secretary")
    await Office.update({Office.starts: date(2026, 10, 2)}).where(Office.id == office.id)
    assert await roles_of(people, "stranger") == set()


async def test_a_role_in_another_council_does_not_count(
    people: Cast, client: httpx.AsyncClient, sign_in_as: Any
) -> None:
    other = await a_cast(await a_council("handicapraad"), "other_")
    client.cookies = await sign_in_as(other.secretary)
    assert (await client.get("/integrationsraad/_desk")).status_code == 404
    assert (await client.get("/handicapraad/_desk")).text == "in"


@pytest.mark.parametrize(("who", "status"), [("secretary", 200), ("deputy", 200), ("chair", 404), ("stranger", 404)])
async def test_only_the_role_gets_in_and_the_others_see_nothing(
    people: Cast, client: httpx.AsyncClient, sign_in_as: Any, who: str, status: int
) -> None:
    client.cookies = await sign_in_as(getattr(people, who))
    assert (await client.get("/integrationsraad/_desk")).status_code == status


async def test_any_role_is_enough_where_none_is_named(people: Cast, client: httpx.AsyncClient, sign_in_as: Any) -> None:
    client.cookies = await sign_in_as(people.member)
    assert (await client.get("/integrationsraad/_anyone")).text == "in"
    client.cookies = await sign_in_as(people.stranger)
    assert (await client.get("/integrationsraad/_anyone")).status_code == 404


async def test_an_anonymous_reader_signs_in_and_comes_back(people: Cast, client: httpx.AsyncClient) -> None:
    answer = await client.get("/en/integrationsraad/_desk?q=a%20b")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/en/log-ind?next=%2Fintegrationsraad%2F_desk%3Fq%3Da%2520b"


async def test_an_anonymous_act_is_not_done_and_says_so(people: Cast, client: httpx.AsyncClient) -> None:
    answer = await client.post("/integrationsraad/_act", headers={"Referer": "http://localhost/integrationsraad/_desk"})
    assert answer.status_code == 401
    assert 'href="/log-ind?next=%2Fintegrationsraad%2F_desk"' in answer.text


async def test_an_unknown_council_is_not_found(people: Cast, client: httpx.AsyncClient) -> None:
    assert (await client.get("/findes-ikke/_desk")).status_code == 404
