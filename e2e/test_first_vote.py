"""A new member with nothing but the mail and the card: from the invitation to the receipt, counted in taps."""

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from e2e.conftest import Device
from e2e.inspection import MOST_BYTES, weight
from e2e.mails import mailed_path
from e2e.scene import copied_scene, settings_of
from e2e.server import serving_awards
from e2e.test_passkeys import with_screen_lock
from tests.builders import FakeClock

NOW = datetime(2026, 11, 8, 12, tzinfo=UTC)
MOST_TAPS = 3  # after the ranking is made


@dataclass
class Thumb:
    """Taps, and keeps count of taps and of what each page took to load for the first time."""

    page: Page
    taps: int = 0
    heaviest: int = 0
    began: float = field(default_factory=time.monotonic)

    def press(self, name: str) -> None:
        self.tap(self.page.get_by_role("button", name=name, exact=True))

    def tap(self, target: Locator) -> None:
        target.click()
        self.taps += 1

    def see(self, heading: str) -> None:
        expect(self.page.get_by_role("heading", name=heading, exact=True)).to_be_visible()
        self.heaviest = max(self.heaviest, weight(self.page).bytes)


def test_a_new_member_votes_with_mail_and_card_alone(tmp_path: Path, phone: Device, javascript: bool) -> None:
    made = copied_scene(tmp_path, NOW, "open-vote", "ranked")
    with serving_awards(settings_of(tmp_path), FakeClock(NOW)) as address:
        page = with_screen_lock(phone(javascript=javascript, base_url=address))
        mail = mailed_path(tmp_path, "log-ind/link", to="member@example.dk")
        thumb = Thumb(page)
        page.goto(mail)
        thumb.taps += 1  # on the button in the mail
        thumb.see("Skriv koden fra dit stemmekort")
        page.get_by_label("Kode").fill(made["card"])
        thumb.press("Log ind")
        if javascript:
            thumb.see("Ét tryk næste gang?")
            thumb.tap(page.get_by_role("link", name="Fortsæt uden"))
        thumb.see("Integrationspriserne 2026")
        thumb.tap(page.get_by_role("link", name="Stem om Frivillighedsprisen"))
        thumb.see("Stem om Frivillighedsprisen")
        for place, name in enumerate(("bo", "ada"), start=1):
            thumb.tap(page.locator("button.pick", has_text=name))
            expect(page.locator("button.pick[aria-pressed=true]")).to_have_count(place)
        ranked = thumb.taps
        thumb.press("Fortsæt")
        thumb.see("Er det rigtigt?")
        thumb.press("Afgiv stemme")
        thumb.see("Din stemme er afgivet.")
        seconds = time.monotonic() - thumb.began
        print(f"{seconds:.0f} s, {thumb.taps} taps, {thumb.taps - ranked} after the ranking, {thumb.heaviest} bytes")
        assert thumb.taps - ranked <= MOST_TAPS
        assert thumb.heaviest <= MOST_BYTES
        page.goto(mail)  # opened once more, the mail leads on: no code, no new link
        thumb.see("Integrationspriserne 2026")
        expect(page.get_by_text("Tak – du har stemt")).to_be_visible()
