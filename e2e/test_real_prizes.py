"""Prizes that Danish councils have announced: set up by the forms alone, and then they behave as published.

The councils share one installation: some are of one municipality, and all have their own people and look.
"""

import asyncio
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from awards.db import connect
from awards.db.migrate import migrate
from e2e.filling import STORY, fill_nominator, go_on
from e2e.mails import mailed_path
from e2e.scene import scene, settings_of
from e2e.server import serving_awards
from e2e.setting_up import RealCouncil, add_winner, fill, save, set_logo, set_up_council, set_up_round
from tests.builders import FakeClock, a_council, a_person, an_office
from tests.rounds.real_prizes import REAL_PRIZES, RealPrize

START = datetime(2026, 9, 2, 9, tzinfo=UTC)
NOON = datetime(2026, 9, 27, 10, tzinfo=UTC)  # 12.00 in Denmark
MIDNIGHT = datetime(2026, 11, 4, 23, tzinfo=UTC)
FORM = "form[novalidate]"
SECRETARY = "secretary@example.dk"
PRIZES = {prize.name.split(":")[0] + ": " + str(prize.fields["title"]): prize for prize in REAL_PRIZES}

KOEGE = RealCouncil(
    "integrationsraad",
    "Integrationsrådet",
    "Køge Kommune",
    "Fatima Yusuf",
    "1",
    [PRIZES["Køge: Frivillighedsprisen"], PRIZES["Køge 2022: Erhvervsprisen"]],
)
KOEGE_HANDICAP = RealCouncil(
    "handicapraad", "Handicaprådet", "Køge Kommune", "Ib Lund", "4", [PRIZES["Køge: Handicapprisen"]]
)
BALLERUP = RealCouncil(
    "ballerup", "Integrationsrådet", "Ballerup Kommune", "Eva Berg", "2", [PRIZES["Ballerup: Integrationsprisen"]]
)
VORDINGBORG = RealCouncil(
    "vordingborg",
    "Integrationsrådet",
    "Vordingborg Kommune",
    "Ali Demir",
    "3",
    [
        PRIZES["Vordingborg: Integrationsprisen til enkeltpersoner"],
        PRIZES["Vordingborg: Integrationsprisen til arbejdspladser"],
    ],
)
VALBY = RealCouncil(
    "valby", "Valby Lokaludvalg", "Københavns Kommune", "Pia Friis", "5", [PRIZES["Valby: Frivilligprisen"]]
)
TAASTRUP = RealCouncil(
    "taastrup", "Integrationsrådet", "Høje-Taastrup Kommune", "Omar Said", "6", [PRIZES["Høje-Taastrup: Prisen"]]
)
COUNCILS = [KOEGE, KOEGE_HANDICAP, BALLERUP, VORDINGBORG, VALBY, TAASTRUP]

PERSON, PERSONS, ASSOCIATION = "En person", "Flere sammen", "En forening eller organisation"
COMPANY, INSTITUTION = "En virksomhed", "En institution, fx en skole eller et bibliotek"
INITIATIVE = "Et initiativ eller projekt"
LIVES, EFFORT, ADDRESS = "Bor i kommunen", "Gør en indsats til gavn for mennesker i kommunen", "Har adresse i kommunen"
NONE = "Ingen af dem her"

MET, NOT_MET, JUDGE = "Opfyldt", "Ser ikke ud til at være opfyldt", "Vurderes af sekretariatet"
KIND = "Kan indstilles til prisen."
TIED = "Har den tilknytning til kommunen, som prisen kræver."
NOT_TIED = "Ser ikke ud til at have den tilknytning til kommunen, som prisen kræver."
NO_MEMBER = "Er ikke medlem af rådet."
MEMBER = "Har samme navn som et medlem af rådet. Medlemmer kan ikke indstilles."
EMPLOYEE = "Kommunens ansatte kan ikke indstilles. Det undersøger sekretariatet."
PAID = "Kun ulønnet arbejde tæller. Det undersøger sekretariatet."
ONESELF = "Det ser ud til, at du indstiller dig selv. Det kan man ikke til denne pris."
NO_WINNER = "Har ikke vundet prisen for nylig."
WON_2024 = "Vandt prisen i 2024. Der skal gå længere tid, før man kan vinde igen."


