"""The whole story on a phone: from a nomination to the winner's public page, with JavaScript and without."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from e2e.conftest import Device
from e2e.scene import scene, settings_of
from e2e.server import serving_awards
from tests.builders import FakeClock

HERE = "/integrationsraad/2026"
OPEN = datetime(2026, 10, 1, 9, tzinfo=UTC)
AFTER_THE_DEADLINE = datetime(2026, 11, 5, 9, tzinfo=UTC)
VOTE_CLOSES = datetime(2026, 11, 15, 11, tzinfo=UTC)
ANNOUNCED = datetime(2026, 11, 26, 18, tzinfo=UTC)


@dataclass
class Stage:
    """The product running at the time that `clock` tells, and phones for its people."""

    address: str
    clock: FakeClock
    data_dir: Path
    hand_out: Callable[[], Page]

    def phone_of(self, name: str) -> Page:
        """The phone of somebody of the cast, signed in now."""
        page = self.hand_out()
        cookie = scene(self.data_dir, self.clock.now(), "sign-in", f"{name}@example.dk")
        page.context.add_cookies([{"name": cookie["name"], "value": cookie["value"], "url": self.address}])
        return page


@pytest.fixture
def stage(tmp_path: Path, phone: Device, javascript: bool) -> Iterator[Stage]:
    clock = FakeClock(OPEN)
    scene(tmp_path, OPEN, "set-up")
    with serving_awards(settings_of(tmp_path), clock) as address:
        yield Stage(address, clock, tmp_path, lambda: phone(javascript=javascript, base_url=address))


def choose(page: Page, name: str, value: str) -> None:
    """Tap the label of a radio button or box, as a thumb does."""
    page.locator(f"label[for='{page.locator(f'input[name={name!r}][value={value!r}]').get_attribute('id')}']").click()


def nominate(page: Page) -> str:
    """The public nominates in four steps; returns the reference."""
    page.set_default_timeout(8_000)
    page.goto("/")
    page.get_by_role("link", name="Indstil til Frivillighedsprisen").click()
    choose(page, "kind", "association")
    page.locator("[name=nominee]").fill("Cykelkøkkenet")
    page.locator("[name=contact]").fill("hej@cykel.example")
    choose(page, "tie", "address")
    choose(page, "aware", "yes")
    page.get_by_role("button", name="Fortsæt", exact=True).click()
    for box in page.locator("textarea").all():
        box.fill("De reparerer cykler sammen, så alle børn kan komme i skole.")
    page.get_by_role("button", name="Fortsæt", exact=True).click()
    page.locator("[name=nominator]").fill("Nadia O'Brien")
    page.locator("[name=email]").fill("nadia@example.dk")
    page.locator("[name=relation]").fill("Jeg er nabo")
    page.get_by_role("button", name="Fortsæt", exact=True).click()
    expect(page.get_by_text("Cykelkøkkenet").first).to_be_visible()
    page.get_by_role("button", name="Send indstillingen").click()
    expect(page.get_by_role("heading", name="Tak – vi har modtaget din indstilling.")).to_be_visible()
    found = re.search(r"2026-[A-Z0-9]{4,}", page.locator("main").inner_text())
    assert found
    return found[0]


def screen(page: Page, reference: str) -> None:
    """The secretary assesses every criterion of a nomination and accepts it."""
    page.goto(f"{HERE}/indstillinger")
    page.get_by_text(reference).first.wait_for()
    page.goto(f"{HERE}/indstillinger/{reference}")
    for name in [radio.get_attribute("name") for radio in page.locator("input[value=met]").all()]:
        choose(page, str(name), "met")
    page.get_by_role("button", name="Gem vurderingerne").click()
    page.get_by_role("button", name="Godkend indstillingen").click()
    expect(page.locator("main").get_by_text("Godkendt").first).to_be_visible()


def test_from_nomination_to_winner(stage: Stage) -> None:
    reference = nominate(stage.hand_out())

    stage.clock.set(AFTER_THE_DEADLINE)
    secretary = stage.phone_of("secretary")
    for each in (reference, "2026-SPRG"):
        screen(secretary, each)
    secretary.goto(f"{HERE}/nominerede")
    secretary.get_by_role("button", name="Bekræft de nominerede til Frivillighedsprisen").click()
    expect(secretary.get_by_text("Bekræftet")).to_be_visible()
