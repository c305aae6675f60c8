"""A candidate takes themselves out, at every point of the procedure."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from awards.ballots import polls
from awards.ballots.casting import manifest_of
from awards.ballots.tables import Box, Slot
from awards.counting import deciding
from awards.counting.closing import result_of
from awards.counting.tables import MeetingDecision
from awards.counting.withdrawals import withdraw_candidate
from awards.db import Database
from awards.errors import RuleBroken
from awards.outbox.tables import Mail
from awards.rounds.tables import Prize
from awards.settings import Settings
from awards.winners.tables import Award
from tests.browsing import BrowserOf
from tests.builders import FakeClock
from tests.votes import CLOSES, Vote, a_vote

PRIZE = "/integrationsraad/2026/frivillighedsprisen"


@pytest.fixture
async def vote(db: Database, clock: FakeClock, settings: Settings) -> Vote:
    return await a_vote(clock, settings.key_dir)


async def withdraw(vote: Vote, name: str) -> None:
    await withdraw_candidate(
        vote.candidates[name], reason="Flytter", by=vote.actor(vote.cast.secretary), clock=vote.clock
    )


async def a_count(vote: Vote, *rankings: tuple[str, ...], method: str = "ranked") -> None:
    await Prize.update({Prize.method: method}).where(Prize.id == vote.prize.id)
    await vote.everybody_answers()
    await vote.open()
    people = (vote.cast.chair, vote.cast.vice_chair, vote.cast.second_vice_chair, vote.cast.member)
    for person, ranking in zip(people, rankings, strict=False):
        await vote.vote(person, *ranking)
    await vote.close()


async def approve(vote: Vote) -> None:
    for capacity, person in (("chair", vote.cast.chair), ("secretary", vote.cast.secretary)):
        await deciding.approve(vote.poll.id, capacity, by=vote.actor(person), clock=vote.clock)


async def test_before_the_vote_the_candidate_is_not_on_the_ballot(vote: Vote) -> None:
    await withdraw(vote, "bo")
    await withdraw(vote, "bo")  # twice is fine
    del vote.candidates["bo"]
    await vote.everybody_answers()
    await vote.open()
    assert [entry.name for entry in manifest_of(vote.poll).entries] == ["ada", "cem"]


async def test_during_the_vote_it_ends_and_a_new_one_names_it(vote: Vote) -> None:
    await vote.everybody_answers()
    first = await vote.open()
    await vote.vote(vote.cast.member, "bo")
    await withdraw(vote, "bo")
    assert ((await vote.reload()).state, vote.poll.void_reason) == ("void", "withdrawn")
    assert await Slot.count() == 0
    assert await Box.count() == 0
    assert await Mail.count().where(Mail.template == "ballots/voided") == 4
    second = await vote.open()
    assert second.parent == first.id
    assert "bo" not in [entry.name for entry in manifest_of(second).entries]


async def test_a_winner_who_declines_is_left_out_of_a_new_count_that_is_approved_again(vote: Vote) -> None:
    await a_count(vote, ("ada", "bo"), ("ada", "cem"), ("bo", "ada"), ("ada",))
    await approve(vote)
    await withdraw(vote, "ada")
    assert (await vote.reload()).state == "decided"
    assert await deciding.winners_of(vote.prize.id) == []
    result = await result_of(vote.poll.id)
    names = {entry.id: entry.name for entry in manifest_of(vote.poll).entries}
    assert [names[id] for id in result.winners] == ["bo"]
    assert (result.counts.valid, result.counts.blank) == (3, 1), "a ballot left empty counts as blank"
    await approve(vote)
    assert [candidate.name for candidate in await deciding.winners_of(vote.prize.id)] == ["bo"]


async def test_two_winners_who_decline_one_after_the_other_are_both_left_out(vote: Vote) -> None:
    await a_count(vote, ("ada", "bo", "cem"), ("ada", "bo", "cem"), ("bo", "cem", "ada"), ("cem",))
    for name, state in (("ada", "decided"), ("bo", "decided")):
        await withdraw(vote, name)
        assert (await vote.reload()).state == state
    names = {entry.id: entry.name for entry in manifest_of(vote.poll).entries}
    assert [names[id] for id in (await result_of(vote.poll.id)).winners] == ["cem"]


async def test_somebody_who_did_not_win_changes_nothing(vote: Vote) -> None:
    await a_count(vote, ("ada",), ("ada",), ("bo",))
    await approve(vote)
    before = await result_of(vote.poll.id)
    await withdraw(vote, "bo")
    assert (await vote.reload()).state == "approved"
    assert await result_of(vote.poll.id) == before


async def test_of_single_choices_a_new_vote_is_needed(vote: Vote) -> None:
    await a_count(vote, ("ada",), ("ada",), ("bo",), method="single")
    await withdraw(vote, "ada")
    assert ((await vote.reload()).state, vote.poll.void_reason) == ("void", "withdrawn")


async def test_one_of_those_who_stand_level_leaves_the_other_as_winner(vote: Vote) -> None:
    await a_count(vote, ("ada", "bo"), ("ada", "bo"), ("bo", "ada"), ("bo", "ada"))
    assert vote.poll.state == "tie"
    await withdraw(vote, "ada")
    assert (await vote.reload()).state == "decided"


async def test_the_chairs_choice_who_declines_is_counted_out(vote: Vote) -> None:
    await a_count(vote, ("ada", "bo"), ("ada", "bo"), ("bo", "ada"), ("bo", "ada"))
    chair = vote.actor(vote.cast.chair)
    await deciding.decide_tie(vote.poll.id, vote.candidates["ada"], reason="Flest børn", by=chair, clock=vote.clock)
    await withdraw(vote, "ada")
    assert (await vote.reload()).state == "decided"
    names = {entry.id: entry.name for entry in manifest_of(vote.poll).entries}
    assert [names[id] for id in (await result_of(vote.poll.id)).winners] == ["bo"]


async def test_a_decision_of_a_meeting_is_taken_back(vote: Vote) -> None:
    await deciding.register_decision(
        uuid4(),
        vote.prize.id,
        held_on=vote.clock.now().date(),
        present=[vote.cast.chair.id],
        recused=[],
        winners=[vote.candidates["ada"]],
        reason="",
        by=vote.actor(vote.cast.secretary),
        clock=vote.clock,
    )
    await withdraw(vote, "ada")
    assert await MeetingDecision.count() == 0


async def test_a_winner_who_is_published_is_corrected_elsewhere(vote: Vote) -> None:
    await Award(prize=vote.prize.id, published_at=vote.clock.now()).save()
    with pytest.raises(RuleBroken, match="published"):
        await withdraw(vote, "ada")


async def test_a_second_round_stands_between_those_whom_the_first_one_left(vote: Vote) -> None:
    await Prize.update({Prize.method_options: '{"majority": true}'}).where(Prize.id == vote.prize.id)
    await a_count(vote, ("ada",), ("ada",), ("bo",), ("bo",), method="single")
    assert ((await vote.reload()).state, vote.poll.void_reason) == ("void", "runoff")
    vote.clock.set(CLOSES + timedelta(days=1))
    secretary, id = vote.actor(vote.cast.secretary), uuid4()
    later = CLOSES + timedelta(days=8)
    await polls.prepare_poll(id, vote.prize.id, closes_at=later, by=secretary, clock=vote.clock)
    await polls.open_poll(id, without_answers=True, key_dir=vote.key_dir, by=secretary, clock=vote.clock)
    second = await vote.reload(id)
    assert second.parent is not None
    assert [entry.name for entry in manifest_of(second).entries] == ["ada", "bo"]


async def test_the_secretary_sees_what_follows_and_the_minutes_tell_it(vote: Vote, browser_of: BrowserOf) -> None:
    await a_count(vote, ("ada", "bo"), ("ada", "cem"), ("bo", "ada"), ("ada",))
    secretary = await browser_of(vote.cast.secretary)
    page = await secretary.get(f"{PRIZE}/tilbagetraekning")
    assert "talt igen uden" in page
    await secretary.post(f"{PRIZE}/tilbagetraekning", {}, 422)
    await secretary.post(
        f"{PRIZE}/tilbagetraekning", {"candidate": str(vote.candidates["ada"]), "reason": "Flytter til Aarhus"}
    )
    minutes = await secretary.get(f"{PRIZE}/referat")
    assert "Flytter til Aarhus" in minutes
    polls = await secretary.get("/integrationsraad/2026/afstemninger")
    assert re.search(r"Har trukket sig</dt><dd><span[^>]*>ada<", polls)
    assert "ada har trukket sig. Flytter til Aarhus" in await secretary.get(f"{PRIZE}/godkendelse")
