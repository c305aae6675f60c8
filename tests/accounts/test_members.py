"""Members sign in with a mailed link and their card: both, and nothing less."""

import asyncio
from datetime import timedelta

import httpx
import pytest

from awards.accounts.cards import issue_cards
from awards.accounts.sessions import cookie_name
from awards.accounts.tables import Link, Person, PollCard, Session
from awards.app import Awards
from awards.outbox.tables import Mail
from awards.settings import Settings
from awards.web.identity import Actor
from tests.accounts.helpers import mailed_link
from tests.builders import FakeClock, a_person
from tests.conftest import SignIn
from tests.queries import count_queries

SECRETARY = Actor(name="secretary")
LINK = "accounts/sign-in"


@pytest.fixture
async def member(app: Awards) -> Person:
    return await a_person("member")


@pytest.fixture
async def code(member: Person, clock: FakeClock) -> str:
    return (await issue_cards([member], council=None, by=SECRETARY, clock=clock))[0].code


async def ask(client: httpx.AsyncClient, email: str = "member@example.dk", back: str = "") -> httpx.Response:
    return await client.post("/log-ind", data={"email": email, "next": back})


async def test_a_member_signs_in_with_link_and_card(client: httpx.AsyncClient, code: str, settings: Settings) -> None:
    await ask(client, " Member@Example.DK ", "/koege/2026")
    path = await mailed_link(LINK, settings)
    shown = await client.get(path)
    assert shown.status_code == 200
    assert await Session.count() == 0, "opening the link signs nobody in"
    typed = f" {code[:5].lower()} {code[5:].lower()} "
    answer = await client.post(path.split("?")[0], data={"code": typed, "next": "/koege/2026"})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/koege/2026"
    assert cookie_name(settings) in answer.cookies
    session = await Session.objects().first()
    assert session is not None
    assert session.stepped_up_at is not None


async def test_a_link_signs_in_once(client: httpx.AsyncClient, code: str, settings: Settings) -> None:
    await ask(client)
    path = (await mailed_link(LINK, settings)).split("?")[0]
    assert (await client.post(path, data={"code": code})).status_code == 303
    again = await client.post(path, data={"code": code})
    assert again.status_code == 409
    assert "Linket er brugt" in again.text


async def test_the_mail_leads_on_again_and_again_for_whoever_is_signed_in(
    client: httpx.AsyncClient, code: str, settings: Settings, sign_in_as: SignIn
) -> None:
    await ask(client, back="/koege/2026")
    path = await mailed_link(LINK, settings)
    await client.post(path.split("?")[0], data={"code": code})
    again = await client.get(path)
    assert (again.status_code, again.headers["location"]) == (303, "/koege/2026")
    client.cookies = await sign_in_as(await a_person("stranger"))
    assert "Linket er brugt. Bed om et nyt." in (await client.get(path)).text, "it is not the stranger's"


async def test_a_link_that_is_too_old_asks_where_to_send_a_new_one(
    client: httpx.AsyncClient, code: str, settings: Settings, clock: FakeClock
) -> None:
    await ask(client, back="/koege/2026")
    path = await mailed_link(LINK, settings)
    clock.advance(timedelta(minutes=30))
    shown = await client.get(path)
    assert shown.status_code == 409
    assert "Linket er udløbet. Bed om et nyt." in shown.text
    assert 'name="next" value="/koege/2026"' in shown.text


async def test_a_link_is_good_for_thirty_minutes(
    client: httpx.AsyncClient, code: str, settings: Settings, clock: FakeClock
) -> None:
    await ask(client)
    path = (await mailed_link(LINK, settings)).split("?")[0]
    clock.advance(timedelta(minutes=30))
    assert (await client.post(path, data={"code": code})).status_code == 409


async def test_a_mistyped_code_costs_nothing_but_a_try(
    client: httpx.AsyncClient, code: str, settings: Settings
) -> None:
    await ask(client)
    path = (await mailed_link(LINK, settings)).split("?")[0]
    wrong = await client.post(path, data={"code": "AAAAA AAAAA"})
    assert wrong.status_code == 422
    assert "Koden passer ikke" in wrong.text
    assert (await client.post(path, data={"code": code})).status_code == 303


async def test_five_wrong_codes_make_that_browser_wait(
    client: httpx.AsyncClient, code: str, settings: Settings, clock: FakeClock
) -> None:
    await ask(client)
    path = (await mailed_link(LINK, settings)).split("?")[0]
    for _try in range(5):
        await client.post(path, data={"code": "AAAAAAAAAA"})
    blocked = await client.post(path, data={"code": code})
    assert blocked.status_code == 429
    assert int(blocked.headers["retry-after"]) == 15 * 60
    clock.advance(timedelta(minutes=15))
    assert (await client.post(path, data={"code": code})).status_code == 303


async def test_strangers_never_lock_out_a_browser_that_signed_in_before(
    client: httpx.AsyncClient, app: Awards, code: str, settings: Settings
) -> None:
    await ask(client)
    await client.post((await mailed_link(LINK, settings)).split("?")[0], data={"code": code})
    await ask(client)
    path = (await mailed_link(LINK, settings)).split("?")[0]
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as stranger:
        for _try in range(6):
            answer = await stranger.post(path, data={"code": "AAAAAAAAAA"})
        assert answer.status_code == 429
    assert (await client.post(path, data={"code": code})).status_code == 303


async def test_nobody_learns_from_the_answer_who_has_an_account(client: httpx.AsyncClient, member: Person) -> None:
    known, unknown = await ask(client, "member@example.dk"), await ask(client, "nobody@example.dk")
    assert known.status_code == unknown.status_code == 200
    assert known.text.replace("member@", "nobody@") == unknown.text
    assert dict(known.headers) == dict(unknown.headers) | {"content-length": known.headers["content-length"]}


