"""Every language for whoever nominates; Danish and English for the council and the staff."""

import httpx
import pytest
from markupsafe import Markup

from awards.web.i18n import LANGUAGES, OFFICE, _, direction, is_reviewed, speaking
from awards.web.templates import environment
from awards.web.texts import danish, lang

FOR_EVERYBODY = [code for code in LANGUAGES if code not in OFFICE]


async def test_a_page_in_arabic_is_read_from_the_right(client: httpx.AsyncClient) -> None:
    answer = await client.get("/ar/cookies")
    assert '<html lang="ar" dir="rtl"' in answer.text
    assert answer.headers["content-language"] == "ar"


async def test_a_page_names_its_addresses_in_the_other_languages(client: httpx.AsyncClient) -> None:
    answer = await client.get("/cookies")
    for code, name in LANGUAGES.items():
        assert f'hreflang="{code}" href="http' in answer.text
        assert code == "da" or f'<a href="/{code}/cookies" lang="{code}" hreflang="{code}">{name}</a>' in answer.text


@pytest.mark.parametrize("code", FOR_EVERYBODY)
async def test_a_page_that_no_native_speaker_has_read_leads_to_the_danish_one(
    client: httpx.AsyncClient, code: str
) -> None:
    answer = await client.get(f"/{code}/tilgaengelighed")
    assert ('href="/tilgaengelighed" lang="da" dir="ltr"' in answer.text) is not is_reviewed(code)
    assert 'lang="da" dir="ltr"' not in (await client.get("/en/cookies")).text


@pytest.mark.parametrize("code", FOR_EVERYBODY)
@pytest.mark.parametrize("path", ["/log-ind", "/sikkerhed", "/mine-enheder?a=1"])
async def test_a_page_of_council_and_staff_leads_to_a_language_that_it_speaks(
    client: httpx.AsyncClient, code: str, path: str
) -> None:
    danish_one = await client.get(f"/{code}{path}", headers={"Accept-Language": f"{code},da;q=0.5"})
    english = await client.get(f"/{code}{path}", headers={"Accept-Language": f"{code}, en-GB;q=0.8, da;q=0.5"})
    assert (danish_one.status_code, danish_one.headers["location"]) == (303, path)
    assert (english.status_code, english.headers["location"]) == (303, f"/en{path}")


async def test_an_act_from_no_page_is_not_done(client: httpx.AsyncClient) -> None:
    answer = await client.post("/ar/log-ind", data={"email": "a@example.dk"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/log-ind")


async def test_an_unknown_page_is_told_of_in_the_language_of_the_address(
    client: httpx.AsyncClient,
) -> None:
    assert "لا نستطيع العثور على الصفحة." in (await client.get("/ar/findes-ikke")).text


def test_a_danish_name_keeps_its_direction_inside_an_arabic_sentence() -> None:
    with speaking("ar"):
        assert "\u2068Frivillighedsprisen\u2069" in _("Your nomination for %(prize)s", prize="Frivillighedsprisen")


def test_what_a_council_wrote_says_that_it_is_danish_elsewhere_than_in_danish() -> None:
    with speaking("ar"):
        assert danish("<Prisen>") == Markup('<bdi lang="da" dir="auto">&lt;Prisen&gt;</bdi>')
        assert [lang("ar"), lang("")] == [' dir="auto"'] * 2
    assert danish("Prisen") == "Prisen"


def test_a_reference_is_read_from_the_left_in_every_language() -> None:
    with speaking("ar"):
        assert environment().from_string("{{ a|ltr }}").render(a="2026-K7QF") == '<bdi dir="ltr">2026-K7QF</bdi>'
        assert direction("ar") == "rtl"
    with speaking("en"):
        assert environment().from_string("{{ a|ltr }}").render(a="2026-K7QF") == "2026-K7QF"
