"""The council's tablet at a meeting: one turn each, for this vote alone, and nothing left for whoever comes next."""

import re
from datetime import timedelta
from uuid import uuid4

import httpx
import pytest

from awards.accounts.cards import issue_cards
from awards.accounts.links import link_token
from awards.accounts.tables import Link, Person, Session
from awards.audit.tables import Audit
from awards.ballots import polls
from awards.ballots.meetings import latest_close
from awards.ballots.tables import Slot
from awards.ballots.tablets import TRIES, forget_turns, open_tablet, tablet_link
from awards.settings import Settings
from tests.booth import BASE, POLLS, PRIZE
from tests.browsing import Browser, BrowserOf, hidden, text_of
from tests.conftest import SignIn
from tests.snapshots import changed, whole_database
from tests.votes import Vote

DOOR = f"{PRIZE}/tavle"


class Meeting:
    """An open vote of chair and member at a meeting; those present, and one absent, have cards."""

    vote: Vote
    codes: dict[str, str]
    path: str = ""

    def code(self, person: Person) -> str:
        return self.codes[person.name]


@pytest.fixture
async def meeting(vote: Vote, settings: Settings) -> Meeting:
    await vote.everybody_answers()
    cast, made, id = vote.cast, Meeting(), uuid4()
    there = [cast.chair, cast.member, cast.recused_member]
    secretary, chair = vote.actor(cast.secretary), vote.actor(cast.chair)
    closes = latest_close(vote.clock.now())
    await polls.prepare_poll(
        id, vote.prize.id, closes_at=closes, present=[one.id for one in there], by=secretary, clock=vote.clock
    )
    await polls.open_poll(id, without_answers=False, as_chair=True, key_dir=vote.key_dir, by=chair, clock=vote.clock)
    await vote.reload(id)
    cards = await issue_cards([*there, cast.vice_chair], council=cast.council.id, by=secretary, clock=vote.clock)
    made.vote, made.codes = vote, {card.person.name: card.code for card in cards}
    made.path = f"/tavle/{await link_token(await open_tablet(id, by=chair, clock=vote.clock), settings)}"
    return made


@pytest.fixture
def tablet(client: httpx.AsyncClient) -> Browser:
    return Browser(client)


async def begin(tablet: Browser, meeting: Meeting, person: Person, status: int = 303) -> httpx.Response:
    return await tablet.post(meeting.path, {"code": meeting.code(person).lower()}, status)


async def cast_on(tablet: Browser, meeting: Meeting, *ids: str) -> str:
    paper = f"{meeting.path}/stemmeseddel"
    page = await tablet.get(paper)
    for id in ids:
        page = (await tablet.post(paper, hidden(page, paper) | {"act": f"toggle:{id}"}, 200)).text
    review = await tablet.post(f"{paper}/gennemsyn", hidden(page, paper), 200)
    await tablet.post(f"{meeting.path}/stemme", hidden(review.text, f"{meeting.path}/stemme"))
    return await tablet.get(f"{paper}/kvittering")


async def test_two_vote_one_after_the_other_and_the_next_sees_nothing(meeting: Meeting, tablet: Browser) -> None:
    cast = meeting.vote.cast
    await begin(tablet, meeting, cast.member)
    assert "data-forget" in await tablet.get(f"{meeting.path}/stemmeseddel")
    receipt = await cast_on(tablet, meeting, "c1")
    assert f"{BASE}/afstemning" not in receipt
    assert "kvittering/fil" not in receipt
    handed_on = await tablet.post(f"{meeting.path}/videre", {})
    assert "cookies" in handed_on.headers["clear-site-data"]
    for page in ("stemmeseddel", "stemmeseddel/kvittering"):
        answer = await tablet._client.get(f"{meeting.path}/{page}")
        assert (answer.status_code, answer.headers["location"]) == (303, meeting.path)
    await begin(tablet, meeting, cast.chair)
    assert "Du har stemt" not in await tablet.get(f"{meeting.path}/stemmeseddel")
    await cast_on(tablet, meeting, "c2")
    assert await Slot.count().where(Slot.t1.is_not_null()) == 2


async def test_signing_out_ends_the_turn_on_the_server_too(meeting: Meeting, tablet: Browser) -> None:
    await begin(tablet, meeting, meeting.vote.cast.member)
    kept = httpx.Cookies(tablet._client.cookies)
    await tablet.post(f"{meeting.path}/videre", {})
    tablet._client.cookies = kept
    await tablet.get(f"{meeting.path}/stemmeseddel", 303)
    assert await Link.count().where(Link.purpose.like("turn:%")) == 0


async def test_a_turn_opens_no_other_page_and_is_no_session(meeting: Meeting, tablet: Browser) -> None:
    await begin(tablet, meeting, meeting.vote.cast.member)
    assert await Session.count() == 0
    for page in (f"{BASE}/afstemning", "/mine-enheder", f"{PRIZE}/stemmeseddel", f"{PRIZE}/kandidater", DOOR):
        answer = await tablet._client.get(page)
        assert answer.headers["location"].startswith("/log-ind"), page


