"""A vote that gave no majority, and the second round: both stay readable, and everybody knows which is which."""

from datetime import timedelta
from uuid import uuid4

import pytest

from awards.ballots import polls
from awards.db import Database
from awards.rounds.tables import Prize
from awards.settings import Settings
from tests.booth import BASE, PRIZE
from tests.browsing import BrowserOf
from tests.builders import FakeClock
from tests.mails import texts
from tests.votes import CLOSES, Vote, a_vote

WHY = "Ingen fik over halvdelen. Der stemmes igen mellem ada og bo."
SECOND_CLOSES = CLOSES + timedelta(days=8)


@pytest.fixture
async def vote(db: Database, clock: FakeClock, settings: Settings) -> Vote:
    """Two for ada, two for bo, none for cem: a majority was asked for."""
    vote = await a_vote(clock, settings.key_dir)
    await Prize.update({Prize.method: "single", Prize.method_options: '{"majority": true}'}).where(
        Prize.id == vote.prize.id
    )
    await vote.everybody_answers()
    await vote.open()
    cast = vote.cast
    for person, choice in zip(
        (cast.chair, cast.vice_chair, cast.second_vice_chair, cast.member), ("ada", "ada", "bo", "bo"), strict=True
    ):
        await vote.vote(person, choice)
    await vote.close()
    clock.set(CLOSES + timedelta(days=1))
    return vote


async def open_second_round(vote: Vote) -> None:
    secretary, id = vote.actor(vote.cast.secretary), uuid4()
    await polls.prepare_poll(id, vote.prize.id, closes_at=SECOND_CLOSES, by=secretary, clock=vote.clock)
    await polls.open_poll(id, without_answers=True, key_dir=vote.key_dir, by=secretary, clock=vote.clock)
    await vote.reload(id)


async def test_between_the_rounds_everybody_reads_why_there_is_another(vote: Vote, browser_of: BrowserOf) -> None:
    assert WHY in await (await browser_of(vote.cast.member)).get(f"{BASE}/afstemning")
    page = await (await browser_of(vote.cast.secretary)).get(f"{BASE}/afstemninger")
    assert "Anden runde mellem" in page
    # The round's own time is over: it is no suggestion for a vote to come.
    assert f"{CLOSES:%d.%m.%Y}" not in page.partition('name="closes-')[2].partition(">")[0]


async def test_the_second_round_tells_that_the_first_vote_does_not_count(
    vote: Vote, browser_of: BrowserOf, settings: Settings
) -> None:
    await open_second_round(vote)
    mailed = await texts("ballots/opened", settings)
    assert any(WHY in text and "Den stemme tæller ikke med her." in text for text in mailed.values())
    ballot = await (await browser_of(vote.cast.member)).get(f"{PRIZE}/stemmeseddel")
    assert WHY in ballot
    assert "cem" not in ballot


async def test_the_first_round_can_be_read_and_checked_after_the_second(vote: Vote, browser_of: BrowserOf) -> None:
    first = vote.poll.id
    await open_second_round(vote)
    for person in (vote.cast.chair, vote.cast.vice_chair, vote.cast.second_vice_chair):
        await vote.vote(person, "bo")
    vote.clock.set(SECOND_CLOSES)
    member = await browser_of(vote.cast.member)
    home = await member.get(f"{BASE}/afstemning")  # closes what is due
    assert "frivillighedsprisen" in home
    newest = await member.get(f"{PRIZE}/stemmeurne")
    earlier = await member.get(f"{PRIZE}/stemmeurne?afstemning=1")
    assert f'data-poll="{first}"' in earlier
    assert f'data-poll="{first}"' not in newest
    codes = (await member.get(f"{PRIZE}/stemmeurne/yderkuverter.txt?afstemning=1")).split()
    assert len(codes) == 4
    await member.get(f"{PRIZE}/stemmeurne?afstemning=3", 404)
    assert "Afstemning nr. 1" in await member.get(f"{PRIZE}/referat")
