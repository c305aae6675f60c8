"""Staff: invitation, password and authenticator, and proving afresh who one is."""

import asyncio
from datetime import timedelta
from typing import Any

import httpx
import pytest

from awards.accounts.cards import issue_cards
from awards.accounts.staff import invitation_secret, invite
from awards.accounts.tables import Person, Session
from awards.accounts.totp import open_secret
from awards.app import Awards
from awards.errors import RuleBroken
from awards.outbox.tables import Mail
from awards.settings import Settings
from awards.web.identity import Actor
from tests.accounts.helpers import code_at, mailed_link
from tests.builders import FakeClock, a_person

PASSWORD = "fire glade geder danser"
CHIEF = Actor(name="operator")


@pytest.fixture
async def secretary(app: Awards) -> Person:
    return await a_person("secretary")


async def token_for(person: Person, settings: Settings, clock: FakeClock) -> str:
    await invite(person.id, council=None, by=CHIEF, clock=clock)
    return (await mailed_link("accounts/invitation", settings)).removeprefix("/invitation/")


async def enrol(client: httpx.AsyncClient, person: Person, settings: Settings, clock: FakeClock) -> str:
    """Accept an invitation; returns the authenticator's secret. The clock moves on to the next code."""
    token = await token_for(person, settings, clock)
    secret = await invitation_secret(token, clock=clock, settings=settings)
    code = code_at(secret, clock.now().timestamp())
    answer = await client.post(f"/invitation/{token}", data={"password": PASSWORD, "again": PASSWORD, "code": code})
    assert answer.status_code == 303, answer.text
    clock.advance(timedelta(seconds=90))
    return secret


async def sign_in(client: httpx.AsyncClient, secret: str, clock: FakeClock, **other: str) -> httpx.Response:
    code = code_at(secret, clock.now().timestamp())
    data = {"email": "secretary@example.dk", "password": PASSWORD, "code": code} | other
    return await client.post("/log-ind/adgangskode", data=data)


async def test_an_invitation_becomes_an_access(
    client: httpx.AsyncClient, secretary: Person, settings: Settings, clock: FakeClock
) -> None:
    token = await token_for(secretary, settings, clock)
    shown = await client.get(f"/invitation/{token}")
    assert "data:image/svg+xml" in shown.text
    secret = await enrol(client, secretary, settings, clock)
    assert (await client.get("/mine-enheder")).status_code == 200
    client.cookies.clear()
    assert (await sign_in(client, secret, clock)).status_code == 303


async def test_an_invitation_works_once_and_a_new_one_ends_the_old(
    client: httpx.AsyncClient, secretary: Person, settings: Settings, clock: FakeClock
) -> None:
    old = await token_for(secretary, settings, clock)
    new = await token_for(secretary, settings, clock)
    assert (await client.get(f"/invitation/{old}")).status_code == 409
    assert (await client.get(f"/invitation/{new}")).status_code == 200


async def test_the_authenticators_secret_is_sealed_in_the_database(
    client: httpx.AsyncClient, secretary: Person, settings: Settings, clock: FakeClock
) -> None:
    secret = await enrol(client, secretary, settings, clock)
    stored = await Person.objects().get(Person.id == secretary.id)
    assert stored is not None
    assert secret not in stored.totp_secret
    assert open_secret(stored.totp_secret, secretary.id, settings) == secret
    with pytest.raises(ValueError, match="no key"):
        open_secret(stored.totp_secret, (await a_person("stranger")).id, settings)


async def test_a_code_works_once(
    client: httpx.AsyncClient, secretary: Person, settings: Settings, clock: FakeClock
) -> None:
    secret = await enrol(client, secretary, settings, clock)
    assert (await sign_in(client, secret, clock)).status_code == 303
    client.cookies.clear()
    assert (await sign_in(client, secret, clock)).status_code == 422
    clock.advance(timedelta(seconds=30))
    assert (await sign_in(client, secret, clock)).status_code == 303


@pytest.mark.parametrize("wrong", [{"password": "not the password"}, {"code": "000000"}, {"email": "x@example.dk"}])
async def test_every_failure_gets_the_same_answer(
    client: httpx.AsyncClient, secretary: Person, settings: Settings, clock: FakeClock, wrong: dict[str, str]
) -> None:
    secret = await enrol(client, secretary, settings, clock)
    client.cookies.clear()
    answer = await sign_in(client, secret, clock, **wrong)
    assert answer.status_code == 422
    assert "passer ikke sammen" in answer.text
    assert PASSWORD not in answer.text


async def test_guessing_is_slowed_down_alike_for_known_and_unknown(
    client: httpx.AsyncClient, secretary: Person, settings: Settings, clock: FakeClock
) -> None:
    await enrol(client, secretary, settings, clock)
    client.cookies.clear()
    for email in ("secretary@example.dk", "nobody@example.dk"):
        data = {"email": email, "password": "x", "code": "000000"}
        statuses = [(await client.post("/log-ind/adgangskode", data=data)).status_code for _try in range(11)]
        assert statuses == [422] * 10 + [429]


