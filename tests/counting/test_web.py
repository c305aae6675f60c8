"""The whole vote through its pages: inhabilitet, opening, the ballot, the receipt, the count, tie, approval."""

import html
import re

import httpx
import pytest

from awards.accounts.tables import Person
from awards.app import Awards
from awards.ballots.tables import Slot
from awards.counting.deciding import winners_of
from awards.settings import Settings
from tests.builders import FakeClock
from tests.conftest import SignIn
from tests.votes import CLOSES, Vote, a_vote

BASE = "/integrationsraad/2026"
PRIZE = f"{BASE}/frivillighedsprisen"


@pytest.fixture
async def vote(app: Awards, clock: FakeClock, settings: Settings) -> Vote:
    return await a_vote(clock, settings.key_dir)


class Browser:
    """A browser of one person, who reads hidden fields and presses buttons, without script."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def get(self, path: str, status: int = 200) -> str:
        answer = await self._client.get(path)
        assert answer.status_code == status, (answer.status_code, answer.headers.get("location"), text_of(answer))
        return answer.text

    async def post(self, path: str, fields: dict[str, str | list[str]], status: int = 303) -> httpx.Response:
        answer = await self._client.post(path, data=fields)
        assert answer.status_code == status, (answer.status_code, text_of(answer))
        return answer


def text_of(answer: httpx.Response) -> str:
    """The words of the page's main part."""
    main = answer.text.partition("<main")[2] or answer.text
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


def hidden(page: str, action: str) -> dict[str, str | list[str]]:
    """The hidden fields of the form that posts to `action`, and of those outside that belong to it."""
    form = re.search(rf'<form[^>]*action="{re.escape(action)}"[^>]*>(.*?)</form>', page, re.S)
    assert form, f"no form posts to {action}"
    found: dict[str, str | list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"(?! form)', form[1]):
        known = found.get(name)
        found[name] = value if known is None else [*([known] if isinstance(known, str) else known), value]
    return found


@pytest.fixture
def browser_of(client: httpx.AsyncClient, sign_in_as: SignIn) -> object:
    async def browse(person: Person, *, stepped_up: bool = True) -> Browser:
        client.cookies = await sign_in_as(person, stepped_up=stepped_up)
        return Browser(client)

    return browse


async def cast_ranking(browser: Browser, *ids: str) -> None:
    page = await browser.get(f"{PRIZE}/stemmeseddel")
    fields = hidden(page, f"{PRIZE}/stemmeseddel#ranking")
    for id in ids:
        answer = await browser.post(f"{PRIZE}/stemmeseddel", fields | {"act": f"toggle:{id}"}, 200)
        fields = hidden(answer.text, f"{PRIZE}/stemmeseddel#ranking")
    review = await browser.post(f"{PRIZE}/stemmeseddel/gennemsyn", fields, 200)
    answer = await browser.post(f"{PRIZE}/stemme", hidden(review.text, f"{PRIZE}/stemme"))
    assert answer.headers["location"] == f"{PRIZE}/stemmeseddel/kvittering"
    assert "Din stemme er afgivet." in await browser.get(f"{PRIZE}/stemmeseddel/kvittering")


async def test_a_vote_from_the_question_to_the_approved_tie(vote: Vote, browser_of, clock: FakeClock) -> None:
    cast = vote.cast
    for person in vote.members:
        browser = await browser_of(person)
        home = await browser.get(f"{BASE}/afstemning")
        assert "Svar om inhabilitet" in home
        page = await browser.get(f"{BASE}/inhabilitet")
        assert "Er du for tæt på en kandidat?" in page
        ticked: dict[str, str | list[str]] = {"none": "1"}
        if person.id == cast.recused_member.id:
            ticked = {f"about-{vote.candidates['ada']}[]": "recused"}
        await browser.post(f"{BASE}/inhabilitet", ticked)
    secretary = await browser_of(cast.secretary)
    page = await secretary.get(f"{BASE}/afstemninger")
    fields = hidden(page, f"{BASE}/afstemninger/frivillighedsprisen/klargoering")
    await secretary.post(
        f"{BASE}/afstemninger/frivillighedsprisen/klargoering",
        fields | {"closes-frivillighedsprisen_date": "15.11.2026", "closes-frivillighedsprisen_time": "12.00"},
    )
    await secretary.post(f"{BASE}/afstemninger/frivillighedsprisen/aabning", {})
    assert await Slot.count() == 4
    await cast_ranking(await browser_of(cast.chair), "c1", "c2")
    await cast_ranking(await browser_of(cast.member), "c2", "c1")
    recused = await browser_of(cast.recused_member)
    assert "Du deltager ikke her" in await recused.get(f"{PRIZE}/kandidater", 404)
    await recused.get(f"{PRIZE}/stemmeseddel", 404)

    clock.set(CLOSES)
    chair = await browser_of(cast.chair)
    page = await chair.get(f"{PRIZE}/stemmelighed")
    assert "Stemmerne står lige." in page
    await chair.post(f"{PRIZE}/stemmelighed", {"choice": str(vote.candidates["bo"]), "reason": "Størst bredde"})
    await chair.post(f"{PRIZE}/godkendelse", {"as": "chair"})
    secretary = await browser_of(cast.secretary)
    await secretary.get(f"{PRIZE}/godkendelse")
    await secretary.post(f"{PRIZE}/godkendelse", {"as": "secretary"})
    assert [winner.name for winner in await winners_of(vote.prize.id)] == ["bo"]
    member = await browser_of(cast.member)
    minutes = await member.get(f"{PRIZE}/referat")
    assert "Størst bredde" in minutes
    assert "recused_member" in minutes
    assert "færre end fem" in minutes
    assert "Stemmeurnen" in await member.get(f"{PRIZE}/stemmeurne")
    recused = await browser_of(cast.recused_member)
    await recused.get(f"{PRIZE}/referat", 404)
    await recused.get(f"{PRIZE}/stemmeurne", 404)
