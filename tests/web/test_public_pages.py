"""Public pages are kept, compressed and asked for again, and never in anybody's way."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import brotli
import httpx
import pytest

from awards.accounts.tables import Person
from awards.app import Awards
from awards.councils.tables import Council
from awards.db import transaction
from awards.rounds.tables import Round
from tests.builders import FakeClock, a_cast, a_council, a_round
from tests.queries import count_queries

SignIn = Callable[[Person], Awaitable[httpx.Cookies]]
FRONT = "/integrationsraad"


@pytest.fixture(autouse=True)
async def council(app: Awards) -> Council:
    made = await a_council()
    await a_round(made)
    return made


async def rename(name: str) -> None:
    await Council.update({Council.name: name}, force=True)


async def test_what_was_written_shows_in_the_next_answer(client: httpx.AsyncClient) -> None:
    assert "Integrationsrådet" in (await client.get(FRONT)).text
    await rename("Ældrerådet")
    assert "Ældrerådet" in (await client.get(FRONT)).text
    async with transaction():
        await rename("Handicaprådet")
    assert "Handicaprådet" in (await client.get(FRONT)).text


async def test_a_page_that_stands_is_not_made_again(
    client: httpx.AsyncClient, app: Awards, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = await client.get(FRONT)
    monkeypatch.delattr(type(app.state.database.engine), "run_querystring")  # nothing can be read any more
    second = await client.get(FRONT)
    assert (second.status_code, second.text) == (200, first.text)
    assert second.headers["content-security-policy"] == first.headers["content-security-policy"]


async def test_a_deadline_shows_after_two_seconds(client: httpx.AsyncClient, clock: FakeClock) -> None:
    before = (await client.get(FRONT)).text
    clock.advance(timedelta(days=60))
    assert (await client.get(FRONT)).text != before


async def test_a_signed_in_page_is_never_kept_nor_compressed(
    client: httpx.AsyncClient, council: Council, sign_in_as: SignIn
) -> None:
    cast = await a_cast(council)
    page = f"{FRONT}/opsaetning/medlemmer"
    client.cookies = await sign_in_as(cast.secretary)
    answer = await client.get(page)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert not {"etag", "content-encoding"} & set(answer.headers)
    client.cookies.clear()
    assert (await client.get(page)).status_code == 303


async def test_a_public_page_is_the_same_for_whoever_is_signed_in(
    client: httpx.AsyncClient, council: Council, sign_in_as: SignIn
) -> None:
    cast = await a_cast(council)
    client.cookies = await sign_in_as(cast.secretary)
    seen_by_secretary = (await client.get(FRONT)).text
    client.cookies.clear()
    await rename("Integrationsrådet")  # so that it is made anew
    assert (await client.get(FRONT)).text == seen_by_secretary


async def test_languages_are_kept_apart(client: httpx.AsyncClient) -> None:
    danish, english = await client.get(FRONT), await client.get(f"/en{FRONT}")
    assert (danish.headers["content-language"], english.headers["content-language"]) == ("da", "en")
    assert (await client.get(FRONT)).text == danish.text


async def test_a_browser_that_has_the_page_gets_304(client: httpx.AsyncClient) -> None:
    first = await client.get(FRONT)
    again = await client.get(FRONT, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    await rename("Ældrerådet")
    assert (await client.get(FRONT, headers={"If-None-Match": first.headers["etag"]})).status_code == 200


@pytest.mark.parametrize(
    ("accepted", "coding"), [("br", "br"), ("br;q=0, gzip", "gzip"), ("br;q=0", None), ("identity", None)]
)
async def test_a_page_is_encoded_as_the_browser_accepts(
    client: httpx.AsyncClient, accepted: str, coding: str | None
) -> None:
    async with client.stream("GET", FRONT, headers={"Accept-Encoding": accepted}) as answer:
        raw = b"".join([part async for part in answer.aiter_raw()])
    assert answer.headers.get("content-encoding") == coding
    assert answer.headers["content-length"] == str(len(raw))
    assert answer.headers["vary"] == "Accept-Encoding"
    if coding == "br":
        assert "Integrationsrådet" in brotli.decompress(raw).decode()


@pytest.mark.parametrize("path", [FRONT, "/log-ind", "/healthz"])
async def test_head_is_get_without_the_body(client: httpx.AsyncClient, path: str) -> None:
    whole, head = await client.get(path), await client.head(path)
    assert (head.status_code, head.content) == (whole.status_code, b"")
    assert head.headers["content-length"] == whole.headers["content-length"]


async def test_a_page_made_before_the_deadline_is_not_shown_at_it(client: httpx.AsyncClient, clock: FakeClock) -> None:
    deadline = datetime(2026, 11, 4, 11, tzinfo=UTC)
    clock.set(deadline - timedelta(seconds=1))
    before = (await client.get(FRONT)).text
    clock.set(deadline)
    assert (await client.get(FRONT)).text != before


async def test_a_page_that_no_longer_stands_is_made_once_for_all_who_ask(
    client: httpx.AsyncClient, clock: FakeClock
) -> None:
    await client.get(FRONT)
    with count_queries() as alone:
        await rename("Ældrerådet")
        await client.get(FRONT)
    with count_queries() as together:
        await rename("Handicaprådet")
        answers = await asyncio.gather(*(client.get(FRONT) for _reader in range(20)))
    assert all("Handicaprådet" in answer.text for answer in answers)
    assert together.number == alone.number


async def test_what_is_no_longer_public_keeps_nobody_waiting(client: httpx.AsyncClient, council: Council) -> None:
    await client.get(f"{FRONT}/2026")
    await Round.update({Round.opened_at: None}, force=True)
    answers = await asyncio.gather(*(client.get(f"{FRONT}/2026") for _reader in range(5)))
    assert {answer.status_code for answer in answers} == {404}


async def test_whoever_stops_waiting_stops_nobody_else(client: httpx.AsyncClient) -> None:
    await client.get(FRONT)
    await rename("Ældrerådet")
    readers = [asyncio.create_task(client.get(FRONT)) for _reader in range(5)]
    await asyncio.sleep(0)
    for reader in readers[:3]:
        reader.cancel()
    assert all("Ældrerådet" in answer.text for answer in await asyncio.gather(*readers[3:]))
