"""The whole story on a phone: from a nomination to the winner's public page, with JavaScript and without."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from e2e.conftest import Device
from e2e.scene import copied_scene, scene, settings_of
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
    copied_scene(tmp_path, OPEN, "set-up")
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


def press(page: Page, action: str) -> None:
    """Press the button of the form that posts to an address ending in `action`."""
    page.locator(f"form[action$='{action}'] button[type=submit]").first.click()


def answer_inhabilitet(page: Page, too_close_to: str = "") -> None:
    page.goto(f"{HERE}/inhabilitet")
    if too_close_to:
        page.locator("fieldset", has_text=too_close_to).get_by_text("Inhabil", exact=True).click()
    else:
        page.locator("label[for=none]").click()
    page.locator("#form").get_by_role("button").last.click()
    page.wait_for_url("**/afstemning*")


def vote(page: Page, *names: str) -> None:
    """Rank by tapping the names, read it through, cast: three taps after the ranking is made at most."""
    page.goto(f"{HERE}/frivillighedsprisen/stemmeseddel")
    for place, name in enumerate(names, start=1):
        page.locator("button.pick", has_text=name).click()
        expect(page.locator("button.pick[aria-pressed=true]")).to_have_count(place)
    page.get_by_role("button", name="Fortsæt", exact=True).click()
    expect(page.get_by_role("heading", name="Er det rigtigt?")).to_be_visible()
    page.get_by_role("button", name="Afgiv stemme").click()
    expect(page.get_by_role("heading", name="Din stemme er afgivet.")).to_be_visible()


def approve(page: Page) -> None:
    page.goto(f"{HERE}/frivillighedsprisen/godkendelse")
    page.get_by_role("button", name="Godkend", exact=True).click()
    page.wait_for_load_state()


def write_about_the_winner(page: Page) -> None:
    page.goto(f"{HERE}/frivillighedsprisen/offentliggoerelse")
    page.locator("[name=line]").fill("et cykelværksted for hele byen")
    page.locator("[name=citation]").fill("De har lært hundrede børn at cykle.")
    page.locator("label[for=consent]").click()
    page.get_by_role("button", name="Gem, og se forhåndsvisningen").click()
    page.get_by_role("button", name="Offentliggør", exact=True).click()
    page.wait_for_url("**/vindere")


def test_from_nomination_to_winner(stage: Stage) -> None:
    public = stage.hand_out()
    reference = nominate(public)

    stage.clock.set(AFTER_THE_DEADLINE)
    secretary = stage.phone_of("secretary")
    for each in (reference, "2026-SPRG", "2026-HAVE"):
        screen(secretary, each)
    secretary.goto(f"{HERE}/nominerede")
    secretary.get_by_role("button", name="Bekræft de nominerede til Frivillighedsprisen").click()
    expect(secretary.get_by_text("Bekræftet")).to_be_visible()

    secretary.goto(f"{HERE}/afstemninger")
    press(secretary, "/afstemninger/spoergsmaal")
    members = {name: stage.phone_of(name) for name in ("chair", "vice-chair", "second-vice-chair", "member")}
    for page in members.values():
        answer_inhabilitet(page)
    recused = stage.phone_of("recused-member")
    answer_inhabilitet(recused, too_close_to="Haven for alle")

    secretary.goto(f"{HERE}/afstemninger")
    press(secretary, "/frivillighedsprisen/klargoering")
    press(secretary, "/frivillighedsprisen/aabning")

    vote(members["chair"], "Cykelkøkkenet", "Sprogcaféen på Torvet", "Haven for alle")
    vote(members["vice-chair"], "Haven for alle")
    vote(members["vice-chair"], "Cykelkøkkenet", "Sprogcaféen på Torvet")  # changed their mind: the last one counts
    vote(members["second-vice-chair"], "Sprogcaféen på Torvet", "Cykelkøkkenet")
    vote(members["member"], "Sprogcaféen på Torvet", "Cykelkøkkenet")
    recused.goto(f"{HERE}/frivillighedsprisen/stemmeseddel")
    expect(recused.locator("button.pick")).to_have_count(0)

    stage.clock.set(VOTE_CLOSES)
    chair = stage.phone_of("chair")
    chair.goto(f"{HERE}/afstemning")
    chair.goto(f"{HERE}/frivillighedsprisen/stemmelighed")
    expect(chair.get_by_role("heading", name="Stemmerne står lige.")).to_be_visible()
    chair.locator("label", has_text="Cykelkøkkenet").click()
    chair.locator("textarea").fill("De når flest børn.")
    chair.get_by_role("button", name="Træf beslutning").click()
    approve(chair)
    approve(stage.phone_of("secretary"))

    write_about_the_winner(stage.phone_of("communications"))
    public.goto(f"{HERE}/frivillighedsprisen/vinder")
    expect(public.get_by_text("Cykelkøkkenet")).to_have_count(0)
    stage.clock.set(ANNOUNCED)
    public.goto(f"{HERE}/frivillighedsprisen/vinder")
    expect(public.get_by_role("heading", level=1)).to_contain_text("Cykelkøkkenet")
    expect(public.get_by_text("De har lært hundrede børn at cykle.")).to_be_visible()
    public.goto("/integrationsraad/vindere")
    expect(public.get_by_text("Cykelkøkkenet")).to_be_visible()
