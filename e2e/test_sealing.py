"""The ballot is sealed on the voter's own phone: the same envelopes as the server makes, and the choice stays there."""

import json
import re
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs
from uuid import UUID

import pytest
from playwright.sync_api import Page, Request, Route, expect

from awards.ballots import keys
from awards.ballots.ballot import Ballot, Method, Paper, parse_ballot
from awards.ballots.codes import code_of
from awards.ballots.sealing import open_inner, open_outer
from e2e.conftest import Device
from e2e.inspection import NARROWEST, faults
from e2e.scene import copied_scene, scene, settings_of
from e2e.server import serving_awards
from e2e.test_passkeys import ANDROID, with_screen_lock
from tests.builders import FakeClock

BALLOT_PAGE = "/integrationsraad/2026/frivillighedsprisen/stemmeseddel"
BOX_PAGE = "/integrationsraad/2026/frivillighedsprisen/stemmeurne"
NOW = datetime(2026, 11, 8, 12, tzinfo=UTC)
CLOSES = datetime(2026, 11, 15, 11, tzinfo=UTC)


@dataclass
class Vote:
    """An open vote in which two have voted blank, and the phone of a third member who is signed in."""

    page: Page
    address: str
    data_dir: Path
    poll: UUID
    card: str
    clock: FakeClock

    def open(self) -> None:
        self.page.goto(BALLOT_PAGE)
        # The page says who seals once the phone has taken over.
        expect(self.page.locator("p[data-sealed-by=server]")).to_have_attribute("hidden", "")

    def go_on(self) -> None:
        self.page.get_by_role("button", name="Fortsæt", exact=True).click()
        expect(self.page.get_by_role("heading", name="Er det rigtigt?")).to_be_focused()

    def cast(self) -> None:
        self.page.get_by_role("button", name="Afgiv stemme").click()

    def is_cast(self) -> None:
        expect(self.page.get_by_role("heading", name="Din stemme er afgivet.")).to_be_visible()

    def count(self) -> dict[str, int]:
        """Close the vote, and tell how many ballots were valid, blank and invalid."""

        told: dict[str, int] = scene(self.data_dir, CLOSES, "count", str(self.poll))
        return told


def vote_by(
    method: str, tmp_path: Path, phone: Device, *, stepped_up: bool = True, javascript: bool = True
) -> Iterator[Vote]:
    how = [] if stepped_up else ["by-link-alone"]
    made, clock = copied_scene(tmp_path, NOW, "open-vote", method, *how), FakeClock(NOW)
    with serving_awards(settings_of(tmp_path), clock) as address:
        page = phone(base_url=address, user_agent=ANDROID, javascript=javascript)
        page.set_default_timeout(8_000)
        cookie = made["session"]
        page.context.add_cookies([{"name": cookie["name"], "value": cookie["value"], "url": address}])
        yield Vote(page, address, tmp_path, UUID(made["poll"]), made["card"], clock)


@pytest.fixture
def ranked(tmp_path: Path, phone: Device) -> Iterator[Vote]:
    yield from vote_by("ranked", tmp_path, phone)


def fill_in(page: Page, method: str) -> None:
    """Points in a row, or a tick at bo."""
    if method == "score":
        for at, field in enumerate(page.locator("select").all()):
            field.select_option(str(at % 6))
    else:
        page.locator("label", has_text="bo").click()


def rank(vote: Vote, *names: str) -> None:
    for name in names:
        vote.page.locator("button.pick", has_text=name).click()


BALLOTS: list[tuple[Method, dict[str, object], Ballot]] = [
    ("ranked", {"ranking": ["c3", "c1"]}, Ballot("valid", ("c3", "c1"))),
    ("single", {"choice": "c2"}, Ballot("valid", ("c2",))),
    ("approval", {"approve": ["c1", "c3"]}, Ballot("valid", ("c1", "c3"))),
    ("ranked", {"blank": True}, Ballot("blank")),
]


def test_what_the_phone_seals_the_server_opens(ranked: Vote) -> None:
    ranked.open()
    key_dir = settings_of(ranked.data_dir).key_dir
    for method, content, ballot in BALLOTS:
        sealed = ranked.page.evaluate(
            """async (content) => {
                const { dataset } = document.getElementById("booth");
                const [seal, hpke] = await Promise.all([import(dataset.seal), import(dataset.hpke)]);
                const { outer, t1, manifest } = await seal.seal(hpke, dataset.manifest, content);
                return { outer: seal.base64(outer), t1, manifest };
            }""",
            content,
        )
        outer = b64decode(sealed["outer"])
        inner = open_outer(outer, keys.load_lock(key_dir, ranked.poll, "A"), sealed["manifest"])
        written = open_inner(inner, keys.load_lock(key_dir, ranked.poll, "B"), sealed["manifest"])
        assert (len(outer), len(inner)) == (1186, 1105)
        assert parse_ballot(Paper(method, ("c1", "c2", "c3")), written) == ballot
        assert sealed["t1"] == code_of(outer)