@dataclass(frozen=True)
class Published:
    """What is published of a prize, and what the check then says of nominees.

    asked: the nominee fields of the form. rules: (kind, tie, name) and the lines of the check.
    """

    council: RealCouncil
    prize: RealPrize
    tells: list[str]
    kinds: list[str]
    asked: set[str]
    rules: list[tuple[str, str, str, dict[str, str]]] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"/{self.council.slug}/2026/{self.prize.stored.get('slug') or slug(str(self.prize.fields['title']))}"


def slug(title: str) -> str:
    return title.lower().replace(" ", "-")


EVERYTHING = {"kind", "nominee", "cvr", "contact", "contact_unknown", "tie", "aware"}

PUBLISHED = [
    Published(
        KOEGE,
        KOEGE.prizes[0],
        ["10.000 kr.", "onsdag den 4. november 2026 kl. 23.59", "Rådets medlemmer kan ikke indstilles."],
        [PERSON, PERSONS, ASSOCIATION, COMPANY, INITIATIVE],
        EVERYTHING - {"tie"} | {"prize"},
        [
            (PERSONS, "", "Amira Holm og Bo Dam", {KIND: MET, NO_MEMBER: MET}),
            (PERSON, "", "Fatima Yusuf", {KIND: MET, MEMBER: NOT_MET}),
            (ASSOCIATION, "", "Fatima Yusuf", {KIND: MET}),
        ],
    ),
    Published(
        KOEGE,
        KOEGE.prizes[1],
        ["10.000 kr.", ADDRESS, "Center for Dansk og Integration, Ølbycenter 53, 4600 Køge"],
        [COMPANY],
        EVERYTHING | {"prize"},
        [
            (COMPANY, ADDRESS, "Karlsvognen", {KIND: MET, TIED: MET}),
            (COMPANY, NONE, "Karlsvognen", {KIND: MET, NOT_TIED: NOT_MET}),
        ],
    ),
    Published(
        KOEGE_HANDICAP,
        KOEGE_HANDICAP.prizes[0],
        ["10.000 kr. + et diplom", "Kommunens ansatte kan ikke indstilles.", EFFORT, ADDRESS],
        [PERSON, PERSONS, ASSOCIATION, COMPANY],
        EVERYTHING,
        [
            (PERSON, EFFORT, "Fatima Yusuf", {KIND: MET, TIED: MET, EMPLOYEE: JUDGE}),
            (COMPANY, EFFORT, "Karlsvognen", {KIND: MET, NOT_TIED: NOT_MET}),
            (COMPANY, ADDRESS, "Karlsvognen", {KIND: MET, TIED: MET}),
        ],
    ),
    Published(
        BALLERUP,
        BALLERUP.prizes[0],
        ["10.000 kr.", "Kommunens ansatte kan ikke indstilles.", EFFORT],
        [PERSON, PERSONS, ASSOCIATION, COMPANY],
        EVERYTHING,
        [(PERSON, EFFORT, "Amira Holm", {KIND: MET, TIED: MET, EMPLOYEE: JUDGE})],
    ),
    Published(
        VORDINGBORG,
        VORDINGBORG.prizes[0],
        ["2.500 kr. + et kunstværk", "søndag den 27. september 2026 kl. 12.00"],
        [PERSON, PERSONS],
        EVERYTHING - {"tie", "cvr"} | {"prize"},
        [(PERSON, "", "Ali Demir", {KIND: MET})],
    ),
    Published(
        VORDINGBORG,
        VORDINGBORG.prizes[1],
        ["2.500 kr. + et kunstværk", "søndag den 27. september 2026 kl. 12.00"],
        [ASSOCIATION, COMPANY, INSTITUTION],
        EVERYTHING - {"tie"} | {"prize"},
        [(INSTITUTION, "", "Biblioteket", {KIND: MET})],
    ),
    Published(
        VALBY,
        VALBY.prizes[0],
        [
            "5.000 kr. + vandrepokal og diplom",
            "Rådets medlemmer kan ikke indstilles. Man kan ikke indstille sig selv. Kun frivilligt arbejde tæller",
            "Offentlig afstemning tæller 50 % og juryen 50 %.",
        ],
        [PERSON, ASSOCIATION],
        EVERYTHING - {"tie"},
        [
            (PERSON, "", "Pia Friis", {KIND: MET, MEMBER: NOT_MET, PAID: JUDGE}),
            (ASSOCIATION, "", "Naboerne", {KIND: MET, PAID: JUDGE}),
        ],
    ),
    Published(
        TAASTRUP,
        TAASTRUP.prizes[0],
        ["De, der vandt prisen inden for de seneste 3 år, kan ikke vinde igen endnu."],
        [PERSON, PERSONS, ASSOCIATION, COMPANY, INITIATIVE],
        EVERYTHING - {"tie"},
        [
            (ASSOCIATION, "", "Sprogcaféen", {KIND: MET, WON_2024: NOT_MET}),
            (ASSOCIATION, "", "Cykelskolen", {KIND: MET, NO_WINNER: MET}),
        ],
    ),
]


