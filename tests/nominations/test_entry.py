"""The secretariat types in what came on paper or by phone."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import httpx
import pytest

from awards.nominations.tables import Attachment, Nomination
from awards.outbox.tables import Mail
from awards.rounds.tables import Prize
from tests.builders import Cast, FakeClock, a_cast, a_council, a_prize, a_round

ENTRY = "/integrationsraad/2026/indstillinger/ny"
LETTER = {
    "prize": "frivillighedsprisen",
    "source": "paper",
    "received_date": "2026-10-01",
    "kind": "person",
    "nominee": "Åse Ødegård",
    "story": "Hun hjælper alle på vejen.",
    "nominator": "Bent Bo",
}


@pytest.fixture
async def people(app: object) -> Cast:
    people = await a_cast(await a_council())
    await a_prize(await a_round(people.council))
    return people


@pytest.fixture
async def secretary(people: Cast, client: httpx.AsyncClient, sign_in_as: Any) -> httpx.AsyncClient:
    client.cookies = await sign_in_as(people.secretary)
    return client


async def test_a_letter_needs_no_address_and_sends_no_mail(secretary: httpx.AsyncClient, people: Cast) -> None:
    assert (await secretary.get(ENTRY)).status_code == 200
    answer = await secretary.post(ENTRY, data=LETTER)
    assert answer.status_code == 303, answer.text
    nomination = await Nomination.objects().first()
    assert nomination is not None
    assert answer.headers["location"] == f"/integrationsraad/2026/indstillinger/{nomination.reference}"
    assert (nomination.source, nomination.entered_by) == ("paper", people.secretary.id)
    assert nomination.received_at == datetime(2026, 9, 30, 22, tzinfo=UTC)
    assert await Mail.count() == 0


async def test_with_an_address_the_nominator_gets_the_link(secretary: httpx.AsyncClient) -> None:
    await secretary.post(ENTRY, data=LETTER | {"email": "bent@example.dk"})
    mail = await Mail.objects().first()
    assert mail is not None
    assert (mail.recipient, mail.template) == ("bent@example.dk", "nominations/confirm")


async def test_what_came_in_time_is_typed_in_after_the_deadline(
    secretary: httpx.AsyncClient, people: Cast, clock: FakeClock, sign_in_as: Any
) -> None:
    clock.set(datetime(2026, 11, 6, 9, tzinfo=UTC))
    secretary.cookies = await sign_in_as(people.secretary)
    in_time = LETTER | {"received_date": "2026-11-04", "received_time": "11.59"}
    assert (await secretary.post(ENTRY, data=in_time)).status_code == 303
    late = await secretary.post(ENTRY, data=in_time | {"received_time": "12.00"})
    assert late.status_code == 422
    assert "kom efter fristen" in late.text
    future = await secretary.post(ENTRY, data=in_time | {"received_date": "2026-11-07"})
    assert future.status_code == 422
    assert await Nomination.count() == 1


async def test_a_second_click_makes_no_second_nomination(secretary: httpx.AsyncClient) -> None:
    data = LETTER | {"nomination": str(uuid4())}
    first, second = [await secretary.post(ENTRY, data=data) for _click in range(2)]
    assert first.headers["location"] == second.headers["location"]
    assert await Nomination.count() == 1


async def test_what_is_missing_is_said_and_the_rest_is_kept(secretary: httpx.AsyncClient) -> None:
    answer = await secretary.post(ENTRY, data=LETTER | {"nominee": "", "source": ""})
    assert answer.status_code == 422
    for name in ("nominee", "source"):
        assert f'href="#{name}"' in answer.text
    assert "Hun hjælper alle" in answer.text


@pytest.mark.parametrize("who", ["stranger", "member", "chair", "communications"])
async def test_only_the_secretariat_types_in(
    people: Cast, client: httpx.AsyncClient, sign_in_as: Any, who: str
) -> None:
    client.cookies = await sign_in_as(getattr(people, who))
    assert (await client.get(ENTRY)).status_code == 404
    assert (await client.post(ENTRY, data=LETTER)).status_code == 404


async def test_a_visitor_is_asked_to_sign_in(people: Cast, client: httpx.AsyncClient) -> None:
    assert (await client.get(ENTRY)).headers["location"].startswith("/log-ind")


async def test_a_scan_is_read_by_the_secretariat_of_the_council_alone(
    secretary: httpx.AsyncClient, people: Cast, sign_in_as: Any
) -> None:
    scan = {"attachments": ("brev.pdf", b"%PDF-1.7 brev", "application/pdf")}
    shown = (await secretary.post(ENTRY, data=LETTER, files=scan)).headers["location"]
    stored = await Attachment.objects().first()
    assert stored is not None
    assert (await secretary.get(f"{shown}/bilag/{stored.id}")).content == b"%PDF-1.7 brev"
    assert (await secretary.get(f"{shown.replace('2026', '2025', 1)}/bilag/{stored.id}")).status_code == 404
    other = await a_cast(await a_council("handicapraad"), "other_")
    for person in (people.member, other.secretary):
        secretary.cookies = await sign_in_as(person)
        assert (await secretary.get(f"{shown}/bilag/{stored.id}")).status_code == 404


async def test_a_round_that_is_not_opened_takes_nothing(secretary: httpx.AsyncClient, people: Cast) -> None:
    await a_prize(await a_round(people.council, 2027, opened_at=None))
    assert (await secretary.get("/integrationsraad/2027/indstillinger/ny")).status_code == 404
    assert await Prize.count() == 2
