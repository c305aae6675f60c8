"""The journeys' own ground: the browser is what it claims to be, and the server starts and stops."""

from collections.abc import Iterator
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from litestar import Litestar, MediaType, get
from playwright.sync_api import Page

from e2e.conftest import Device
from e2e.server import serving

PAGE = """<!doctype html><html lang="da"><meta name="viewport" content="width=device-width">
<title>Prøve</title><p id="script">fra</p><script>document.getElementById("script").textContent = "til"</script>"""


def make(address: str) -> Litestar:
    @get("/", media_type=MediaType.HTML, sync_to_thread=False)
    def front() -> str:
        return PAGE

    @get("/adresse", media_type=MediaType.TEXT, sync_to_thread=False)
    def told() -> str:
        return address

    return Litestar([front, told], openapi_config=None)


@pytest.fixture
def site() -> Iterator[str]:
    with serving(make) as address:
        yield address


def test_a_page_is_seen_on_a_phone_in_denmark(page: Page, site: str) -> None:
    page.goto(site)
    assert page.evaluate("[innerWidth, innerHeight]") == [360, 740]
    assert page.evaluate("navigator.language") == "da-DK"
    assert page.evaluate("Intl.DateTimeFormat().resolvedOptions().timeZone") == "Europe/Copenhagen"


def test_javascript_is_on_or_off(phone: Device, javascript: bool, site: str) -> None:
    page = phone(javascript=javascript, base_url=site)
    page.goto("/")
    assert page.locator("#script").text_content() == ("til" if javascript else "fra")


def test_a_desktop_is_wide(desktop: Device, site: str) -> None:
    page = desktop(base_url=site)
    page.goto("/")
    assert page.evaluate("innerWidth") == 1280


def test_two_devices_share_no_cookie(phone: Device, site: str) -> None:
    first, second = phone(base_url=site), phone(base_url=site)
    first.goto("/")
    first.context.add_cookies([{"name": "hvem", "value": "den ene", "url": site}])
    second.goto("/")
    assert second.context.cookies() == []


def test_the_application_knows_its_address_and_is_gone_afterwards() -> None:
    with serving(make) as address:
        assert urlopen(f"{address}/adresse").read().decode() == address
    with pytest.raises(URLError):
        urlopen(address)


def test_an_application_that_cannot_start_says_so() -> None:
    async def broken() -> None:
        raise OSError("no disk")

    with (
        pytest.raises(RuntimeError, match="did not start"),
        serving(lambda address: Litestar([], on_startup=[broken], openapi_config=None)),
    ):
        pass
