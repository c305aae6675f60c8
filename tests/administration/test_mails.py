"""The secretariat sees what was mailed, sends it again, and notes what came back."""

from datetime import timedelta
from uuid import UUID, uuid4

import httpx
import pytest

from awards.administration.words import LETTERS
from awards.db import transaction
from awards.outbox import enqueue
from awards.outbox.tables import Mail
from awards.web.templates import TEMPLATES
from tests.builders import Cast, FakeClock, a_cast, a_council
from tests.conftest import SignIn

MAILS = TEMPLATES / "mail"


@pytest.fixture
async def cast(client: httpx.AsyncClient, sign_in_as: SignIn) -> Cast:
    """The cast, with the secretary at the browser."""
    people = await a_cast(await a_council())
    client.cookies = await sign_in_as(people.secretary)
    return people


async def a_mail(cast: Cast, clock: FakeClock, state: str = "sent", **columns: object) -> UUID:
    async with transaction():
        mail = await enqueue(
            "nominations/confirm",
            to="aase@example.dk",
            name="Åse",
            council=cast.council.id,
            now=clock.now(),
            nomination=uuid4(),
            link=uuid4(),
        )
    changed = {"state": state, "message_id": "<first@localhost>", "attempts": 1} | columns
    if state == "sent":
        changed["sent_at"] = clock.now()
    await Mail.update(changed).where(Mail.id == mail)
    return mail


async def stored(mail: UUID) -> Mail:
    found = await Mail.objects().get(Mail.id == mail)
    assert found is not None
    return found


async def test_a_dead_letter_is_seen_at_once(client: httpx.AsyncClient, cast: Cast, clock: FakeClock) -> None:
    mail = await a_mail(cast, clock, "dead", last_error="550 <no> such mailbox")
    page = (await client.get("/integrationsraad/mails")).text
    assert "1 mail kunne ikke leveres" in page
    shown = (await client.get(f"/integrationsraad/mails/{mail}")).text
    assert "550 &lt;no&gt; such mailbox" in shown
    assert "Send den igen" in shown


async def test_mails_are_found_by_name_and_state(client: httpx.AsyncClient, cast: Cast, clock: FakeClock) -> None:
    await a_mail(cast, clock)
    for query, found in (("q=åse", True), ("q=AASE@", True), ("q=bo", False), ("status=dead", False)):
        page = (await client.get(f"/integrationsraad/mails?{query}")).text
        assert ("Bekræftelse af en indstilling" in page) is found, query


async def test_a_delivered_mail_is_sent_again_as_a_new_one(
    client: httpx.AsyncClient, cast: Cast, clock: FakeClock
) -> None:
    mail = await a_mail(cast, clock)
    clock.advance(timedelta(hours=3))
    answer = await client.post(f"/integrationsraad/mails/{mail}/afsendelse")
    assert answer.status_code == 303
    again = await stored(mail)
    assert (again.state, again.attempts, again.created_at) == ("queued", 0, clock.now())
    assert again.message_id not in ("", "<first@localhost>")


async def test_a_mail_that_came_back_is_noted_once_it_was_sent(
    client: httpx.AsyncClient, cast: Cast, clock: FakeClock
) -> None:
    mail = await a_mail(cast, clock)
    assert (await client.post(f"/integrationsraad/mails/{mail}/returnering")).status_code == 303
    assert (await stored(mail)).state == "returned"
    waiting = await a_mail(cast, clock, "queued")
    assert (await client.post(f"/integrationsraad/mails/{waiting}/returnering")).status_code == 409


async def test_only_the_councils_own_secretariat_sees_its_mails(
    client: httpx.AsyncClient, cast: Cast, clock: FakeClock, sign_in_as: SignIn
) -> None:
    mail = await a_mail(cast, clock)
    others = await a_cast(await a_council("handicapraad"), "other_")
    for person in (cast.member, cast.chair, cast.communications, cast.stranger, others.secretary):
        client.cookies = await sign_in_as(person)
        assert (await client.get("/integrationsraad/mails")).status_code == 404
        assert (await client.post(f"/integrationsraad/mails/{mail}/afsendelse")).status_code == 404
    client.cookies = await sign_in_as(others.secretary)
    assert (await client.get(f"/handicapraad/mails/{mail}")).status_code == 404


async def test_mails_that_let_somebody_in_are_not_shown(
    client: httpx.AsyncClient, cast: Cast, clock: FakeClock
) -> None:
    async with transaction():
        mail = await enqueue("ballots/opened", to="a@example.dk", council=cast.council.id, now=clock.now())
    assert "Kun modtageren må læse mailen" in (await client.get(f"/integrationsraad/mails/{mail}")).text


def test_every_letter_has_a_name() -> None:
    written = {str(path.relative_to(MAILS).with_suffix("")) for path in MAILS.rglob("*.subject")}
    assert written <= set(LETTERS)