@dataclass(frozen=True)
class Site:
    """Where the councils are, at the time that `clock` tells. `page` hands out a browser of the public, or of somebody
    with this mail address who has just signed in."""

    data_dir: Path
    clock: FakeClock
    page: Callable[[str], Page]


@pytest.fixture(scope="module")
def councils(
    tmp_path_factory: pytest.TempPathFactory, browser: Browser, browser_context_args: dict[str, Any]
) -> Iterator[Site]:
    """Every council with its prizes, set up through the forms."""
    data_dir, clock = tmp_path_factory.mktemp("prizes"), FakeClock(START)
    settings = settings_of(data_dir)

    async def prepare() -> None:
        async with connect(settings) as database:
            await migrate(database)
            await an_office(await a_council("sekretariatet"), await a_person("secretary"), "secretary")

    with ThreadPoolExecutor(1) as apart:  # Playwright's loop runs in this thread
        apart.submit(asyncio.run, prepare()).result()
    with serving_awards(settings, clock) as address:

        def page(who: str) -> Page:
            # Without JavaScript: every rule answers a button too, and no test waits for typing to pause.
            context = browser.new_context(**browser_context_args, base_url=address, java_script_enabled=False)
            context.set_default_timeout(8_000)
            if who:
                cookie = scene(data_dir, clock.now(), "sign-in", who)
                context.add_cookies([{"name": cookie["name"], "value": cookie["value"], "url": address}])
            return context.new_page()

        secretary = page(SECRETARY)
        for council in COUNCILS:
            set_up_council(secretary, council, beside="sekretariatet")
            set_up_round(secretary, council)
        add_winner(secretary, TAASTRUP, "Prisen", "2024", "Sprogcaféen")
        add_winner(secretary, TAASTRUP, "Prisen", "2022", "Cykelskolen")
        secretary.context.close()
        yield Site(data_dir, clock, page)


@pytest.fixture
def site(councils: Site) -> Site:
    """At the start, whatever time it was before."""
    councils.clock.set(START)
    return councils


@pytest.fixture
def public(site: Site) -> Iterator[Page]:
    page = site.page("")
    yield page
    page.context.close()


@pytest.fixture
def secretary(site: Site) -> Iterator[Page]:
    page = site.page(SECRETARY)
    yield page
    page.context.close()


def told(page: Page) -> str:
    return re.sub(r"\s+", " ", page.locator("main").inner_text())


def check_lines(page: Page) -> dict[str, str]:
    """The lines of the check: what it is about, and how it stands."""
    lines = [line.inner_text().split("\n") for line in page.locator("main .rows .task").all()]
    return {line[0].strip(): line[-1].strip() for line in lines}


def tell_whom(page: Page, kind: str, name: str, tie: str = "") -> None:
    fill(page, {"nominee": name, "contact": "kandidat@example.dk", "aware": "yes"}, FORM)
    page.get_by_label(kind, exact=True).check()
    if tie:
        page.get_by_label(tie, exact=True).check()


def answer(page: Page, places: set[int]) -> None:
    """Tell the story, and answer the questions about the criteria at `places` alone."""
    story, *answers = page.locator("textarea").all()
    story.fill(STORY)
    for place, box in enumerate(answers):
        box.fill("Hver uge mødes tredive naboer, der ellers ikke kendte hinanden." if place in places else "")


