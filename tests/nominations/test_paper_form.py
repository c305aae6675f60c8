"""The blank form on paper asks what the pages ask."""

import httpx
import pytest

from awards.rounds.tables import Criterion, Prize, Round
from tests.builders import FakeClock, a_council, a_prize, a_round
from tests.nominations.builders import PRIZE
from tests.pdfs import words_of


@pytest.fixture(autouse=True)
async def prize(app: object) -> Prize:
    return await a_prize(await a_round(await a_council()))


async def test_it_asks_every_question_and_says_where_it_goes(client: httpx.AsyncClient, prize: Prize) -> None:
    answer = await client.get(f"{PRIZE}/blanket")
    assert answer.headers["content-type"] == "application/pdf"
    words = words_of(answer.content)
    for question in ("Hvem indstiller du?", "Hvad har kandidaten gjort?", "Dit navn", "Torvet 1, 4600 Køge"):
        assert question in words
    criteria = await Criterion.objects().where(Criterion.prize == prize.id)
    assert criteria
    assert all((criterion.question or criterion.text) in words for criterion in criteria)


async def test_it_speaks_english_and_otherwise_danish(client: httpx.AsyncClient) -> None:
    assert "Whom do you nominate?" in words_of((await client.get(f"/en{PRIZE}/blanket")).content)
    assert (await client.get(f"/ar{PRIZE}/blanket")).headers["location"] == f"{PRIZE}/blanket"


async def test_letters_that_the_fonts_lack_do_not_stop_it(client: httpx.AsyncClient, prize: Prize) -> None:
    await Criterion.update({Criterion.question: "هل ساعد؟ 你好"}).where(Criterion.prize == prize.id)
    assert (await client.get(f"{PRIZE}/blanket")).content.startswith(b"%PDF")


async def test_there_is_none_once_nobody_can_nominate(client: httpx.AsyncClient, clock: FakeClock) -> None:
    round = await Round.objects().first()
    assert round is not None
    assert round.closes_at is not None
    assert "/blanket" in (await client.get(PRIZE)).text
    clock.set(round.closes_at)
    assert "/blanket" not in (await client.get(PRIZE)).text
    assert (await client.get(f"{PRIZE}/blanket")).status_code == 404
