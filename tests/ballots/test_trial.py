"""The trial vote: the pages of a real one, and nothing of it is stored."""

from awards.ballots.sealing import OUTER_SIZE
from awards.settings import Settings
from tests.booth import BASE, POLLS
from tests.browsing import BrowserOf, hidden, text_of
from tests.mails import texts
from tests.snapshots import whole_database
from tests.votes import Vote

TRIAL = "/integrationsraad/proeve"
PAPER = f"{TRIAL}/stemmeseddel"


async def test_it_goes_from_the_paper_to_the_receipt_and_leaves_no_trace(vote: Vote, browser_of: BrowserOf) -> None:
    member = await browser_of(vote.cast.member, stepped_up=False)
    before = await whole_database()
    page = await member.get(PAPER)
    assert "Prøveafstemning – tæller ikke" in page
    assert "data-forget" in page
    pressed = await member.post(PAPER, hidden(page, PAPER) | {"act": "toggle:c2"}, 200)
    review = await member.post(f"{PAPER}/gennemsyn", hidden(pressed.text, PAPER), 200)
    assert "Te" in text_of(review)
    answer = await member.post(f"{TRIAL}/stemme", hidden(review.text, f"{TRIAL}/stemme"))
    receipt = await member.get(answer.headers["location"])
    assert "Ingenting fra din prøve er gemt." in receipt
    assert await whole_database() == before


async def test_an_empty_or_damaged_ballot_is_refused_as_in_a_real_vote(vote: Vote, browser_of: BrowserOf) -> None:
    secretary = await browser_of(vote.cast.secretary)
    await secretary.post(f"{PAPER}/gennemsyn", {}, 422)
    await secretary.post(f"{TRIAL}/stemme", {"outer": "AA==", "t1": "A" * 24, "expects": "0"}, 409)
    assert len("AA==") < OUTER_SIZE


async def test_a_members_own_page_leads_to_it_before_and_while_a_vote_is_open(
    open_vote: Vote, browser_of: BrowserOf
) -> None:
    member = await browser_of(open_vote.cast.member)
    assert f'href="{PAPER}"' in await member.get(f"{BASE}/afstemning")
    assert (await member.post(f"{PAPER}", {"act": "toggle:c1"}, 200)).status_code == 200


async def test_a_stranger_is_asked_to_sign_in(vote: Vote, browser_of: BrowserOf) -> None:
    stranger = await browser_of(vote.cast.member)
    stranger._client.cookies.clear()
    await stranger.get(PAPER, 303)


async def test_both_mails_that_ask_a_member_to_act_tell_of_it(
    vote: Vote, browser_of: BrowserOf, settings: Settings
) -> None:
    secretary = await browser_of(vote.cast.secretary)
    await secretary.post(f"{POLLS}/spoergsmaal", {})
    await vote.everybody_answers()
    await vote.open()
    for template in ("ballots/recusals", "ballots/opened"):
        text = (await texts(template, settings))[vote.cast.member.email]
        assert f"kaffe eller te på {settings.base_url}{TRIAL} – det tæller ikke" in text
    await (await browser_of(vote.cast.member)).get(TRIAL, 303)
