"""The council's tablet goes from hand to hand, and whoever comes next finds nothing; and trying how to vote."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Page, Request, expect

from e2e.conftest import Device
from e2e.scene import copied_scene, scene, settings_of
from e2e.server import serving_awards
from tests.builders import FakeClock

NOW = datetime(2026, 11, 8, 12, tzinfo=UTC)
TABLET = {"viewport": {"width": 800, "height": 1280}, "has_touch": True}


def vote(page: Page, *names: str) -> None:
    for name in names:
        page.locator("button.pick", has_text=name).click()
    page.get_by_role("button", name="Fortsæt", exact=True).click()
    expect(page.get_by_role("heading", name="Er det rigtigt?")).to_be_visible()
    page.get_by_role("button", name="Afgiv stemme").click()


def take_too_long(tablet: Page, code: str, clock: FakeClock) -> None:
    """The ballot is filled in when the ten minutes are over: the page says so, and leads back to the code."""
    tablet.get_by_label("Koden på dit stemmekort").fill(code)
    tablet.get_by_role("button", name="Gå til stemmesedlen").click()
    expect(tablet.locator("p[data-sealed-by=server]")).to_have_attribute("hidden", "")
    clock.advance(timedelta(minutes=10))
    vote(tablet, "ada")
    expect(tablet.get_by_role("alert")).to_contain_text("De ti minutter er gået")
    expect(tablet.get_by_role("heading", name="Er det rigtigt?")).to_be_visible()
    tablet.get_by_role("link", name="Skriv koden").click()


def test_two_members_vote_on_one_tablet(tmp_path: Path, desktop: Device) -> None:
    made = copied_scene(tmp_path, NOW, "open-tablet", "ranked")
    clock = FakeClock(NOW)
    with serving_awards(settings_of(tmp_path), clock) as address:
        tablet = desktop(base_url=address, **TABLET)
        tablet.set_default_timeout(8_000)
        tablet.goto(made["path"])
        take_too_long(tablet, made["cards"][0], clock)
        for code, name in zip(made["cards"], ("bo", "cem"), strict=True):
            tablet.get_by_label("Koden på dit stemmekort").fill(code)
            tablet.get_by_role("button", name="Gå til stemmesedlen").click()
            expect(tablet.locator("p[data-sealed-by=server]")).to_have_attribute("hidden", "")
            expect(tablet.locator("button.pick[aria-pressed=true]")).to_have_count(0)
            vote(tablet, name)
            expect(tablet.get_by_role("heading", name="Din stemme er afgivet.")).to_be_visible()
            assert tablet.evaluate("localStorage.length") == 0
            tablet.get_by_role("button", name="Videre til den næste").click()
            tablet.wait_for_url(re.compile(re.escape(made["path"]) + "$"))
            assert tablet.context.cookies() == []
            for _step in range(3):
                tablet.go_back()
                expect(tablet.get_by_label("Koden på dit stemmekort")).to_have_value("")
                expect(tablet.get_by_text(re.compile("Din stemme er afgivet|Er det rigtigt"))).to_have_count(0)
            tablet.goto(made["path"])
    counts = scene(tmp_path, NOW + timedelta(days=1), "count", made["poll"])
    assert counts == {"valid": 2, "blank": 0, "invalid": 0}


def test_a_trial_is_like_a_real_vote_and_the_phone_forgets_it(tmp_path: Path, phone: Device, javascript: bool) -> None:
    made = copied_scene(tmp_path, NOW, "open-vote", "ranked")
    with serving_awards(settings_of(tmp_path), FakeClock(NOW)) as address:
        page = phone(javascript=javascript, base_url=address)
        page.set_default_timeout(8_000)
        cookie = made["session"]
        page.context.add_cookies([{"name": cookie["name"], "value": cookie["value"], "url": address}])
        sent: list[Request] = []
        page.on("request", lambda request: sent.append(request))
        page.goto("/integrationsraad/2026/afstemning")
        page.get_by_role("link", name="Prøv at stemme").click()
        expect(page.get_by_text("Prøveafstemning – tæller ikke")).to_be_visible()
        if javascript:
            expect(page.locator("p[data-sealed-by=server]")).to_have_attribute("hidden", "")
        vote(page, "Te", "Kaffe")
        expect(page.get_by_role("heading", name="Sådan stemmer du")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        if javascript:
            assert page.evaluate("localStorage.length") == 0
            posted = [request for request in sent if request.method == "POST"]
            assert [request.url.rpartition("/")[2] for request in posted] == ["stemme"]
