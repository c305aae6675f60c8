"""A vote closes later when two agree, and earlier when everybody has voted."""

import asyncio
from datetime import timedelta

import pytest

from awards.ballots.extending import agree_to_later_close, ask_for_later_close, asked_change
from awards.ballots.tables import ClosingChange
from awards.counting.early import close_early, everybody_has_voted
from awards.db import Database
from awards.errors import DeadlinePassed, RuleBroken
from awards.outbox.tables import Mail
from awards.settings import Settings
from tests.browsing import BrowserOf
from tests.builders import FakeClock
from tests.votes import CLOSES, Vote, a_vote

LATER = CLOSES + timedelta(days=3)
BASE = "/integrationsraad/2026"
PAGE = f"{BASE}/frivillighedsprisen/lukketid"
POLLS = f"{BASE}/afstemninger"


@pytest.fixture
async def vote(db: Database, clock: FakeClock, settings: Settings) -> Vote:
    made = await a_vote(clock, settings.key_dir)
    await made.everybody_answers()
    await made.open()
    return made


async def ask(vote: Vote) -> ClosingChange:
    await ask_for_later_close(vote.poll.id, LATER, by=vote.actor(vote.cast.secretary), clock=vote.clock)
    change = await asked_change(vote.poll.id)
    assert change is not None
    return change


async def agree(vote: Vote, change: ClosingChange) -> None:
    await agree_to_later_close(change.id, by=vote.actor(vote.cast.chair), clock=vote.clock)


async def test_more_time_holds_once_two_have_agreed_and_everybody_is_told(vote: Vote) -> None:
    change = await ask(vote)
    assert (await vote.reload()).closes_at == CLOSES
    before = vote.poll.manifest_hash
    await agree(vote, change)
    await agree(vote, change)
    assert (await vote.reload()).closes_at == LATER
    assert vote.poll.manifest_hash == before, "the manifest keeps the original time"
    assert await Mail.count().where(Mail.template == "ballots/extended") == 4
    vote.clock.set(CLOSES)
    await vote.vote(vote.cast.member, "ada")


async def test_whoever_asks_does_not_agree_alone(vote: Vote) -> None:
    change = await ask(vote)
    with pytest.raises(RuleBroken, match="Two people"):
        await agree_to_later_close(change.id, by=vote.actor(vote.cast.secretary), clock=vote.clock)


async def test_there_is_no_more_time_after_the_close(vote: Vote) -> None:
    change = await ask(vote)
    vote.clock.set(CLOSES)
    with pytest.raises(DeadlinePassed):
        await agree(vote, change)
    with pytest.raises(DeadlinePassed):
        await ask_for_later_close(vote.poll.id, LATER, by=vote.actor(vote.cast.secretary), clock=vote.clock)


async def test_an_earlier_time_is_refused(vote: Vote) -> None:
    with pytest.raises(RuleBroken, match="later"):
        await ask_for_later_close(vote.poll.id, CLOSES, by=vote.actor(vote.cast.secretary), clock=vote.clock)


async def test_agreeing_and_closing_at_once_end_in_one_of_the_two(vote: Vote) -> None:
    change = await ask(vote)
    vote.clock.set(CLOSES - timedelta(seconds=1))
    await asyncio.gather(agree(vote, change), vote.close(), return_exceptions=True)
    poll = await vote.reload()
    assert (poll.state, poll.closes_at) in (("open", LATER), ("void", CLOSES))


async def everybody_votes(vote: Vote) -> None:
    for person in (vote.cast.chair, vote.cast.vice_chair, vote.cast.second_vice_chair, vote.cast.member):
        assert not await everybody_has_voted(vote.poll.id)
        await vote.vote(person, "ada")


async def test_a_vote_is_closed_early_only_when_everybody_has_voted(vote: Vote, settings: Settings) -> None:
    chair = vote.actor(vote.cast.chair)
    with pytest.raises(RuleBroken, match="Not everybody"):
        await close_early(vote.poll.id, key_dir=vote.key_dir, by=chair, clock=vote.clock)
    await everybody_votes(vote)
    for _click in range(2):
        await close_early(vote.poll.id, key_dir=vote.key_dir, by=chair, clock=vote.clock)
    assert (await vote.reload()).state == "decided"
    assert vote.poll.closes_at == vote.clock.now()


async def test_a_vote_closed_early_without_its_keys_waits_and_the_secretary_is_told(
    vote: Vote, browser_of: BrowserOf
) -> None:
    await everybody_votes(vote)
    secretary = await browser_of(vote.cast.secretary)
    assert "Stemmerne er ikke talt endnu" not in await secretary.get(POLLS)
    (vote.key_dir / f"poll-{vote.poll.id}-A.key").unlink()
    await (await browser_of(vote.cast.chair)).post(f"{PAGE}/lukning", {})
    assert (await vote.reload()).state == "closed"
    assert "Stemmerne er ikke talt endnu" in await (await browser_of(vote.cast.secretary)).get(POLLS)


async def test_only_the_acting_chair_is_told_that_everybody_has_voted(vote: Vote, browser_of: BrowserOf) -> None:
    await everybody_votes(vote)
    chair = await browser_of(vote.cast.chair)
    assert "Alle har stemt" in await chair.get(f"{BASE}/afstemning")
    assert "Alle har stemt" in await chair.get(PAGE)
    for person in (vote.cast.secretary, vote.cast.vice_chair, vote.cast.member):
        other = await browser_of(person)
        assert "Alle har stemt" not in await other.get(f"{BASE}/afstemning")
    secretary = await browser_of(vote.cast.secretary)
    assert "Alle har stemt" not in await secretary.get(PAGE)
    await secretary.post(f"{PAGE}/lukning", {}, 404)
    await (await browser_of(vote.cast.chair)).post(f"{PAGE}/lukning", {})
    assert (await vote.reload()).state == "decided"


async def test_secretary_and_chair_agree_through_the_pages(vote: Vote, browser_of: BrowserOf) -> None:
    secretary = await browser_of(vote.cast.secretary)
    await secretary.post(PAGE, {"closes_date": "14.11.2026", "closes_time": "12.00"}, 409)
    await secretary.post(PAGE, {"closes_date": "18.11.2026", "closes_time": "12.00"})
    await secretary.post(f"{PAGE}/enighed", {}, 404)
    chair = await browser_of(vote.cast.chair)
    assert "mere tid" in await chair.get(f"{BASE}/afstemning")
    await chair.post(f"{PAGE}/enighed", {})
    assert (await vote.reload()).closes_at == LATER