def test_the_choice_never_leaves_the_phone(ranked: Vote) -> None:
    sent: list[Request] = []
    ranked.open()
    ranked.page.on("request", lambda request: sent.append(request))
    rank(ranked, "cem", "ada")
    ranked.page.get_by_role("button", name="Flyt op: ada").click()
    ranked.go_on()
    assert [request.url for request in sent if "/static/" not in request.url] == []
    ranked.cast()
    ranked.is_cast()
    posted = [request for request in sent if request.method == "POST"]
    assert [set(parse_qs(str(request.post_data))) for request in posted] == [{"outer", "t1", "expects", "poll"}]
    assert ranked.count() == {"valid": 1, "blank": 2, "invalid": 0}


def test_the_order_is_shown_as_it_is_cast_and_can_be_changed(ranked: Vote) -> None:
    ranked.open()
    rank(ranked, "cem", "ada", "bo", "cem")
    assert ranked.page.locator(".order li > span").all_inner_texts() == ["ada", "bo"]
    ranked.page.get_by_role("button", name="Flyt ned: ada").click()
    expect(ranked.page.locator("#down-c1, #down-c2, #down-c3").last).to_be_focused()
    ranked.go_on()
    expect(ranked.page.locator(".choices li")).to_have_text(["bo", "ada"])
    ranked.page.get_by_role("button", name="Ret rækkefølge").click()
    assert ranked.page.locator(".order li > span").all_inner_texts() == ["bo", "ada"]
    ranked.page.get_by_role("button", name="Begynd forfra").click()
    ranked.page.get_by_role("button", name="Fortsæt", exact=True).click()
    expect(ranked.page.get_by_text("Vælg først en kandidat, eller stem blankt.")).to_be_visible()


@pytest.mark.parametrize("method", ["single", "approval", "score"])
def test_every_method_is_filled_in_and_cast_on_the_phone(method: str, tmp_path: Path, phone: Device) -> None:
    for vote in vote_by(method, tmp_path, phone):
        vote.page.set_viewport_size(NARROWEST)
        vote.open()
        vote.page.get_by_role("button", name="Fortsæt", exact=True).click()
        missing = vote.page.locator(".field .error" if method == "score" else "#problem .notice")
        expect(missing).to_be_in_viewport()
        wrong = faults(vote.page)
        fill_in(vote.page, method)
        expect(missing).to_have_count(0)
        vote.go_on()
        if method == "score":
            expect(vote.page.get_by_text("fremmer gensidig respekt og anerkendelse: 1")).to_be_visible()
        wrong += faults(vote.page)
        assert wrong == []
        vote.cast()
        vote.is_cast()
        assert vote.count() == {"valid": 1, "blank": 2, "invalid": 0}


@pytest.mark.parametrize("method", ["single", "approval", "score"])
def test_every_method_can_be_read_through_without_javascript(method: str, tmp_path: Path, phone: Device) -> None:
    for vote in vote_by(method, tmp_path, phone, javascript=False):
        vote.page.set_viewport_size(NARROWEST)
        vote.page.goto(BALLOT_PAGE)
        vote.page.get_by_role("button", name="Fortsæt", exact=True).click()
        expect(vote.page.locator("#errors")).to_be_visible()
        wrong = faults(vote.page)
        fill_in(vote.page, method)
        vote.page.get_by_role("button", name="Fortsæt", exact=True).click()
        expect(vote.page.get_by_role("heading", name="Er det rigtigt?")).to_be_visible()
        if method == "score":
            expect(vote.page.get_by_text("fremmer gensidig respekt og anerkendelse: 1")).to_be_visible()
        wrong += faults(vote.page)
        vote.cast()
        vote.is_cast()
        assert vote.count() == {"valid": 1, "blank": 2, "invalid": 0}
        vote.page.goto(BOX_PAGE)
        expect(vote.page.get_by_text("Brug browserens egen »Find på siden«")).to_be_visible()
        wrong += faults(vote.page)
        assert wrong == []


def test_a_blank_vote_is_sealed_like_any_other(ranked: Vote) -> None:
    ranked.open()
    ranked.page.get_by_role("button", name="Stem blankt").click()
    ranked.cast()
    ranked.is_cast()
    assert ranked.count() == {"valid": 0, "blank": 3, "invalid": 0}


def test_an_answer_that_is_lost_is_asked_for_again_and_the_vote_counts_once(ranked: Vote) -> None:
    lost: list[str] = []

    def lose_the_first_answer(route: Route) -> None:
        route.fetch()
        if lost:
            route.continue_()
        else:
            lost.append(route.request.url)
            route.abort()

    ranked.page.route("**/stemme", lose_the_first_answer)
    ranked.open()
    rank(ranked, "bo")
    ranked.go_on()
    ranked.cast()
    expect(ranked.page.get_by_text("Der er ingen forbindelse")).to_be_visible()
    ranked.cast()
    ranked.is_cast()
    ranked.page.get_by_text("Kontrolkode").click()
    assert ranked.page.locator("dl.rows div", has_text="Nummer").locator("dd").first.inner_text() == "1"
    assert ranked.count() == {"valid": 1, "blank": 2, "invalid": 0}