async def test_a_wrong_code_and_somebody_off_the_roll_get_the_same_answer(meeting: Meeting, tablet: Browser) -> None:
    cast = meeting.vote.cast
    wrong = await tablet.post(meeting.path, {"code": "ACDEFGHJKM"}, 422)
    for person in (cast.recused_member, cast.vice_chair):
        assert text_of(await begin(tablet, meeting, person, 422)) == text_of(wrong)


async def test_a_mistyped_code_is_not_left_for_the_next_person(meeting: Meeting, tablet: Browser) -> None:
    code = meeting.code(meeting.vote.cast.member)
    almost = code[:-1] + ("4" if code.endswith("3") else "3")
    answer = await tablet.post(meeting.path, {"code": almost}, 422)
    assert "Koden passer ikke" in text_of(answer)
    assert almost not in answer.text


async def test_a_turn_that_nobody_ended_is_forgotten(meeting: Meeting, tablet: Browser, settings: Settings) -> None:
    member = meeting.vote.cast.member
    await begin(tablet, meeting, member)
    await forget_turns(clock=meeting.vote.clock, settings=settings)
    assert await Link.exists().where(Link.subject == member.id, Link.purpose.like("turn:%"))
    meeting.vote.clock.advance(timedelta(minutes=10))
    await forget_turns(clock=meeting.vote.clock, settings=settings)
    assert not await Link.exists().where(Link.subject == member.id, Link.purpose.like("turn:%"))


async def test_the_tries_are_counted_for_each_link(meeting: Meeting, tablet: Browser) -> None:
    for _try in range(TRIES):
        await tablet.post(meeting.path, {"code": "hest"}, 422)
    await tablet.post(meeting.path, {"code": "hest"}, 429)
    meeting.vote.clock.advance(timedelta(minutes=16))
    await begin(tablet, meeting, meeting.vote.cast.member)


async def test_a_turn_lasts_ten_minutes_and_an_envelope_sent_later_is_not_cast(
    meeting: Meeting, tablet: Browser
) -> None:
    await begin(tablet, meeting, meeting.vote.cast.member)
    paper = f"{meeting.path}/stemmeseddel"
    review = await tablet.post(f"{paper}/gennemsyn", {"blank": "1", "seq": "0"}, 200)
    meeting.vote.clock.advance(timedelta(minutes=10))
    refused = await tablet.post(f"{meeting.path}/stemme", hidden(review.text, f"{meeting.path}/stemme"), 401)
    assert "Er det din tur?" in text_of(refused)
    assert await Slot.count().where(Slot.t1.is_not_null()) == 0


async def test_a_cast_on_the_tablet_writes_only_slots(meeting: Meeting, tablet: Browser) -> None:
    await begin(tablet, meeting, meeting.vote.cast.member)
    review = await tablet.post(f"{meeting.path}/stemmeseddel/gennemsyn", {"blank": "1", "seq": "0"}, 200)
    before = await whole_database()
    await tablet.post(f"{meeting.path}/stemme", hidden(review.text, f"{meeting.path}/stemme"))
    assert changed(before, await whole_database()) == {"slot"}


async def test_a_browser_that_is_signed_in_is_signed_out_first(
    meeting: Meeting, tablet: Browser, sign_in_as: SignIn
) -> None:
    """Otherwise whoever comes next would have the chair's pages."""
    tablet._client.cookies = await sign_in_as(meeting.vote.cast.chair)
    assert "Log ud, og gør tabletten klar" in await tablet.get(meeting.path)
    await begin(tablet, meeting, meeting.vote.cast.member, 409)
    await tablet.post(f"{meeting.path}/videre", {})
    assert await Session.count() == 0
    await begin(tablet, meeting, meeting.vote.cast.member)


async def test_chair_and_secretary_open_and_close_it_and_nobody_else(meeting: Meeting, browser_of: BrowserOf) -> None:
    cast, poll = meeting.vote.cast, meeting.vote.poll
    for person in (cast.member, cast.vice_chair, cast.recused_member):
        other = await browser_of(person)
        await other.get(DOOR, 404)
        await other.post(f"{DOOR}/lukning", {}, 404)
    secretary = await browser_of(cast.secretary)
    assert DOOR in await secretary.get(POLLS)
    assert meeting.path in await secretary.get(DOOR)
    await secretary.post(f"{DOOR}/lukning", {})
    await secretary.get(meeting.path, 409)
    chair = await browser_of(cast.chair)
    assert DOOR in await chair.get(f"{PRIZE}/moede")
    assert meeting.path not in await chair.get(DOOR)
    await chair.post(DOOR, {})
    assert re.search(r'src="data:image/svg', await chair.get(DOOR))
    assert await tablet_link(poll.id) is not None
    bodies = await Audit.select(Audit.body).where(Audit.body.like("%tablet_%")).output(as_list=True)
    assert len(bodies) == 3


async def test_closing_the_vote_closes_the_tablet(meeting: Meeting, tablet: Browser) -> None:
    await begin(tablet, meeting, meeting.vote.cast.member)
    meeting.vote.clock.set(meeting.vote.poll.closes_at)
    await tablet.get(f"{meeting.path}/stemmeseddel", 409)
    await tablet.post(meeting.path, {"code": meeting.code(meeting.vote.cast.chair)}, 409)
