"""Sessions: who a cookie speaks for, and for how long."""

from datetime import timedelta
from typing import Any

import httpx
import pytest
from litestar import get
from litestar.di import NamedDependency

from awards.accounts.sessions import begin_session, require_step_up, sign_in, step_up
from awards.accounts.tables import Person, Session
from awards.app import Awards, create_app
from awards.clock import Clock
from awards.settings import Settings
from awards.web.identity import ANONYMOUS, Actor
from awards.web.pages import Request
from tests.builders import FakeClock, a_person


@get("/_who")
async def who(request: Request) -> dict[str, Any]:
    return {"name": request.actor.name, "session": str(request.actor.session or "")}


@get("/_guarded")
async def guarded(request: Request, clock: NamedDependency[Clock]) -> str:
    require_step_up(request.actor, clock)
    return "in"


@pytest.fixture(scope="module")
def registered_app() -> Awards:
    """An application of this module's own, with probes."""
    application = create_app(Settings())
    application.register(who)
    application.register(guarded)
    return application


async def name_seen(client: httpx.AsyncClient) -> str:
    return str((await client.get("/_who")).json()["name"])


async def test_a_cookie_speaks_for_its_person(client: httpx.AsyncClient, sign_in_as: Any) -> None:
    client.cookies = await sign_in_as(await a_person("member"))
    assert await name_seen(client) == "member"


async def test_a_token_we_did_not_give_out_is_never_adopted(client: httpx.AsyncClient) -> None:
    client.cookies.set("session", "chosen-by-an-attacker")
    answer = await client.get("/_who")
    assert answer.json() == {"name": "", "session": ""}
    assert "set-cookie" not in answer.headers
    assert await Session.count() == 0


async def test_a_session_ends_after_twelve_hours_however_much_it_is_used(
    client: httpx.AsyncClient, sign_in_as: Any, clock: FakeClock
) -> None:
    client.cookies = await sign_in_as(await a_person("member"))
    clock.advance(timedelta(hours=11, minutes=59))
    assert await name_seen(client) == "member"
    clock.advance(timedelta(minutes=1))
    assert await name_seen(client) == ""


async def test_a_disabled_person_is_out_at_once(client: httpx.AsyncClient, sign_in_as: Any, clock: FakeClock) -> None:
    person = await a_person("member")
    client.cookies = await sign_in_as(person)
    await Person.update({Person.disabled_at: clock.now()}).where(Person.id == person.id)
    assert await name_seen(client) == ""


async def test_signing_in_changes_the_token_and_keeps_the_drafts(
    app: Awards, clock: FakeClock, settings: Settings
) -> None:
    before = await begin_session(agent="", clock=clock, settings=settings)
    person = await a_person("member")
    anonymous = Actor(session=before.session)
    after = await sign_in(person.id, before=anonymous, stepped_up=False, agent="", clock=clock, settings=settings)
    assert after.session == before.session
    assert after.cookie.value != before.cookie.value
    assert await Session.count() == 1


async def test_signing_in_as_somebody_else_leaves_the_first_session(
    app: Awards, clock: FakeClock, settings: Settings
) -> None:
    first, second = await a_person("member"), await a_person("secretary")
    one = await sign_in(first.id, before=ANONYMOUS, stepped_up=True, agent="", clock=clock, settings=settings)
    actor = Actor(person_id=first.id, session=one.session)
    two = await sign_in(second.id, before=actor, stepped_up=True, agent="", clock=clock, settings=settings)
    assert two.session != one.session
    assert await Session.count() == 1


async def test_a_step_up_lasts_ten_minutes_and_changes_the_token(
    client: httpx.AsyncClient, sign_in_as: Any, clock: FakeClock, settings: Settings
) -> None:
    person = await a_person("member")
    client.cookies = await sign_in_as(person, stepped_up=False)
    answer = await client.get("/_guarded?a=1")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/bekraeft-dig?next=%2F_guarded%3Fa%3D1"
    session = (await client.get("/_who")).json()["session"]
    opened = await step_up(Actor(person_id=person.id, session=session), clock=clock, settings=settings)
    assert await name_seen(client) == "", "the old token is dead"
    client.cookies.set("session", str(opened.cookie.value))
    assert (await client.get("/_guarded")).text == "in"
    clock.advance(timedelta(minutes=10))
    assert (await client.get("/_guarded")).status_code == 303


async def test_the_cookie_is_for_our_server_alone(app: Awards, clock: FakeClock) -> None:
    https = Settings(base_url="https://priser.example.dk")
    cookie = (await begin_session(agent="", clock=clock, settings=https)).cookie.to_header(header="")
    assert cookie.startswith("__Host-session=")
    for part in ("HttpOnly", "Secure", "SameSite=lax", "Path=/"):
        assert part in cookie
    assert "Domain" not in cookie


async def test_only_the_hash_of_a_token_is_stored(app: Awards, clock: FakeClock, settings: Settings) -> None:
    opened = await begin_session(agent="", clock=clock, settings=settings)
    assert str(opened.cookie.value) not in str(await Session.select())