def test_a_server_that_confirms_another_ballot_is_found_out(ranked: Vote) -> None:
    def confirm_another(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=json.dumps(answer.json() | {"t1": "A" * 24}))

    ranked.page.route("**/stemme", confirm_another)
    ranked.open()
    rank(ranked, "bo")
    ranked.go_on()
    ranked.cast()
    expect(ranked.page.get_by_text("Serveren har bekræftet en anden stemmeseddel")).to_be_visible()


def test_the_code_of_the_card_is_asked_for_beside_the_ballot(tmp_path: Path, phone: Device) -> None:
    for vote in vote_by("ranked", tmp_path, phone, stepped_up=False):
        vote.open()
        rank(vote, "bo", "ada")
        vote.go_on()
        vote.page.get_by_label("Koden på dit stemmekort").fill("XXXXXXXXXX")
        vote.cast()
        expect(vote.page.locator("#proof-error")).to_contain_text("Det passer ikke")
        expect(vote.page.locator(".choices li")).to_have_text(["bo", "ada"])
        vote.page.get_by_label("Koden på dit stemmekort").fill(vote.card)
        vote.cast()
        vote.is_cast()


def test_a_phone_that_cannot_seal_leaves_it_to_the_server_and_says_so(ranked: Vote) -> None:
    ranked.page.route("**/vendor/hpke-core.*", lambda route: route.abort())
    ranked.page.goto(BALLOT_PAGE)
    ranked.page.get_by_text("Er min stemme hemmelig?").click()
    expect(ranked.page.get_by_text("Serveren lægger stemmesedlen i to kuverter")).to_be_visible()
    rank(ranked, "bo")
    expect(ranked.page.locator("button.pick[aria-pressed=true]")).to_have_count(1)
    ranked.page.get_by_role("button", name="Fortsæt", exact=True).click()
    ranked.cast()
    ranked.is_cast()


def test_somebody_who_voted_elsewhere_meanwhile_is_told(ranked: Vote) -> None:
    ranked.open()
    other = ranked.page.context.new_page()
    other.goto(f"{ranked.address}{BALLOT_PAGE}")
    for page in (ranked.page, other):
        page.locator("button.pick", has_text="bo").click()
        page.get_by_role("button", name="Fortsæt", exact=True).click()
    ranked.cast()
    ranked.is_cast()
    other.get_by_role("button", name="Afgiv stemme").click()
    expect(other.get_by_text("Du har stemt et andet sted imens. Den stemme gælder.")).to_be_visible()


def test_the_ballot_box_finds_the_envelope_by_itself_and_asks_nobody(ranked: Vote) -> None:
    ranked.open()
    rank(ranked, "bo")
    ranked.go_on()
    ranked.cast()
    ranked.is_cast()
    ranked.count()
    sent: list[str] = []
    ranked.page.on("request", lambda request: sent.append(request.url))
    ranked.page.goto(BOX_PAGE)
    expect(ranked.page.get_by_role("heading", name="Din stemme ligger i stemmeurnen")).to_be_visible()
    code = ranked.page.locator("li[aria-current]").inner_text()
    sent.clear()
    ranked.page.get_by_label("Find din kontrolkode").fill("AAAA" * 6)
    expect(ranked.page.get_by_role("heading", name="Koden ligger ikke i stemmeurnen")).to_be_visible()
    ranked.page.get_by_label("Find din kontrolkode").fill(code.lower())
    expect(ranked.page.get_by_role("heading", name="Din stemme ligger i stemmeurnen")).to_be_visible()
    assert sent == []


def test_a_saved_phone_signs_the_very_envelope_that_is_cast(ranked: Vote) -> None:
    with_screen_lock(ranked.page)
    ranked.page.goto("/mine-enheder/gem")
    ranked.page.get_by_role("button", name="Gem på denne telefon").click()
    ranked.page.wait_for_url(re.compile("(?<!/gem)$"))
    ranked.clock.advance(timedelta(minutes=30))
    sent: list[Request] = []
    ranked.page.on("request", lambda request: sent.append(request))
    ranked.open()
    rank(ranked, "bo", "ada")
    ranked.go_on()
    ranked.page.get_by_role("button", name="Afgiv stemme med denne telefon").click()
    ranked.is_cast()
    cast = next(parse_qs(str(request.post_data)) for request in sent if request.url.endswith("/stemme"))
    assert set(cast) == {"outer", "t1", "expects", "poll", "proof"}
    assert ranked.count() == {"valid": 1, "blank": 2, "invalid": 0}
