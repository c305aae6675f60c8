"""Every kind of page: nothing sticks out of a phone, everything has a name and shows its focus, and little is loaded.

What outside judges find (Nu, html-validate, axe, a walk by keyboard) is held here by the project itself. A page that
is new has to be reached by a link or stand in the lists below, otherwise the test says that it was not seen.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from awards.app import create_app
from e2e import meeting, screening
from e2e.conftest import PHONE
from e2e.demonstration import Demonstration, loaded, playing
from e2e.filling import fill_candidate, fill_nominator, fill_reasons, go_on
from e2e.inspection import COMMON, NARROWEST, faults
from e2e.mails import mailed, mailed_path
from e2e.scene import settings_of
from e2e.walk import Kinds, pages

HOME = "/integrationsraad"
SETUP = f"{HOME}/opsaetning"
ROUND = f"{HOME}/2026"
PRIZE = f"{ROUND}/frivillighedsprisen"

# Each walk finds what was not to be seen at the stages before.
STAGES = ("nominating", "voting", "tied", "published")
STAFF = ("secretary", "communications", "chair", "member_1")
# Looked at again in every walk: they show each stage and each role something else.
CHANGING = {"/min-side", "/{council}/overblik", "/{council}/{year}/afstemning", "/{council}/{year}/afstemninger"}
IN_MAILS = "min-indstilling|kandidat|log-ind/link"

# What no link leads to, by stage and by whose it is ("" is everybody).
UNLINKED: dict[tuple[str, str], tuple[str, ...]] = {
    ("nominating", ""): (
        ROUND,
        "/was",
        "/find-indstilling",
        "/log-ind",
        "/log-ind/adgangskode",
        "/log-ud",
        "/postkasse",
    ),
    ("nominating", "secretary"): ("/bekraeft-dig", f"{HOME}/databeskyttelse/slettet"),
    ("voting", "chair"): (f"{ROUND}/inhabilitet/tvivl", f"{HOME}/anmodninger"),
    ("tied", "chair"): (f"{PRIZE}/beslutning",),
    ("published", ""): (f"{PRIZE}/vinder",),
    ("published", "communications"): (f"{PRIZE}/forhaandsvisning",),
}
# Pages whose form is also sent with its texts empty: the page comes back and says what is wrong.
SENT_EMPTY: dict[tuple[str, str], tuple[str, ...]] = {
    ("nominating", ""): (f"{PRIZE}/indstil", "/log-ind", "/log-ind/adgangskode", "/find-indstilling"),
    ("nominating", "secretary"): (f"{SETUP}/raadet", f"{ROUND}/indstillinger/ny?pris=frivillighedsprisen"),
    ("tied", "chair"): (f"{PRIZE}/stemmelighed",),
    ("published", "communications"): (f"{PRIZE}/offentliggoerelse",),
}
# Lead on, or are twins of another page.
NOT_LOOKED_AT = {
    "/was",
    "/min-side",
    "/tavle/{token}/stemme",
    "/tavle/{token}/stemmeseddel/gennemsyn",
    "/tavle/{token}/videre",
    "/{council}/proeve",
    "/{council}/proeve/stemme",
    "/{council}/proeve/stemmeseddel/gennemsyn",
    "/log-ind/demonstration/{token}",
    "/{council}/{year}/{prize}/stemme",
    "/{council}/{year}/{prize}/stemmeseddel/bekraeftelse",
    "/{council}/{year}/{prize}/stemmeseddel/gennemsyn",
}


@dataclass
class Inspector:
    """Walks through the site, and collects what is wrong so that one run tells all of it."""

    kinds: Kinds
    pictures: Path | None = None
    looked_at: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)

    def look(self, page: Page, about: str) -> None:
        self.looked_at.add(self.kinds.of(page.url))
        self.wrong += [f"{about}: {fault}" for fault in faults(page)]

    def picture(self, page: Page, name: str) -> None:
        """Keep what a phone shows, where that was asked for."""
        if self.pictures:
            page.set_viewport_size(COMMON)
            page.evaluate("scrollTo(0, 0)")
            page.screenshot(path=self.pictures / f"{name}.png", animations="disabled")
            page.set_viewport_size(NARROWEST)

    def visit(self, page: Page, path: str) -> None:
        page.goto(path)
        self.look(page, path)

    def walk(self, site: Demonstration, page: Page, stage: str, role: str) -> None:
        site.become(page, role)
        about = f"{stage}, {role or 'public'}: "
        starts = ("/min-side",) if role else ("/", *mailed(site.data_dir, IN_MAILS))
        for path in pages(page, self.kinds, self.looked_at - CHANGING, *starts, *UNLINKED.get((stage, role), ())):
            self.look(page, about + path)
        for path in SENT_EMPTY.get((stage, role), ()):
            page.goto(path)
            send_empty(page)
            expect(page.locator("#errors")).to_be_visible()
            self.look(page, f"{about}{path}, sent empty")
        if act := ACTS.get((stage, role)):
            act(site, page, self)


def send_empty(page: Page) -> None:
    """Empty the texts of the page's largest form and send it past the browser's own checks."""
    with page.expect_navigation():
        page.evaluate("""() => {
          const size = form => form.elements.length;
          const form = [...document.querySelectorAll('main form')].sort((a, b) => size(b) - size(a))[0];
          for (const e of form.elements) if (/text|email/.test(e.type)) e.value = '';
          HTMLFormElement.prototype.submit.call(form) }""")


def nominate(site: Demonstration, page: Page, inspector: Inspector) -> None:
    """The steps on a draft, the way back to it, the receipt, and a page that is not there."""
    page.goto("/")
    inspector.picture(page, "front")
    page.goto(f"{PRIZE}/indstil")
    for fill in (fill_twin, fill_reasons, fill_nominator):
        fill(page)
        go_on(page)
    draft = page.url.removesuffix("/send")
    for step in ("kandidat", "begrundelse", "dig", "send", "gem"):
        inspector.visit(page, f"{draft}/{step}")
    page.get_by_role("button", name="Send mig et link").click()
    inspector.visit(page, mailed_path(site.data_dir, "fortsaet"))
    page.goto(f"{draft}/send")
    page.get_by_role("button", name="Send indstillingen").click()
    expect(page.get_by_role("heading", name="Tak – vi har modtaget din indstilling.")).to_be_visible()
    inspector.look(page, "receipt of the nomination")
    inspector.visit(page, mailed_path(site.data_dir, "bekraeft"))
    inspector.visit(page, "/findes/ikke")


def fill_twin(page: Page) -> None:
    """One that the demonstration has too, for the secretary to find."""
    fill_candidate(page)
    page.get_by_label("Navn", exact=True).fill(screening.TWIN)


def invite(site: Demonstration, page: Page, inspector: Inspector) -> None:
    page.goto(f"{HOME}/personer")
    page.get_by_role("link", name="Kommunikationsmedarbejderen").click()
    page.get_by_role("button", name="Send en invitation").click()
    site.become(page, "")
    inspector.visit(page, mailed_path(site.data_dir, "invitation"))


def screen(site: Demonstration, page: Page, inspector: Inspector) -> None:
    invite(site, page, inspector)
    site.become(page, "secretary")
    screening.screen(site, page, inspector.look)


def vote(site: Demonstration, page: Page, inspector: Inspector) -> None:
    page.goto(f"{PRIZE}/stemmeseddel")
    for place in (1, 2):
        page.locator("button.pick[aria-pressed=false]").first.click()
        expect(page.locator("button.pick[aria-pressed=true]")).to_have_count(place)
    inspector.picture(page, "ballot")
    inspector.look(page, "ballot with two choices")
    page.get_by_role("button", name="Fortsæt", exact=True).click()
    expect(page.get_by_role("heading", name="Er det rigtigt?")).to_be_visible()
    inspector.look(page, "ballot, read through")
    page.get_by_role("button", name="Afgiv stemme").click()
    expect(page.get_by_role("heading", name="Din stemme er afgivet.")).to_be_visible()
    inspector.look(page, "receipt of the vote")
    inspector.visit(page, f"{HOME}/proeve/stemmeseddel")
    inspector.visit(page, f"{HOME}/proeve/stemmeseddel/kvittering")


def meet(site: Demonstration, page: Page, inspector: Inspector) -> None:
    meeting.hold(site, page, inspector.look)


def prepare_next_year(site: Demonstration, page: Page, inspector: Inspector) -> None:
    """The pages of a round that is not open yet."""
    page.goto(f"{SETUP}/runder/ny")
    page.get_by_role("button", name="Opret runden").click()
    page.wait_for_url(f"**{SETUP}/runder/2027")
    inspector.look(page, "next year's round")
    for path in ("aabn", "priser/ny", "priser/frivillighedsprisen/kriterier"):
        inspector.visit(page, f"{SETUP}/runder/2027/{path}")
    inspector.visit(page, page.locator("main a[href*='/kriterier/']").first.get_attribute("href") or "")


ACTS: dict[tuple[str, str], Callable[[Demonstration, Page, Inspector], None]] = {
    ("nominating", ""): nominate,
    ("nominating", "secretary"): screen,
    ("voting", "chair"): meet,
    ("voting", "member_1"): vote,
    ("published", "secretary"): prepare_next_year,
}


def test_pages_of_every_kind(
    new_context: Callable[..., BrowserContext], tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    routes = create_app(settings_of(tmp_path)).routes
    kinds = Kinds(route.path_format for route in routes if "GET" in getattr(route, "methods", ()))
    inspector = Inspector(kinds, pytestconfig.getoption("--pictures"))
    places = [tmp_path / stage for stage in STAGES]
    with ThreadPoolExecutor() as at_once:
        sessions = list(at_once.map(loaded, STAGES, places))
    for stage, place, people in zip(STAGES, places, sessions, strict=True):
        with playing(place, people) as site:
            page = new_context(**PHONE | {"viewport": NARROWEST, "base_url": site.address}).new_page()
            for role in ("", *STAFF):
                inspector.walk(site, page, stage, role)
            page.context.close()
    assert not inspector.wrong, "\n" + "\n".join(inspector.wrong)
    assert sorted(set(inspector.kinds.routes) - inspector.looked_at - NOT_LOOKED_AT) == []
