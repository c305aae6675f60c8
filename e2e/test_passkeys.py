"""Link and card once, one touch afterwards: on a phone with a screen lock, played by Chromium itself."""

import asyncio
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import Page, expect

from awards.accounts.cards import issue_cards
from awards.accounts.staff import invite
from awards.db import connect
from awards.db.migrate import migrate
from awards.settings import Settings
from awards.web.identity import Actor
from e2e.conftest import Device
from e2e.mails import mailed_path
from e2e.server import serving_awards
from tests.builders import FakeClock, a_cast, a_council, a_prize, a_round

ANDROID = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36"
)
OVERVIEW = re.compile("/integrationsraad/overblik$")
OPERATOR = Actor(name="operator")


@dataclass
class Site:
    address: str
    clock: FakeClock
    settings: Settings
    code: str  # of the member's card


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    clock, settings = FakeClock(), Settings(data_dir=tmp_path / "var", key_dir=tmp_path / "keys")

    async def prepare() -> str:
        async with connect(settings) as database:
            await migrate(database)
            council = await a_council()
            await a_prize(await a_round(council))
            cast = await a_cast(council)
            await invite(cast.secretary.id, council=council.id, by=OPERATOR, clock=clock)
            return (await issue_cards([cast.member], council=council.id, by=OPERATOR, clock=clock))[0].code

    with ThreadPoolExecutor(1) as apart:  # Playwright's loop runs in this thread
        code = apart.submit(asyncio.run, prepare()).result()
    with serving_awards(settings, clock) as address:
        yield Site(address, clock, settings, code)


def with_screen_lock(page: Page) -> Page:
    """The page's device can save credentials, and its owner unlocks it whenever asked."""
    page.set_default_timeout(10_000)
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return page


def sign_in_by_card(page: Page, site: Site) -> None:
    page.goto("/log-ind")
    page.get_by_label("Din e-mailadresse").fill("member@example.dk")
    page.get_by_role("button", name="Send linket").click()
    expect(page.get_by_role("heading", name="Se i din mail")).to_be_visible()
    page.goto(mailed_path(site.settings.data_dir, "log-ind/link"))
    page.get_by_label("Kode").fill(site.code)
    page.get_by_role("button", name="Log ind", exact=True).click()


def sign_out(page: Page) -> None:
    page.locator("summary", has_text="Menu").click()
    page.get_by_role("button", name=re.compile("^Log .* ud$")).click()
    expect(page.get_by_role("heading", name="Du er logget ud")).to_be_visible()


def test_a_member_saves_the_phone_and_signs_in_with_one_touch(phone: Device, site: Site) -> None:
    page = with_screen_lock(phone(base_url=site.address, user_agent=ANDROID))
    sign_in_by_card(page, site)
    page.get_by_role("button", name="Gem på denne telefon").click()
    page.wait_for_url(OVERVIEW)
    sign_out(page)

    site.clock.advance(timedelta(days=20))
    page.get_by_role("link", name="Log ind igen").click()
    page.get_by_role("button", name="Log ind med denne telefon").click()
    page.wait_for_url(OVERVIEW)

    site.clock.advance(timedelta(minutes=10))
    page.goto("/bekraeft-dig?next=/mine-enheder")
    page.get_by_role("button", name="Fortsæt med denne telefon").click()
    expect(page.get_by_text("Gemt 1. oktober 2026, sidst brugt i dag")).to_be_visible()

    page.get_by_role("button", name="Fjern Android-telefon").click()
    expect(page.get_by_text("Ingen endnu.")).to_be_visible()
    sign_out(page)
    page.get_by_role("link", name="Log ind igen").click()
    page.get_by_role("button", name="Log ind med denne telefon").click()
    expect(page.get_by_role("alert").filter(has_text="Enheden er ikke gemt her")).to_be_visible()
    sign_in_by_card(page, site)
    page.wait_for_url(OVERVIEW)


def test_who_touches_nothing_is_told_and_goes_on_with_the_code(phone: Device, site: Site) -> None:
    page = phone(base_url=site.address, user_agent=ANDROID)
    page.set_default_timeout(10_000)
    page.goto("/log-ind")
    page.evaluate("void (navigator.credentials.get = () => Promise.reject(new DOMException('', 'NotAllowedError')))")
    page.get_by_role("button", name="Log ind med denne telefon").click()
    expect(page.get_by_role("alert").filter(has_text="Det lykkedes ikke.")).to_be_visible()
    sign_in_by_card(page, site)
    page.wait_for_url(OVERVIEW)


def test_without_javascript_link_and_card_are_all_there_is(phone: Device, site: Site) -> None:
    page = phone(base_url=site.address, javascript=False, user_agent=ANDROID)
    page.goto("/log-ind")
    expect(page.get_by_role("button", name="Log ind med denne telefon")).to_have_count(0)
    sign_in_by_card(page, site)
    page.wait_for_url(OVERVIEW)
    page.goto("/mine-enheder/gem")
    expect(page.get_by_role("link", name="Fortsæt uden")).to_be_visible()


def test_staff_enrol_with_password_and_app_and_then_touch(desktop: Device, site: Site) -> None:
    page = with_screen_lock(desktop(base_url=site.address))
    page.goto(mailed_path(site.settings.data_dir, "invitation"))
    page.get_by_text("Jeg kan ikke scanne den").click()
    secret = page.locator("strong.code").inner_text().replace(" ", "")
    for label in ("Adgangskode", "Adgangskoden igen"):
        page.get_by_label(label, exact=True).fill("fire glade geder danser")
    page.get_by_label("Koden, som appen viser nu").fill(pyotp.TOTP(secret).at(site.clock.now()))
    page.get_by_role("button", name="Gem, og log ind").click()
    page.get_by_role("button", name="Gem på denne computer").click()
    page.wait_for_url(OVERVIEW)

    page.get_by_role("button", name=re.compile("^Log .* ud$")).click()
    page.goto("/log-ind?next=/integrationsraad/personer/stemmekort")
    page.get_by_role("button", name="Log ind med denne computer").click()
    expect(page.get_by_role("heading", name="Udskriv stemmekort")).to_be_visible()  # asks for a fresh proof


@pytest.mark.parametrize("width", [320, 360])
def test_no_page_is_wider_than_the_screen(phone: Device, site: Site, width: int) -> None:
    page = with_screen_lock(phone(base_url=site.address, user_agent=ANDROID, viewport={"width": width, "height": 740}))
    sign_in_by_card(page, site)
    page.get_by_role("button", name="Gem på denne telefon").wait_for()
    for path in ("/mine-enheder/gem", "/mine-enheder", "/bekraeft-dig", "/log-ind"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_without_javascript_the_page_says_why_there_is_no_button(phone: Device, site: Site) -> None:
    page = phone(base_url=site.address, javascript=False)
    page.goto("/log-ind")
    expect(page.get_by_text("kræver JavaScript og en nyere browser")).to_be_visible()
    expect(page.get_by_role("button", name="Log ind med")).to_have_count(0)
