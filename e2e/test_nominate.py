"""The public nominates, on a phone: prize page, four steps, receipt, and the own page by the mailed link."""

import asyncio
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from awards.db import connect
from awards.db.migrate import migrate
from awards.settings import Settings
from e2e.conftest import Device
from e2e.filling import STORY, fill_candidate, fill_nominator, fill_reasons, go_on
from e2e.mails import mailed_path
from e2e.server import serving_awards
from tests.builders import FakeClock, a_council, a_prize, a_round

PRIZE = "/integrationsraad/2026/frivillighedsprisen"
LATE = datetime(2026, 11, 4, 11, tzinfo=UTC)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "var", key_dir=tmp_path / "keys")


@pytest.fixture
def site(settings: Settings, clock: FakeClock) -> Iterator[str]:
    """A council with a round that is open, served."""

    async def prepare() -> None:
        async with connect(settings) as database:
            await migrate(database)
            await a_prize(await a_round(await a_council()), criteria=("fremmer respekt", "styrker fællesskaber"))

    with ThreadPoolExecutor(1) as apart:  # Playwright's loop runs in this thread
        apart.submit(asyncio.run, prepare()).result()
    with serving_awards(settings, clock) as address:
        yield address


def write_everything(page: Page) -> None:
    """From the prize page to the review."""
    page.goto(PRIZE)
    page.get_by_role("link", name="Indstil en kandidat").last.click()
    fill_candidate(page)
    go_on(page)
    fill_reasons(page)
    go_on(page)
    fill_nominator(page)
    go_on(page)
    expect(page.get_by_role("heading", name="Læs igennem og send")).to_be_visible()


def test_a_nomination_from_the_prize_page_to_its_status(
    phone: Device, javascript: bool, site: str, settings: Settings
) -> None:
    page = phone(javascript=javascript, base_url=site)
    write_everything(page)
    page.get_by_role("link", name="Ret navn").click()
    expect(page.get_by_label("Navn", exact=True)).to_have_value("Fællesspisning i Karlemosen")
    page.get_by_label("Navn", exact=True).fill("Karlemosens Fællesspisning")
    for _step in range(3):
        go_on(page)
    expect(page.get_by_text("Karlemosens Fællesspisning")).to_be_visible()
    page.get_by_role("button", name="Send indstillingen").click()
    expect(page.get_by_role("heading", name="Tak – vi har modtaget din indstilling.")).to_be_visible()
    expect(page.get_by_text(re.compile(r"Nummer 2026-\w{4}"))).to_be_visible()

    mailbox = phone(javascript=javascript, base_url=site)
    mailbox.goto(mailed_path(settings.data_dir, "bekraeft"))
    mailbox.get_by_role("button", name="Bekræft indstillingen").click()
    expect(mailbox.get_by_role("heading", name="Din indstilling af Karlemosens Fællesspisning")).to_be_visible()
    mailbox.get_by_role("link", name="Ret indstillingen").click()
    mailbox.get_by_label("Hvad har kandidaten gjort?").fill("Nu fortæller jeg det bedre.")
    mailbox.get_by_role("button", name="Gem ændringerne").click()
    expect(mailbox.get_by_text("Nu fortæller jeg det bedre.")).to_be_visible()
    mailbox.get_by_role("link", name="Træk den tilbage").click()
    mailbox.get_by_role("button", name="Træk indstillingen tilbage").click()
    expect(mailbox.get_by_role("heading", name="Trukket tilbage")).to_be_visible()


def test_mistakes_are_told_and_nothing_is_lost(phone: Device, javascript: bool, site: str) -> None:
    page = phone(javascript=javascript, base_url=site)
    page.goto(f"{PRIZE}/indstil")
    page.get_by_label("Navn", exact=True).fill("Fatima")
    go_on(page)
    summary = page.get_by_role("alert").filter(has_text="Vælg, hvem du indstiller")
    expect(summary).to_be_visible()
    expect(page.get_by_label("Navn", exact=True)).to_have_value("Fatima")
    expect(page).to_have_title(re.compile("^Fejl:"))
    fill_candidate(page)
    go_on(page)
    expect(page.get_by_role("heading", name="Begrundelsen")).to_be_visible()


def test_the_check_answers_while_one_writes(phone: Device, site: str) -> None:
    page = phone(base_url=site)
    page.goto(f"{PRIZE}/indstil")
    fill_candidate(page)
    expect(page.locator("#check")).to_contain_text("Kan indstilles til prisen.")
    go_on(page)
    page.get_by_label("Hvad har kandidaten gjort?").fill("Kort")
    expect(page.locator("#check")).to_contain_text("Uddyb gerne")
    expect(page.locator("#check")).to_contain_text("Mangler svar")
    expect(page.locator("#check-status")).to_have_text("1 af 3 besvaret.")
    page.reload()
    expect(page.get_by_label("Hvad har kandidaten gjort?")).to_have_value("Kort")