async def test_an_unknown_address_costs_the_same_statements_and_gets_no_mail(
    client: httpx.AsyncClient, member: Person
) -> None:
    await ask(client, "nobody@example.dk")
    assert await Mail.count() == 0
    assert await Link.count() == 1
    await ask(client, "member@example.dk")
    assert await Mail.count() == 1
    assert await Link.count() == 2


async def test_known_and_unknown_addresses_meet_the_same_limit(client: httpx.AsyncClient, member: Person) -> None:
    for email in ("member@example.dk", "nobody@example.dk"):
        statuses = [(await ask(client, email)).status_code for _try in range(6)]
        assert statuses == [200] * 5 + [429]


async def test_a_disabled_person_gets_no_link(client: httpx.AsyncClient, member: Person, clock: FakeClock) -> None:
    await Person.update({Person.disabled_at: clock.now()}).where(Person.id == member.id)
    await ask(client)
    assert await Mail.count() == 0


async def test_a_new_card_makes_the_old_one_worthless(
    client: httpx.AsyncClient, member: Person, code: str, settings: Settings, clock: FakeClock
) -> None:
    new = (await issue_cards([member], council=None, by=SECRETARY, clock=clock))[0].code
    assert await PollCard.count().where(PollCard.voided_at.is_null()) == 1
    assert await Mail.count().where(Mail.template == "accounts/new-card") == 1
    await ask(client)
    path = (await mailed_link(LINK, settings)).split("?")[0]
    assert (await client.post(path, data={"code": code})).status_code == 422
    assert (await client.post(path, data={"code": new})).status_code == 303


async def test_a_card_is_stored_as_a_slow_hash(member: Person, code: str) -> None:
    card = await PollCard.objects().first()
    assert card is not None
    assert card.code_hash.startswith("$argon2id$")
    assert code not in card.code_hash


@pytest.mark.parametrize("email", ["", "nobody", "a@b", "x" * 300 + "@example.dk", "<b>@example.dk"])
async def test_what_is_no_address_is_said_at_the_field(client: httpx.AsyncClient, email: str) -> None:
    answer = await ask(client, email)
    assert answer.status_code == 422
    assert 'id="email-error"' in answer.text


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/\\evil.example"])
async def test_the_way_back_stays_on_this_site(
    client: httpx.AsyncClient, code: str, settings: Settings, back: str
) -> None:
    await ask(client, back=back)
    path = await mailed_link(LINK, settings)
    assert "evil" not in path
    answer = await client.post(path.split("?")[0], data={"code": code, "next": back})
    assert answer.headers["location"] == "/min-side"


async def test_signing_out_ends_the_session_on_the_server(
    client: httpx.AsyncClient, code: str, settings: Settings
) -> None:
    await ask(client)
    await client.post((await mailed_link(LINK, settings)).split("?")[0], data={"code": code})
    assert (await client.get("/mine-enheder")).status_code == 200
    answer = await client.post("/log-ud")
    assert answer.headers["location"] == "/log-ud"
    assert await Session.count() == 0
    assert (await client.get("/mine-enheder")).status_code == 303


async def test_sign_in_links_of_the_demonstration_exist_only_there(
    client: httpx.AsyncClient, app: Awards, member: Person, settings: Settings, clock: FakeClock
) -> None:
    from awards.accounts.links import link_token, make_link

    link = await make_link("demo", member.id, now=clock.now(), expires_at=clock.now() + timedelta(days=7))
    path = f"/log-ind/demonstration/{await link_token(link, settings)}"
    assert (await client.get(path)).status_code == 404
    assert (await client.post(path)).status_code == 404
    app.state.demonstration = True
    assert (await client.get(path)).status_code == 200
    assert (await client.post(path)).status_code == 303
    assert (await client.post(path)).status_code == 409


async def test_known_and_unknown_addresses_cost_the_same_queries(client: httpx.AsyncClient, member: Person) -> None:
    with count_queries() as known:
        await ask(client, "member@example.dk")
    with count_queries() as unknown:
        await ask(client, "nobody@example.dk")
    assert known.number == unknown.number


async def test_a_link_pressed_twice_at_once_signs_in_once(
    client: httpx.AsyncClient, code: str, settings: Settings
) -> None:
    await ask(client)
    path = (await mailed_link(LINK, settings)).split("?")[0]
    answers = await asyncio.gather(*(client.post(path, data={"code": code}) for _tab in range(3)))
    assert sorted(answer.status_code for answer in answers) == [303, 409, 409]
    assert await Session.count() == 1


@pytest.mark.parametrize("code_typed", ["", "x" * 100_000, "\x00\x1b", "<script>", "🗝️ 🗝️", "١٢٣٤٥", "010190-1234"])
async def test_whatever_is_typed_as_a_code_gets_an_answer_at_the_field(
    client: httpx.AsyncClient, code: str, settings: Settings, code_typed: str
) -> None:
    await ask(client)
    path = (await mailed_link(LINK, settings)).split("?")[0]
    answer = await client.post(path, data={"code": code_typed})
    assert answer.status_code == 422
    assert 'id="code-error"' in answer.text


@pytest.mark.parametrize("token", ["x", "A" * 48, "..%2F..", "%00", "é", "=" * 40, "A" * 5000])
async def test_a_forged_link_is_not_found(client: httpx.AsyncClient, app: Awards, token: str) -> None:
    for path in ("log-ind/link", "invitation"):
        assert (await client.get(f"/{path}/{token}")).status_code == 404