@pytest.mark.parametrize("published", PUBLISHED, ids=lambda published: published.prize.name)
def test_a_prize_that_was_set_up_behaves_as_published(public: Page, published: Published) -> None:
    public.goto(published.address)
    page = told(public)
    for words in (*(text for text, _required in published.prize.criteria), *published.tells, published.prize.rule):
        assert words in page
    public.get_by_role("link", name="Indstil en kandidat").last.click()
    form = public.locator(FORM)
    assert {one.get_attribute("name") for one in form.locator("[name]:not([type=hidden])").all()} == published.asked
    kinds = form.locator("fieldset", has_text="Hvem indstiller du?").locator("label").all()
    assert [kind.inner_text() for kind in kinds] == published.kinds
    for kind, tie, name, lines in published.rules:
        tell_whom(public, kind, name, tie)
        public.get_by_role("button", name="Tjek det, jeg har skrevet").click()
        assert check_lines(public) == lines, (kind, tie, name)


@pytest.mark.parametrize(
    ("prize", "steps"),
    [
        ("/integrationsraad/2026/frivillighedsprisen", [({0, 1, 2}, {3}), ({0, 1, 2, 3}, set())]),
        ("/ballerup/2026/integrationsprisen", [(set(), {0, 1, 2, 3}), ({2}, set())]),
        ("/valby/2026/frivilligprisen", [({1}, {0}), ({0}, {1, 2}), ({0, 2}, set())]),
    ],
    ids=["all of four", "one of four", "the required one and one more"],
)
def test_as_many_answers_are_asked_for_as_the_criteria_ask(
    public: Page, prize: str, steps: list[tuple[set[int], set[int]]]
) -> None:
    public.goto(f"{prize}/indstil")
    tell_whom(public, ASSOCIATION, "Naboerne", EFFORT if "ballerup" in prize else "")
    go_on(public)
    for answered, missing in steps:
        answer(public, answered)
        go_on(public)
        boxes = public.locator("textarea").all()[1:]
        assert {place for place, box in enumerate(boxes) if box.get_attribute("aria-invalid")} == missing
    expect(public.get_by_label("Dit navn")).to_be_visible()


def test_the_disability_prize_asks_the_nominator_for_a_phone_number(public: Page) -> None:
    public.goto("/handicapraad/2026/handicapprisen/indstil")
    tell_whom(public, ASSOCIATION, "Naboerne", ADDRESS)
    go_on(public)
    answer(public, {0})
    go_on(public)
    fill_nominator(public)
    go_on(public)
    expect(public.locator("#errors")).to_contain_text("Skriv dit telefonnummer.")
    public.get_by_label("Telefon").fill("56 67 67 67")
    go_on(public)
    expect(public.get_by_role("heading", name="Læs igennem og send")).to_be_visible()


def test_nominator_and_secretary_read_the_same_words_about_the_rules(public: Page, secretary: Page) -> None:
    """In Valby nobody nominates themselves, and work that is paid for does not count."""
    public.goto("/valby/2026/frivilligprisen/indstil")
    tell_whom(public, PERSON, "Amira Holm")
    go_on(public)
    answer(public, {0, 1})
    go_on(public)
    fill_nominator(public)
    go_on(public)
    unsettled = {PAID: JUDGE, ONESELF: NOT_MET}
    assert check_lines(public).items() >= unsettled.items()
    public.get_by_role("button", name="Send indstillingen").click()
    secretary.goto(f"/valby/2026/indstillinger/{reference(public)}")
    for words, state in ({KIND: MET, NO_MEMBER: MET} | unsettled).items():
        expect(secretary.locator("li", has_text=words)).to_contain_text(state)


def reference(page: Page) -> str:
    found = re.search(r"2026-[A-Z0-9]{4}", told(page))
    assert found, told(page)
    return found[0]


