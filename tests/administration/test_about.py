"""The pages about the site: for everybody, in both languages, with one council and with several."""

from hashlib import sha256

import httpx
import pytest

from awards.accounts.jobs import LINKS_KEPT
from awards.administration.rules import DRAFTS_KEPT, mails_kept
from awards.web.static import FOLDER
from tests.builders import a_council

PAGES = ["/tilgaengelighed", "/privatliv", "/cookies", "/sikkerhed"]
PHONE = 'href="tel:+4556676767"'


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("path", PAGES)
async def test_everybody_may_read_them_and_caches_may_keep_them(
    client: httpx.AsyncClient, prefix: str, path: str
) -> None:
    await a_council()
    answer = await client.get(prefix + path)
    assert answer.status_code == 200
    assert answer.headers["cache-control"].startswith("public")
    assert "set-cookie" not in answer.headers
    assert "Integrationsrådet" in answer.text


@pytest.mark.parametrize("path", PAGES)
async def test_they_stand_before_there_is_a_council(client: httpx.AsyncClient, path: str) -> None:
    assert (await client.get(path)).status_code == 200


async def test_was_leads_to_the_accessibility_statement(client: httpx.AsyncClient) -> None:
    answer = await client.get("/was")
    assert (answer.status_code, answer.headers["location"]) == (303, "/tilgaengelighed")


async def test_the_statement_says_whom_to_call_and_where_to_complain(client: httpx.AsyncClient) -> None:
    await a_council()
    text = (await client.get("/tilgaengelighed")).text
    assert PHONE in text
    assert "integrationsraad@example.dk" in text
    assert "EN 301 549" in text
    assert "Digitaliseringsstyrelsen" in text


async def test_with_two_councils_the_statement_has_both_contacts(client: httpx.AsyncClient) -> None:
    await a_council()
    await a_council("handicapraad", name="Handicaprådet", phone="+45 11 22 33 44", email="handicapraad@example.dk")
    text = (await client.get("/tilgaengelighed")).text
    assert PHONE in text
    assert 'href="tel:+4511223344"' in text


async def test_a_council_tells_how_it_treats_personal_data(client: httpx.AsyncClient) -> None:
    await a_council(nominations_kept_months=7, ballots_kept_days=29)
    text = (await client.get("/privatliv")).text
    assert "Databeskyttelsesforordningens artikel 6, stk. 1, litra e" in text
    assert "dpo@example.dk" in text
    assert "7 måneder efter" in text
    # What `administration.rules` and `accounts.jobs` keep to.
    assert f"{DRAFTS_KEPT.days} dage efter, at du sidst skrev i dem" in text
    assert f"efter {mails_kept(7).days} dage" in text
    assert f"{LINKS_KEPT.days} dage" in text
    assert "29 dage efter" in text
    assert "Datatilsynet" in text


async def test_with_two_councils_one_chooses_whose_privacy_page_to_read(client: httpx.AsyncClient) -> None:
    await a_council()
    await a_council("handicapraad", name="Handicaprådet", nominations_kept_months=3)
    choice = (await client.get("/privatliv")).text
    assert 'href="/integrationsraad/privatliv"' in choice
    assert 'href="/handicapraad/privatliv"' in choice
    assert "3 måneder efter" in (await client.get("/handicapraad/privatliv")).text


async def test_an_unknown_council_has_no_privacy_page(client: httpx.AsyncClient) -> None:
    assert (await client.get("/findes-ikke/privatliv")).status_code == 404


async def test_the_cookie_page_names_the_cookies_that_are_set(client: httpx.AsyncClient) -> None:
    text = (await client.get("/cookies")).text
    assert "<code>session</code>" in text
    assert "<code>device</code>" in text
    assert "60 dage" in text
    assert "12 timer" in text


async def test_the_security_page_publishes_the_fingerprints_of_what_seals(client: httpx.AsyncClient) -> None:
    page = (await client.get("/sikkerhed")).text
    for name in ("seal.js", "ballot.js", "vendor/hpke-core.js"):
        assert sha256((FOLDER / name).read_bytes()).hexdigest() in page
    assert "Det kan vi ikke love" in page
