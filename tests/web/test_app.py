"""The application as a whole: headers, languages, problems and cross-site requests."""

from pathlib import Path

import httpx
import pytest
from litestar import get, post

from awards.app import Awards, create_app
from awards.errors import RuleBroken
from awards.settings import Settings
from awards.web import templates


@get("/_refuse")
async def refuse() -> None:
    raise RuleBroken("The deadline has passed.")


@get("/_break")
async def fail() -> None:
    raise ValueError("secret detail")


@post("/_act", status_code=200)
async def act() -> str:
    return "done"


@pytest.fixture(scope="module")
def registered_app() -> Awards:
    """An application of this module's own, with probes."""
    application = create_app(Settings())
    for handler in (refuse, fail, act):
        application.register(handler)
    return application


async def test_an_unknown_page_is_a_page_for_people(client: httpx.AsyncClient) -> None:
    answer = await client.get("/findes-ikke")
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")
    assert "Vi kan ikke finde siden." in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


async def test_english_has_its_own_address(client: httpx.AsyncClient) -> None:
    answer = await client.get("/en/findes-ikke")
    assert "We cannot find the page." in answer.text
    assert answer.headers["content-language"] == "en"


async def test_a_refusal_is_told_in_words(client: httpx.AsyncClient) -> None:
    answer = await client.get("/_refuse")
    assert answer.status_code == 409
    assert "Fristen er udløbet." in answer.text


async def test_a_fault_of_ours_shows_a_code_and_nothing_else(client: httpx.AsyncClient) -> None:
    answer = await client.get("/_break")
    assert answer.status_code == 500
    assert "secret detail" not in answer.text
    assert "Noget gik galt hos os." in answer.text


async def test_htmx_gets_the_problem_as_a_fragment(client: httpx.AsyncClient) -> None:
    answer = await client.get("/_refuse", headers={"HX-Request": "true"})
    assert answer.status_code == 409
    assert "<html" not in answer.text
    assert "HX-Request" in answer.headers["vary"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "none"}, 200),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "http://localhost"}, 200),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, 403),
        ({}, 200),
    ],
)
async def test_only_our_own_pages_may_act(client: httpx.AsyncClient, headers: dict[str, str], status: int) -> None:
    assert (await client.post("/_act", headers=headers)).status_code == status


def test_templates_are_found_beside_the_package() -> None:
    assert (templates.TEMPLATES / "problem.html").exists()
    assert templates.TEMPLATES.parent == Path(__file__).parent.parent.parent
