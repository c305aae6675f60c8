"""A vote at a meeting of the demonstration's council, from the roll of those present to the tablet that is handed on.

Everything is done through the pages, and each of them is looked at on the way.
"""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from e2e.demonstration import Demonstration
from tests.cards import codes_in

COUNCIL = "/integrationsraad"
POLLS = f"{COUNCIL}/2026/afstemninger"
PRIZE = f"{COUNCIL}/2026/erhvervsprisen"
PRESENT = ("Formanden", "Medlem 1", "Medlem 2")


def hold(site: Demonstration, page: Page, look: Callable[[Page, str], None]) -> None:
    """Ends with the page at the tablet of an open vote, where one of three has voted."""
    code = _new_card(site, page, "Medlem 1", look)
    _prepare(page)
    look(page, "votes, one prepared for a meeting")
    site.become(page, "member_1")
    page.goto(f"{COUNCIL}/2026/afstemning")
    look(page, "a member's list before the vote at the meeting")
    site.become(page, "chair")
    page.goto(f"{PRIZE}/moede")
    look(page, "the meeting before the vote")
    page.get_by_role("button", name="Åbn afstemningen").click()
    expect(page.get_by_text("Ikke alle har stemt endnu")).to_be_visible()
    look(page, "the meeting during the vote")
    page.get_by_role("link", name="Stem på rådets tablet").click()
    expect(page.get_by_role("button", name="Åbn tabletten")).to_be_visible()
    look(page, "the tablet before it is opened")
    page.get_by_role("button", name="Åbn tabletten").click()
    tablet = page.locator(".code a").get_attribute("href") or ""
    look(page, "the tablet's address")
    site.become(page, "member_1")
    for path in (f"{COUNCIL}/2026/afstemning", f"{PRIZE}/stemmeseddel", tablet):
        page.goto(path)
        look(page, f"a member during the meeting, {path}")
    site.become(page, "secretary")
    for path in (POLLS, f"{PRIZE}/tavle", f"{PRIZE}/lukketid"):
        page.goto(path)
        look(page, f"the secretary during the meeting, {path}")
    site.become(page, "")
    _vote_on(page, tablet, code, look)


def _new_card(site: Demonstration, page: Page, name: str, look: Callable[[Page, str], None]) -> str:
    """A card is lost while a vote is open: the secretary asks, the chair confirms, the secretary prints a new one, and
    its code is read off the sheet."""
    site.become(page, "secretary")
    page.goto(f"{COUNCIL}/personer")
    page.get_by_role("link", name=name, exact=True).click()
    page.get_by_role("button", name="Bed formanden om et nyt kort").click()
    look(page, "somebody whose new card waits for the chair")
    person = page.url
    site.become(page, "chair")
    page.goto(f"{COUNCIL}/anmodninger")
    look(page, "a new card to confirm")
    page.get_by_role("button", name=f"Bekræft for {name}").click()
    expect(page.get_by_role("button", name=f"Bekræft for {name}")).to_have_count(0)
    site.become(page, "secretary")
    page.goto(person)
    look(page, "somebody whose new card is confirmed")
    page.goto(f"{COUNCIL}/personer/stemmekort?alle=1")
    page.evaluate("document.querySelectorAll('main [type=checkbox]').forEach(box => (box.checked = false))")
    page.get_by_label(name, exact=True).check()
    with page.expect_download() as sheet:
        page.locator("main form button").last.click()
    return codes_in(sheet.value.path().read_bytes())[0]


def _prepare(page: Page) -> None:
    """The secretary ends the vote from home, and prepares one for those who are present."""
    page.goto(POLLS)
    prize = page.locator("section", has=page.get_by_role("heading", name="Erhvervsprisen"))
    prize.get_by_text("Afslut afstemningen om Erhvervsprisen uden resultat").click()
    prize.get_by_label("Hvorfor?").fill("Rådet stemmer på mødet i stedet.")
    prize.get_by_role("button", name="Afslut afstemningen").click()
    prize.get_by_text("Stem på mødet i stedet").click()
    for name in PRESENT:
        prize.get_by_label(name, exact=True).check()
    prize.get_by_role("button", name="på mødet").click()
    expect(prize.get_by_text("Ret, hvem der er til stede")).to_be_visible()


def _vote_on(page: Page, tablet: str, code: str, look: Callable[[Page, str], None]) -> None:
    page.goto(tablet)
    look(page, "the tablet, waiting")
    page.get_by_role("button", name="Gå til stemmesedlen").click()
    expect(page.locator("#errors")).to_be_visible()
    look(page, "the tablet, without a code")
    page.get_by_label("Koden på dit stemmekort").fill(code)
    page.get_by_role("button", name="Gå til stemmesedlen").click()
    expect(page.locator("p[data-sealed-by=server]")).to_have_attribute("hidden", "")
    page.locator("button.pick").first.click()
    look(page, "the ballot on the tablet")
    page.get_by_role("button", name="Fortsæt", exact=True).click()
    look(page, "the ballot on the tablet, read through")
    page.get_by_role("button", name="Afgiv stemme").click()
    expect(page.get_by_role("heading", name="Din stemme er afgivet.")).to_be_visible()
    look(page, "the receipt on the tablet")
    page.get_by_role("button", name="Videre til den næste").click()
    expect(page.get_by_role("heading", name="Er det din tur?")).to_be_visible()
