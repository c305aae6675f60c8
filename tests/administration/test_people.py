"""The secretary gives people their way in, and cannot use it to vote in their place."""

import re
from datetime import timedelta
from typing import Any

import httpx
import pytest

from awards.accounts.cards import issue_cards
from awards.accounts.sessions import sign_in
from awards.accounts.tables import PollCard, Session
from awards.administration.people import accesses
from awards.app import Awards
from awards.outbox.tables import Mail
from awards.settings import Settings
from awards.web.formats import local
from awards.web.identity import ANONYMOUS, Actor
from tests.builders import Cast, FakeClock, a_cast, a_council, a_person, an_office
from tests.queries import count_queries

BASE = "/integrationsraad/personer"


@pytest.fixture
async def cast(app: Awards) -> Cast:
    return await a_cast(await a_council())


@pytest.fixture
async def desk(client: httpx.AsyncClient, cast: Cast, sign_in_as: Any) -> httpx.AsyncClient:
    """The secretary's browser."""
    client.cookies = await sign_in_as(cast.secretary)
    return client


async def test_the_list_says_who_cannot_get_in(desk: httpx.AsyncClient, cast: Cast) -> None:
    answer = await desk.get(BASE)
    assert "5 medlemmer har ikke noget stemmekort" in answer.text
    assert answer.text.count("Intet stemmekort") == 5
    assert answer.text.count("Ikke inviteret") == 3
    assert "stranger" not in answer.text


async def test_the_list_costs_the_same_with_one_person_and_with_many(app: Awards, clock: FakeClock) -> None:
    council = await a_council()
    await an_office(council, await a_person("alone"), "secretary")
    today, now = local(clock.now()).date(), clock.now()
    with count_queries() as one:
        await accesses(council.id, today=today, now=now)
    await a_cast(await a_council("other"), "other_")
    for number in range(5):
        await an_office(council, await a_person(f"more{number}"), "communications")
    with count_queries() as many:
        await accesses(council.id, today=today, now=now)
    assert one.number == many.number


async def test_changes_of_access_ask_for_a_fresh_proof(desk: httpx.AsyncClient, cast: Cast, clock: FakeClock) -> None:
    clock.advance(timedelta(minutes=10))
    shown = await desk.get(f"{BASE}/{cast.member.id}")
    assert shown.headers["location"].startswith("/bekraeft-dig?next=")
    for path in ("stemmekort", f"{cast.member.id}", f"{cast.member.id}/luk", f"{cast.deputy.id}/invitation"):
        assert (await desk.post(f"{BASE}/{path}")).status_code == 401


async def test_a_changed_address_is_told_to_the_old_one(desk: httpx.AsyncClient, cast: Cast) -> None:
    page = f"{BASE}/{cast.member.id}"
    seen = re.search(r'name="seen" value="(\w+)"', (await desk.get(page)).text)
    assert seen
    data = {"name": "member", "email": "New@example.dk", "language": "en", "phone": "", "seen": seen[1]}
    assert (await desk.post(page, data=data)).status_code == 303
    told = await Mail.select(Mail.recipient).where(Mail.template == "accounts/email-changed").output(as_list=True)
    assert sorted(told) == ["member@example.dk", "new@example.dk"]
    assert (await desk.post(page, data=data)).status_code == 409, "the form was opened before the change"


async def test_two_people_never_share_an_address(desk: httpx.AsyncClient, cast: Cast) -> None:
    page = f"{BASE}/{cast.member.id}"
    seen = re.search(r'name="seen" value="(\w+)"', (await desk.get(page)).text)
    assert seen
    data = {"name": "member", "email": "chair@example.dk", "language": "da", "phone": "", "seen": seen[1]}
    answer = await desk.post(page, data=data)
    assert answer.status_code == 409
    assert "En anden har den e-mailadresse" in answer.text
    assert "chair@example.dk" in answer.text, "what was typed stays"


async def test_staff_are_invited_and_members_are_not(desk: httpx.AsyncClient, cast: Cast) -> None:
    assert (await desk.post(f"{BASE}/{cast.communications.id}/invitation")).status_code == 303
    assert await Mail.count().where(Mail.template == "accounts/invitation") == 1
    assert (await desk.post(f"{BASE}/{cast.member.id}/invitation")).status_code == 404
    assert (await desk.post(f"{BASE}/{cast.secretary.id}/invitation")).status_code == 409, "it takes two people"


async def test_a_closed_access_ends_everything_at_once(
    desk: httpx.AsyncClient, cast: Cast, clock: FakeClock, settings: Settings
) -> None:
    await issue_cards([cast.member], council=None, by=Actor(name="secretary"), clock=clock)
    await sign_in(cast.member.id, before=ANONYMOUS, stepped_up=True, agent="", clock=clock, settings=settings)
    assert (await desk.post(f"{BASE}/{cast.member.id}/luk")).status_code == 303
    assert not await Session.exists().where(Session.person == cast.member.id)
    assert not await PollCard.exists().where(PollCard.voided_at.is_null())
    assert (await desk.post(f"{BASE}/{cast.member.id}/aabn")).status_code == 303
    assert (await desk.post(f"{BASE}/{cast.secretary.id}/luk")).status_code == 409


async def test_who_serves_in_another_council_too_is_not_ours_alone(desk: httpx.AsyncClient, cast: Cast) -> None:
    other = await a_council("handicapraad")
    await an_office(other, cast.communications, "communications")
    assert (await desk.post(f"{BASE}/{cast.communications.id}/luk")).status_code == 409
    await an_office(other, cast.secretary, "secretary")
    assert (await desk.post(f"{BASE}/{cast.communications.id}/luk")).status_code == 303


async def test_people_of_another_council_are_not_found(desk: httpx.AsyncClient, cast: Cast) -> None:
    other = await a_cast(await a_council("handicapraad"), "other_")
    assert (await desk.get(f"{BASE}/{other.member.id}")).status_code == 404
    assert (await desk.post(f"{BASE}/{other.member.id}/luk")).status_code == 404
    assert (await desk.get(f"{BASE}/{cast.stranger.id}")).status_code == 404