def test_vordingborgs_nominees_are_published_before_the_ceremony(site: Site, public: Page) -> None:
    """One of six criteria is enough, and whoever says yes is named."""
    public.goto("/vordingborg/2026/integrationsprisen-til-enkeltpersoner/indstil")
    tell_whom(public, PERSONS, "Þór og Ewa")
    go_on(public)
    answer(public, {4})
    go_on(public)
    fill_nominator(public)
    go_on(public)
    public.get_by_role("button", name="Send indstillingen").click()
    number = reference(public)

    site.clock.set(NOON + timedelta(days=1))
    secretary = site.page(SECRETARY)
    secretary.goto(f"/vordingborg/2026/indstillinger/{number}")
    for place in range(6):
        secretary.locator(f"input[value={'met' if place == 4 else 'not_met'}]").nth(place).check()
    secretary.get_by_role("button", name="Gem vurderingerne").click()
    secretary.get_by_role("button", name="Godkend indstillingen").click()
    secretary.goto("/vordingborg/2026/nominerede")
    secretary.get_by_role("button", name="Bekræft de nominerede").click()
    secretary.context.close()
    public.goto("/vordingborg")
    expect(public.get_by_text("Þór og Ewa")).to_have_count(0)

    nominee = site.page("")
    nominee.goto(mailed_path(site.data_dir, "kandidat"))
    fill(nominee, {"name": "yes", "photo": "no"}, "main form")
    nominee.get_by_role("button", name="Send svaret").click()
    public.goto("/vordingborg")
    nominees = public.locator("section", has=public.get_by_role("heading", name="De nominerede"))
    expect(nominees).to_contain_text("Þór og Ewa")
    nominee.context.close()


@pytest.mark.parametrize(
    ("prize", "deadline"),
    [
        ("/vordingborg/2026/integrationsprisen-til-enkeltpersoner", NOON),
        ("/ballerup/2026/integrationsprisen", MIDNIGHT),
    ],
    ids=["noon", "the end of the day"],
)
def test_nominations_are_received_until_the_very_second(
    site: Site, public: Page, prize: str, deadline: datetime
) -> None:
    site.clock.set(deadline - timedelta(seconds=1))
    public.goto(f"{prize}/indstil")
    expect(public.get_by_role("heading", name="Kandidaten")).to_be_visible()
    site.clock.set(deadline)
    tell_whom(public, PERSON, "Amira Holm", EFFORT if "ballerup" in prize else "")
    go_on(public)
    expect(public.get_by_role("heading", name="Fristen er udløbet.")).to_be_visible()
    public.goto(prize)
    assert "Fristen er udløbet." in told(public)
    expect(public.get_by_role("link", name="Indstil en kandidat").last).not_to_have_attribute(
        "href", f"{prize}/indstil"
    )


def test_criteria_belong_to_a_year(public: Page, secretary: Page) -> None:
    """Køge's fourth criterion can be left out next year, and this year's still stands."""
    secretary.goto(f"{KOEGE.here}/runder/ny")
    secretary.get_by_label("Som Priserne 2026").check()
    save(secretary, {"title": "Priserne 2027", "year": "2027"})
    secretary.goto(f"{KOEGE.here}/runder/2027/priser/frivillighedsprisen/kriterier")
    secretary.get_by_role("link", name="Ret kriterium 4").click()
    secretary.get_by_role("button", name="Fjern kriteriet").click()
    fourth = KOEGE.prizes[0].criteria[3][0]
    expect(secretary.get_by_text(fourth)).to_have_count(0)
    public.goto("/integrationsraad/2026/frivillighedsprisen")
    assert fourth in told(public)


def test_councils_of_one_municipality_have_their_own_people_and_look(site: Site, public: Page, secretary: Page) -> None:
    picture = BytesIO()
    Image.new("RGB", (200, 80), "purple").save(picture, "PNG")
    set_logo(secretary, KOEGE_HANDICAP, {"name": "logo.png", "mimeType": "image/png", "buffer": picture.getvalue()})
    public.goto("/")
    for council in COUNCILS:
        expect(public.get_by_role("link", name=council.name).filter(visible=True).first).to_be_visible()
    for council, logos in ((KOEGE, 0), (KOEGE_HANDICAP, 1)):
        public.goto(f"/{council.slug}")
        assert public.locator("html").get_attribute("class") == f"accent-{council.accent}"
        expect(public.locator(".brand")).to_have_text(re.compile(rf"{council.name}\s*Køge Kommune"))
        expect(public.locator(".brand img")).to_have_count(logos)

    member = site.page(f"medlem@{KOEGE.slug}.example")
    for council, answer_code in ((KOEGE, 200), (KOEGE_HANDICAP, 404)):
        found = member.goto(f"/{council.slug}/2026/afstemning")
        assert found
        assert found.status == answer_code
    member.context.close()
    for council, other in ((KOEGE, KOEGE_HANDICAP), (KOEGE_HANDICAP, KOEGE)):
        secretary.goto(f"{council.here}/medlemmer")
        expect(secretary.get_by_text(council.member)).to_be_visible()
        expect(secretary.get_by_text(other.member)).to_have_count(0)
