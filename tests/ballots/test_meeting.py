"""A vote at a meeting: those who are present and habile vote, and the chair opens it and closes it."""

from datetime import timedelta
from uuid import uuid4

import pytest

from awards.accounts.tables import Person
from awards.ballots import polls
from awards.ballots.meetings import latest_close
from awards.ballots.tables import Elector, Poll
from awards.counting.early import close_early
from awards.errors import NotFound, RuleBroken
from awards.settings import Settings
from tests.booth import BASE, POLLS, PRIZE
from tests.browsing import BrowserOf, hidden
from tests.mails import texts
from tests.votes import Vote

MEETING = f"{PRIZE}/moede"


async def prepare(vote: Vote, *present: Person) -> None:
    id = uuid4()
    await polls.prepare_poll(
        id,
        vote.prize.id,
        closes_at=latest_close(vote.clock.now()),
        present=[person.id for person in present],
        by=vote.actor(vote.cast.secretary),
        clock=vote.clock,
    )
    await vote.reload(id)


async def open_as(vote: Vote, person: Person, *, as_chair: bool) -> Poll:
    await polls.open_poll(
        vote.poll.id,
        without_answers=False,
        as_chair=as_chair,
        key_dir=vote.key_dir,
        by=vote.actor(person),
        clock=vote.clock,
    )
    return await vote.reload()


@pytest.fixture
async def meeting(vote: Vote) -> Vote:
    """Chair, member and somebody recused are present; both vice-chairs are not."""
    await vote.everybody_answers()
    await prepare(vote, vote.cast.chair, vote.cast.member, vote.cast.recused_member)
    return vote


@pytest.fixture
async def open_meeting(meeting: Vote) -> Vote:
    await open_as(meeting, meeting.cast.chair, as_chair=True)
    return meeting


async def test_the_roll_is_those_present_and_habile(open_meeting: Vote) -> None:
    roll = await Elector.select(Elector.member).output(as_list=True)
    assert set(roll) == {open_meeting.cast.chair.id, open_meeting.cast.member.id}


async def test_somebody_absent_cannot_cast(open_meeting: Vote) -> None:
    with pytest.raises(NotFound):
        await open_meeting.vote(open_meeting.cast.vice_chair, "ada")


async def test_only_those_present_are_waited_for_with_their_answers(vote: Vote) -> None:
    for person in (vote.cast.chair, vote.cast.member):
        await vote.answer(person)
    await prepare(vote, vote.cast.chair, vote.cast.member)
    assert (await open_as(vote, vote.cast.chair, as_chair=True)).state == "open"


async def test_the_secretary_cannot_open_it(meeting: Vote, browser_of: BrowserOf) -> None:
    with pytest.raises(RuleBroken, match="Only the chair"):
        await open_as(meeting, meeting.cast.secretary, as_chair=False)
    secretary = await browser_of(meeting.cast.secretary)
    await secretary.post(f"{POLLS}/frivillighedsprisen/aabning", {}, 409)
    await secretary.post(f"{MEETING}/aabning", {}, 404)
    assert (await meeting.reload()).state == "draft"


async def test_a_vice_chair_opens_it_when_the_chair_is_not_there(vote: Vote, browser_of: BrowserOf) -> None:
    await vote.everybody_answers()
    await prepare(vote, vote.cast.vice_chair, vote.cast.member)
    chair = await browser_of(vote.cast.chair)
    await chair.post(f"{MEETING}/aabning", {}, 404)
    vice_chair = await browser_of(vote.cast.vice_chair)
    await vice_chair.post(f"{MEETING}/aabning", {})
    assert (await vote.reload()).state == "open"


async def test_closing_waits_for_all(open_meeting: Vote) -> None:
    vote, chair = open_meeting, open_meeting.actor(open_meeting.cast.chair)
    await vote.vote(vote.cast.chair, "ada")
    with pytest.raises(RuleBroken, match="Not everybody"):
        await close_early(vote.poll.id, key_dir=vote.key_dir, by=chair, clock=vote.clock)
    await vote.vote(vote.cast.member, "ada")
    await close_early(vote.poll.id, key_dir=vote.key_dir, by=chair, clock=vote.clock)
    assert (await vote.reload()).state == "decided"


async def test_a_forgotten_vote_closes_at_the_end_of_the_day_on_which_it_was_opened(meeting: Vote) -> None:
    """The secretary may have prepared it on the day before."""
    meeting.clock.advance(timedelta(days=1))
    poll = await open_as(meeting, meeting.cast.chair, as_chair=True)
    assert poll.closes_at == latest_close(meeting.clock.now())


async def test_nobody_is_told_an_hour_at_which_it_closes(
    open_meeting: Vote, browser_of: BrowserOf, settings: Settings
) -> None:
    """It closes when everybody has voted: the end of the day is only for a chair who forgets."""
    member = open_meeting.cast.member
    mail = (await texts("ballots/opened", settings))[member.email]
    browser = await browser_of(member)
    pages = [await browser.get(page) for page in (f"{BASE}/afstemning", f"{PRIZE}/stemmeseddel")]
    await open_meeting.vote(member, "ada")
    pages += [await browser.get(page) for page in (f"{BASE}/afstemning", f"{PRIZE}/stemmeseddel/kvittering")]
    assert [word in text for text in (mail, *pages) for word in ("23.59", "senest")] == [False] * 10
    assert "Den lukker, når alle, der er til stede, har stemt" in mail
    assert "Mind alle" not in await (await browser_of(open_meeting.cast.secretary)).get(POLLS)


async def test_it_goes_from_the_list_of_those_present_to_the_minutes_through_the_pages(
    vote: Vote, browser_of: BrowserOf
) -> None:
    await vote.everybody_answers()
    cast = vote.cast
    secretary = await browser_of(cast.secretary)
    prepare_it = f"{POLLS}/frivillighedsprisen/moede"
    fields = hidden(await secretary.get(POLLS), prepare_it)
    await secretary.post(prepare_it, fields, 422)
    present = [str(person.id) for person in (cast.chair, cast.member, cast.vice_chair, cast.recused_member)]
    await secretary.post(prepare_it, fields | {"present-frivillighedsprisen[]": present})
    assert cast.recused_member.name in await secretary.get(POLLS)
    await vote.reload((await Poll.objects().first()).id)  # type: ignore[union-attr]
    chair = await browser_of(cast.chair)
    assert MEETING in await chair.get(f"{BASE}/afstemning")
    assert cast.member.name in await chair.get(MEETING)
    await chair.post(f"{MEETING}/aabning", {})
    await vote.reload()
    assert "lukning" not in await chair.get(MEETING)
    for person in (cast.chair, cast.member, cast.vice_chair):
        await vote.vote(person, "ada")
    chair = await browser_of(cast.chair)
    assert "Alle har stemt" in await chair.get(MEETING)
    await chair.post(f"{PRIZE}/lukketid/lukning", {})
    minutes = await chair.get(f"{PRIZE}/referat")
    assert "Til stede på mødet" in minutes
    assert cast.recused_member.name in minutes