@pytest.mark.parametrize(
    ("password", "again", "message"),
    [
        ("short", "short", "Brug mindst 15 tegn"),
        ("secretary secretary", "secretary secretary", "nem at gætte"),
        (PASSWORD, "noget helt andet her", "ikke ens"),
        ("", "", "Brug mindst 15 tegn"),
        ("x" * 5000, "x" * 5000, "højst 200"),
    ],
)
async def test_a_bad_password_is_explained_and_uses_nothing_up(
    client: httpx.AsyncClient,
    secretary: Person,
    settings: Settings,
    clock: FakeClock,
    password: str,
    again: str,
    message: str,
) -> None:
    token = await token_for(secretary, settings, clock)
    data = {"password": password, "again": again, "code": "123456"}
    answer = await client.post(f"/invitation/{token}", data=data)
    assert answer.status_code == 422
    assert message in answer.text
    assert (await client.get(f"/invitation/{token}")).status_code == 200


async def test_a_renewed_access_ends_all_sessions_and_is_told(
    client: httpx.AsyncClient, secretary: Person, settings: Settings, clock: FakeClock, sign_in_as: Any
) -> None:
    await sign_in_as(secretary)
    await enrol(client, secretary, settings, clock)
    assert await Session.count() == 1
    assert await Mail.count().where(Mail.template == "accounts/access-renewed") == 1


async def test_nobody_renews_their_own_access(secretary: Person, clock: FakeClock) -> None:
    with pytest.raises(RuleBroken, match="two people"):
        await invite(secretary.id, council=None, by=Actor(person_id=secretary.id), clock=clock)


@pytest.mark.parametrize("with_what", ["password", "code", "card"])
async def test_any_of_ones_own_proofs_steps_up(
    client: httpx.AsyncClient, secretary: Person, settings: Settings, clock: FakeClock, with_what: str, sign_in_as: Any
) -> None:
    secret = await enrol(client, secretary, settings, clock)
    card = (await issue_cards([secretary], council=None, by=CHIEF, clock=clock))[0].code
    client.cookies = await sign_in_as(secretary, stepped_up=False)
    proofs = {"password": PASSWORD, "code": code_at(secret, clock.now().timestamp()), "card": card.lower()}
    answer = await client.post("/bekraeft-dig", data={"proof": proofs[with_what], "next": "/a?b=c"})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/a?b=c"
    assert await Session.count().where(Session.stepped_up_at == clock.now()) == 1


async def test_a_wrong_proof_is_refused_and_limited(
    client: httpx.AsyncClient, secretary: Person, sign_in_as: Any
) -> None:
    client.cookies = await sign_in_as(secretary, stepped_up=False)
    statuses = [(await client.post("/bekraeft-dig", data={"proof": "wrong"})).status_code for _try in range(9)]
    assert statuses == [422] * 8 + [429]
    answer = await client.post("/bekraeft-dig", data={"proof": "x", "demonstration": "1"})
    assert answer.status_code == 429, "the demonstration's way past does not exist elsewhere"


async def test_a_person_sees_and_ends_their_own_sessions_only(
    client: httpx.AsyncClient, secretary: Person, sign_in_as: Any
) -> None:
    stranger = await a_person("stranger")
    await sign_in_as(stranger)
    await sign_in_as(secretary)
    client.cookies = await sign_in_as(secretary)
    theirs = await Session.objects().get(Session.person == stranger.id)
    assert theirs is not None
    await client.post(f"/mine-enheder/{theirs.id}")
    assert await Session.count() == 3
    await client.post("/mine-enheder/andre")
    assert await Session.count() == 2
    assert (await client.get("/mine-enheder")).status_code == 200


async def test_one_code_typed_twice_at_once_signs_in_once(
    client: httpx.AsyncClient, secretary: Person, settings: Settings, clock: FakeClock
) -> None:
    secret = await enrol(client, secretary, settings, clock)
    client.cookies.clear()
    answers = await asyncio.gather(*(sign_in(client, secret, clock) for _tab in range(2)))
    assert sorted(answer.status_code for answer in answers) == [303, 422]


@pytest.mark.parametrize("drift", [-30, 30])
async def test_a_clock_that_is_half_a_minute_off_is_forgiven(
    client: httpx.AsyncClient, secretary: Person, settings: Settings, clock: FakeClock, drift: int
) -> None:
    secret = await enrol(client, secretary, settings, clock)
    clock.advance(timedelta(minutes=5))
    code = code_at(secret, clock.now().timestamp() + drift)
    assert (await sign_in(client, secret, clock, code=code)).status_code == 303
    far = code_at(secret, clock.now().timestamp() + 4 * drift)
    assert (await sign_in(client, secret, clock, code=far)).status_code == 422
