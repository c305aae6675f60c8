"""How many must vote, and who counts as a member when seats change hands while a vote is open."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from awards.accounts.tables import Person
from awards.ballots.tables import Poll, TookPart
from awards.councils.tables import Term
from awards.counting import closing
from awards.counting.quorum import Quorum, quorum_of
from awards.db import Database
from tests.booth import BASE, CAST, PAPER, REVIEW, cast_ranking, rank
from tests.browsing import BrowserOf, hidden
from tests.builders import FakeClock, a_person, a_seat
from tests.votes import CLOSES, Vote, a_vote

LAST_DAY = date(2026, 11, 15)
DAY_BEFORE = date(2026, 11, 14)


@pytest.fixture
async def vote(db: Database, clock: FakeClock, tmp_path: Path) -> Vote:
    """An open vote of four members, whose fifth is recused."""
    made = await a_vote(clock, tmp_path / "keys")
    await made.everybody_answers()
    await made.open()
    return made


async def end_term(person: Person, day: date) -> None:
    await Term.update({Term.ends: day}).where(Term.person == person.id)


async def quorum(vote: Vote) -> Quorum:
    return await quorum_of(vote.poll, vote.cast.council.id)


async def test_at_least_half_of_those_who_may_take_part_must_vote(vote: Vote) -> None:
    assert await quorum(vote) == Quorum(base=4, needed=2)


async def test_a_seat_that_is_vacated_during_the_vote_is_no_longer_in_the_base(vote: Vote) -> None:
    await end_term(vote.cast.member, DAY_BEFORE)
    await end_term(vote.cast.vice_chair, DAY_BEFORE)
    assert await quorum(vote) == Quorum(base=2, needed=1)


async def test_a_term_that_ends_on_the_last_day_of_the_vote_still_counts(vote: Vote) -> None:
    await end_term(vote.cast.member, LAST_DAY)
    assert (await quorum(vote)).base == 4


async def test_a_vote_until_midnight_belongs_to_the_day_that_ends(vote: Vote) -> None:
    midnight = datetime(2026, 11, 15, 23, tzinfo=UTC)  # 00.00 on the 16th in Denmark
    await Poll.update({Poll.closes_at: midnight}).where(Poll.id == vote.poll.id)
    await vote.reload()
    await end_term(vote.cast.member, LAST_DAY)
    assert (await quorum(vote)).base == 4


async def test_a_count_that_comes_late_asks_for_as_many_as_one_in_time(vote: Vote) -> None:
    await vote.vote(vote.cast.chair, "ada")
    vote.clock.set(CLOSES + timedelta(days=40))
    for person in vote.members:
        await end_term(person, date(2026, 11, 30))  # a new council since 1 December
    await closing.close_poll(vote.poll.id, key_dir=vote.key_dir, clock=vote.clock)
    await closing.count_poll(vote.poll.id, key_dir=vote.key_dir, clock=vote.clock)
    poll = await vote.reload()
    assert (poll.state, poll.void_reason) == ("void", "no_quorum")


async def test_a_ballot_cast_before_the_term_ended_is_counted(vote: Vote) -> None:
    await vote.vote(vote.cast.member, "ada")
    await vote.vote(vote.cast.chair, "ada")
    await end_term(vote.cast.member, DAY_BEFORE)
    assert (await vote.close()).state == "decided"
    assert {row.member for row in await TookPart.objects()} == {vote.cast.member.id, vote.cast.chair.id}


async def test_whoever_has_left_the_council_casts_no_ballot_and_keeps_the_one_they_cast(
    vote_in_app: Vote, browser_of: BrowserOf
) -> None:
    vote = vote_in_app
    await vote.everybody_answers()
    await vote.open()
    member = await browser_of(vote.cast.member)
    await cast_ranking(member, "c1")
    review = await member.post(REVIEW, hidden(await rank(member, "c2"), REVIEW), 200)
    await end_term(vote.cast.member, date(2026, 11, 7))
    await member.get(PAPER, 404)
    await member.post(CAST, hidden(review.text, CAST), 404)
    await vote.vote(vote.cast.chair, "ada")
    await vote.close()
    assert (await closing.result_of(vote.poll.id)).counts.ballots == 2


async def test_whoever_takes_a_seat_during_the_vote_is_told_that_the_roll_was_made(
    vote_in_app: Vote, browser_of: BrowserOf
) -> None:
    vote = vote_in_app
    await vote.everybody_answers()
    await vote.open()
    newcomer = await a_person("newcomer")
    await a_seat(vote.cast.council, newcomer, 6, starts=date(2026, 11, 8))
    browser = await browser_of(newcomer)
    await browser.post(f"{BASE}/inhabilitet", {"none": "1"})
    assert "Listen over dem, der kan stemme, blev lavet, da afstemningen åbnede." in await browser.get(
        f"{BASE}/afstemning"
    )
    await browser.get(PAPER, 404)
