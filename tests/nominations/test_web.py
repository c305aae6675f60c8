"""The public's way from the prize page to the receipt, over HTTP."""

import re
from datetime import UTC, datetime
from uuid import UUID

import httpx
import pytest

from awards.nominations.tables import Draft, Nomination
from awards.rounds.tables import Prize
from tests.builders import FakeClock, a_council, a_prize, a_round
from tests.nominations.builders import NOMINATOR, NOMINEE, PRIZE, STORY, fill

LATE = datetime(2026, 11, 4, 11, tzinfo=UTC)


@pytest.fixture(autouse=True)
async def prize(app: object) -> Prize:
    round = await a_round(await a_council())
    await a_prize(round, "erhvervsprisen", position=2, kinds=["company"])
    return await a_prize(round)


async def test_the_prize_page_can_be_cached_and_needs_no_cookie(client: httpx.AsyncClient) -> None:
    answer = await client.get(PRIZE)
    assert answer.status_code == 200
    assert "public" in answer.headers["cache-control"]
    assert "set-cookie" not in answer.headers


async def test_looking_at_the_form_writes_nothing(client: httpx.AsyncClient) -> None:
    answer = await client.get(f"{PRIZE}/indstil")
    assert answer.status_code == 200
    assert "set-cookie" not in answer.headers
    assert await Draft.count() == 0


async def test_a_nomination_goes_through_four_steps_to_its_receipt(client: httpx.AsyncClient, prize: Prize) -> None:
    draft = await fill(client, prize)
    review = await client.get(f"{draft}/send")
    for text in (NOMINEE["nominee"], STORY, "Amira Holm", "Svar 4"):
        assert text in review.text
    answer = await client.post(f"{draft}/send")
    assert answer.status_code == 303
    receipt = await client.get(answer.headers["location"])
    nomination = await Nomination.objects().first()
    assert nomination is not None
    assert nomination.reference in receipt.text
    assert nomination.email == "amira@example.dk"
    assert nomination.id == UUID(draft.removeprefix("/kladder/"))


async def test_sending_twice_gives_the_same_receipt(client: httpx.AsyncClient, prize: Prize) -> None:
    draft = await fill(client, prize)
    first = await client.post(f"{draft}/send")
    second = await client.post(f"{draft}/send")
    assert first.headers["location"] == second.headers["location"]
    assert await Nomination.count() == 1


async def test_what_is_wrong_is_said_and_what_is_typed_is_kept(client: httpx.AsyncClient) -> None:
    answer = await client.post(f"{PRIZE}/indstil", data={"nominee": "  Fatima & søn <b>", "cvr": "12"})
    assert answer.status_code == 422
    assert "Fatima &amp; søn &lt;b&gt;" in answer.text
    address = re.search(r'action="(/kladder/[0-9a-f-]+)/kandidat"', answer.text)
    assert address
    again = await client.get(f"{address[1]}/kandidat")
    assert "Fatima &amp; søn &lt;b&gt;" in again.text


async def test_a_draft_is_seen_only_by_its_holder(client: httpx.AsyncClient, prize: Prize) -> None:
    draft = await fill(client, prize)
    client.cookies.clear()
    for step in ("kandidat", "begrundelse", "dig", "send", "gem"):
        assert (await client.get(f"{draft}/{step}")).status_code == 404
    assert (await client.post(f"{draft}/send")).status_code == 404


async def test_a_nomination_sent_after_the_deadline_is_refused_with_its_text(
    client: httpx.AsyncClient, prize: Prize, clock: FakeClock
) -> None:
    draft = await fill(client, prize)
    clock.set(LATE)
    answer = await client.post(f"{draft}/send")
    assert answer.status_code == 410
    for text in (NOMINEE["nominee"], STORY, "Svar 3", "Amira Holm"):
        assert text in answer.text
    assert await Nomination.count() == 0
    assert (await client.get(f"{draft}/begrundelse")).text.count(STORY)


async def test_a_form_opened_before_the_deadline_and_begun_after_it_shows_its_text(
    client: httpx.AsyncClient, clock: FakeClock
) -> None:
    clock.set(LATE)
    answer = await client.post(f"{PRIZE}/indstil", data=NOMINEE)
    assert answer.status_code == 410
    assert NOMINEE["nominee"] in answer.text


async def test_too_many_drafts_from_one_address_wait_and_lose_nothing(client: httpx.AsyncClient) -> None:
    for _one in range(60):
        assert (await client.post(f"{PRIZE}/indstil", data={"nominee": "A"})).status_code == 422
    answer = await client.post(f"{PRIZE}/indstil", data=NOMINEE)
    assert answer.status_code == 429
    assert answer.headers["retry-after"]
    assert NOMINEE["nominee"] in answer.text


async def test_nobody_makes_us_flood_a_mailbox(client: httpx.AsyncClient) -> None:
    for _one in range(5):
        assert (await client.post("/find-indstilling", data={"email": "victim@example.dk"})).status_code == 200
    assert (await client.post("/find-indstilling", data={"email": "victim@example.dk"})).status_code == 429


async def test_the_form_asks_what_the_prize_needs(client: httpx.AsyncClient) -> None:
    round = await a_round(await a_council("handicapraad"))
    await a_prize(round, "til-mennesker", kinds=["person", "persons"], ties=["effort"], asks_phone=True)
    here = "/handicapraad/2026/til-mennesker"
    form = (await client.get(f"{here}/indstil")).text
    assert 'name="cvr"' not in form
    assert re.findall(r'name="tie" type="radio" value="(\w+)"', form) == ["effort", "address", "none", "unknown"]
    typed = NOMINEE | {"prize": "til-mennesker", "kind": "person"}
    refused = await client.post(f"{here}/indstil", data=typed | {"tie": "lives"})
    assert 'id="tie-error"' in refused.text
    assert "Gør en indsats til gavn for mennesker i kommunen" in (await client.get(here)).text
    draft = (await client.post(f"{here}/indstil", data=typed)).headers["location"].removesuffix("/begrundelse")
    answer = await client.post(f"{draft}/dig", data=NOMINATOR)
    assert "Skriv dit telefonnummer." in answer.text