def test_without_javascript_a_button_checks(phone: Device, site: str) -> None:
    page = phone(javascript=False, base_url=site)
    page.goto(f"{PRIZE}/indstil")
    fill_candidate(page)
    page.get_by_role("button", name="Tjek det, jeg har skrevet").click()
    expect(page.locator("#check")).to_contain_text("Kan indstilles til prisen.")
    expect(page.get_by_label("Navn", exact=True)).to_have_value("Fællesspisning i Karlemosen")


def test_enter_in_a_field_goes_on(phone: Device, javascript: bool, site: str) -> None:
    page = phone(javascript=javascript, base_url=site)
    page.goto(f"{PRIZE}/indstil")
    fill_candidate(page)
    page.get_by_label("Navn", exact=True).press("Enter")
    expect(page.get_by_role("heading", name="Begrundelsen")).to_be_visible()


def test_files_go_along(phone: Device, javascript: bool, site: str) -> None:
    page = phone(javascript=javascript, base_url=site)
    page.goto(f"{PRIZE}/indstil")
    fill_candidate(page)
    go_on(page)
    fill_reasons(page)
    page.get_by_label("Bilag").set_input_files(
        {"name": "plakat.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}
    )
    page.get_by_role("button", name="Tilføj filerne").click()
    expect(page.get_by_role("link", name="plakat.pdf")).to_be_visible()
    expect(page.get_by_label("Hvad har kandidaten gjort?")).to_have_value(STORY)
    page.get_by_role("button", name="Fjern plakat.pdf").click()
    expect(page.get_by_role("link", name="plakat.pdf")).to_have_count(0)


def test_a_draft_goes_on_on_another_device(
    phone: Device, desktop: Device, javascript: bool, site: str, settings: Settings
) -> None:
    page = phone(javascript=javascript, base_url=site)
    page.goto(f"{PRIZE}/indstil")
    fill_candidate(page)
    go_on(page)
    page.get_by_label("Hvad har kandidaten gjort?").fill("Halvt færdig")
    page.get_by_role("button", name="Gem og fortsæt senere").click()
    page.get_by_label("E-mail").fill("amira@example.dk")
    page.get_by_role("button", name="Send mig et link").click()
    expect(page.get_by_role("heading", name="Vi har sendt dig et link")).to_be_visible()

    computer = desktop(javascript=javascript, base_url=site)
    computer.goto(mailed_path(settings.data_dir, "fortsaet"))
    computer.get_by_role("button", name="Fortsæt", exact=True).click()
    expect(computer.get_by_label("Hvad har kandidaten gjort?")).to_have_value("Halvt færdig")


def test_what_is_sent_too_late_can_be_copied(phone: Device, javascript: bool, site: str, clock: FakeClock) -> None:
    page = phone(javascript=javascript, base_url=site)
    write_everything(page)
    clock.set(LATE)
    page.get_by_role("button", name="Send indstillingen").click()
    expect(page.get_by_role("heading", name="Fristen er udløbet.")).to_be_visible()
    expect(page.get_by_label("Hvad kandidaten har gjort")).to_have_value(STORY)


def test_the_form_in_english(phone: Device, site: str, settings: Settings) -> None:
    page = phone(base_url=site)
    page.goto(f"/en{PRIZE}")
    page.get_by_role("link", name="Nominate a candidate").last.click()
    page.get_by_label("An association or organisation").check()
    page.get_by_label("Name", exact=True).fill("The Dinner")
    page.get_by_label("I do not know them").check()
    page.get_by_label("Makes an effort").check()
    page.get_by_label("Yes", exact=True).check()
    page.get_by_role("button", name="Continue", exact=True).click()
    page.get_by_label("What has the candidate done?").fill("They cook.")
    for number in (1, 2):
        page.get_by_label(f"Hvordan? ({number})").fill("They eat together.")
    page.get_by_role("button", name="Continue", exact=True).click()
    page.get_by_label("Your name").fill("Sam")
    page.get_by_label("E-mail").fill("sam@example.dk")
    page.get_by_label("How do you know the candidate?").fill("I eat there")
    page.get_by_role("button", name="Continue", exact=True).click()
    page.get_by_role("button", name="Send the nomination").click()
    expect(page.get_by_role("heading", name="Thank you – we have received your nomination.")).to_be_visible()
    assert mailed_path(settings.data_dir, "bekraeft").startswith("/en/")
