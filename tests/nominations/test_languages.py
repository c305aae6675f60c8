"""Everybody nominates in their own language, and is written to in the language of the pages."""

import re

import httpx
import pytest

from awards.nominations import actions
from awards.nominations.languages import NAMES, OTHER, written_in
from awards.nominations.tables import Nomination
from awards.outbox.rendering import compose
from awards.outbox.tables import Mail
from awards.rounds.tables import Prize
from awards.settings import Settings
from awards.web.i18n import LANGUAGES
from awards.web.identity import Actor
from tests.builders import FakeClock, a_council, a_prize, a_round
from tests.nominations.builders import NOMINATOR, NOMINEE, PRIZE, a_nomination, answers_to, reasons, the_nomination

STORY = "يطبخ كل شهر لمئة من الجيران الذين لا يلتقون عادة."


@pytest.fixture(autouse=True)
async def prize(app: object) -> Prize:
    return await a_prize(await a_round(await a_council()))


async def nominate(client: httpx.AsyncClient, prize: Prize, **said: str) -> Nomination:
    """In Arabic, from the first step to the receipt."""
    begun = await client.post(f"/ar{PRIZE}/indstil", data=NOMINEE | {"nominee": "محمد"})
    draft = begun.headers["location"].removesuffix("/begrundelse")
    assert re.match(r"/ar/kladder/[0-9a-f-]+$", draft)
    shown = await client.get(f"{draft}/begrundelse")
    assert '<option value="ar" selected>العربية</option>' in shown.text, "taken from the page until they say another"
    await client.post(f"{draft}/begrundelse", data=await reasons(prize) | {"story": STORY} | said)
    await client.post(f"{draft}/dig", data=NOMINATOR | {"nominator": "أميرة"})
    review = await client.get(f"{draft}/send")
    assert STORY in review.text
    sent = await client.post(f"{draft}/send")
    assert sent.headers["location"].startswith("/ar/kvittering/")
    found = await Nomination.objects().first()
    assert found is not None
    return found


async def test_a_nomination_says_which_language_it_is_written_in(client: httpx.AsyncClient, prize: Prize) -> None:
    nomination = await nominate(client, prize, written_in="ku")
    assert (nomination.language, nomination.written_in) == ("ar", "ku")


async def test_whoever_says_nothing_writes_in_the_language_of_the_pages(
    client: httpx.AsyncClient, prize: Prize
) -> None:
    nomination = await nominate(client, prize)
    assert (nomination.language, nomination.written_in) == ("ar", "ar")
    assert nomination.nominee == "محمد"


async def test_the_mail_to_a_nominator_is_in_the_language_of_their_pages(
    client: httpx.AsyncClient, prize: Prize, settings: Settings
) -> None:
    await nominate(client, prize, written_in="en")
    mail = await Mail.objects().first()
    assert mail is not None
    message = await compose(mail, settings)
    text, html = (message.get_body((kind,)) for kind in ("plain", "html"))
    assert text is not None
    assert html is not None
    assert "أكّد ترشيحك" in message["Subject"]
    assert "\u2068Frivillighedsprisen\u2069" in text.get_content()
    assert re.search(r"^http\S+/ar/bekraeft/\S+$", text.get_content(), re.MULTILINE), "no hidden sign in an address"
    assert '<html lang="ar" dir="rtl">' in html.get_content()


async def test_the_language_can_be_corrected(client: httpx.AsyncClient, prize: Prize, clock: FakeClock) -> None:
    nomination = await a_nomination(prize, clock)
    assert nomination.written_in == "da"
    await actions.edit_nomination(
        nomination.id,
        await answers_to(prize, written_in=OTHER),
        added=[],
        removed=[],
        seen=0,
        by=Actor(),
        clock=clock,
    )
    assert (await the_nomination(nomination.id)).written_in == OTHER


async def test_a_language_that_is_not_offered_is_refused(client: httpx.AsyncClient, prize: Prize) -> None:
    begun = await client.post(f"{PRIZE}/indstil", data=NOMINEE)
    answer = await client.post(begun.headers["location"], data=await reasons(prize) | {"written_in": "klingon"})
    assert answer.status_code == 422
    assert 'href="#written_in"' in answer.text


def test_every_language_stands_under_its_own_name() -> None:
    assert set(LANGUAGES) < set(NAMES)
    assert (NAMES["so"], NAMES["fa"], written_in(OTHER), written_in("")) == ("Soomaali", "فارسی", "Et andet sprog", "")


@pytest.mark.parametrize("code", LANGUAGES)
async def test_a_prize_can_be_read_aloud_as_plain_text_in_every_language(
    client: httpx.AsyncClient, prize: Prize, code: str
) -> None:
    prefix = "" if code == "da" else f"/{code}"
    whole = await client.get(f"{prefix}{PRIZE}")
    assert f'href="{prefix}{PRIZE}/tekst"' in whole.text
    plain = await client.get(f"{prefix}{PRIZE}/tekst")
    assert f'<html lang="{code}"' in plain.text
    assert prize.purpose in plain.text
    assert f'href="{prefix}{PRIZE}/indstil"' in plain.text
    assert "<nav" not in plain.text
    assert len(whole.content) < 60_000
