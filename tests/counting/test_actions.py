"""A vote from the shortlist to the approved result, on a real database of each kind."""

import json
import re
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from awards.audit.tables import Audit
from awards.ballots import keys, polls, recusals
from awards.ballots.ballot import Ballot
from awards.ballots.casting import VotedElsewhere, manifest_of, own_slot
from awards.ballots.extending import agree_to_later_close, ask_for_later_close, asked_change
from awards.ballots.tables import Box, Elector, Mixed, Slot, TookPart
from awards.counting import closing, deciding
from awards.counting.tables import Count
from awards.db import Database
from awards.errors import DeadlinePassed, NotFound, RuleBroken
from awards.outbox.tables import Mail
from tests.builders import FakeClock
from tests.snapshots import whole_database
from tests.votes import CLOSES, Vote, a_vote

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
async def vote(db: Database, clock: FakeClock, tmp_path: Path) -> Vote:
    return await a_vote(clock, tmp_path / "keys")


async def test_three_candidates_are_ranked_and_the_winner_is_approved_by_two(vote: Vote) -> None:
    await vote.everybody_answers()
    poll = await vote.open()
    assert poll.method == "ranked"
    await vote.vote(vote.cast.chair, "ada", "bo")
    await vote.vote(vote.cast.vice_chair, "ada")
    await vote.vote(vote.cast.second_vice_chair, "bo", "ada")
    await vote.vote(vote.cast.member)
    assert (await vote.close()).state == "decided"
    result = await closing.result_of(poll.id)
    assert (result.counts.ballots, result.counts.blank) == (4, 1)
    assert await deciding.winners_of(vote.prize.id) == []
    await deciding.approve(poll.id, "chair", by=vote.actor(vote.cast.chair), clock=vote.clock)
    assert (await vote.reload()).state == "decided"
    await deciding.approve(poll.id, "secretary", by=vote.actor(vote.cast.secretary), clock=vote.clock)
    assert (await vote.reload()).state == "approved"
    assert [candidate.name for candidate in await deciding.winners_of(vote.prize.id)] == ["ada"]


async def test_opening_waits_for_all_answers_unless_the_secretary_goes_on(vote: Vote) -> None:
    with pytest.raises(RuleBroken, match="Still missing"):
        await vote.open()
    await polls.open_poll(
        (await polls.newest_poll(vote.prize.id)).id,  # type: ignore[union-attr]
        without_answers=True,
        key_dir=vote.key_dir,
        by=vote.actor(vote.cast.secretary),
        clock=vote.clock,
    )
    assert await Elector.count() == 5


async def test_a_recused_member_is_off_the_roll_and_cannot_cast(vote: Vote) -> None:
    await vote.everybody_answers()
    await vote.open()
    assert await Elector.count() == 4
    with pytest.raises(NotFound):
        await vote.vote(vote.cast.recused_member, "bo")


async def test_a_member_in_doubt_is_off_the_roll_until_the_council_has_decided(vote: Vote) -> None:
    await vote.everybody_answers()
    await vote.answer(vote.cast.member, bo="doubt")
    assert vote.cast.member.id in (await recusals.recused_from([vote.prize.id]))[vote.prize.id]
    await recusals.decide_doubt(
        vote.prize.id,
        vote.cast.member.id,
        "habile",
        "Rådet drøftede det på mødet.",
        by=vote.actor(vote.cast.chair),
        clock=vote.clock,
    )
    await vote.open()
    await vote.vote(vote.cast.member, "bo")


async def test_a_late_recusal_takes_the_ballot_out(vote: Vote) -> None:
    await vote.everybody_answers()
    await vote.open()
    await vote.vote(vote.cast.member, "bo")
    await vote.answer(vote.cast.member, bo="recused")
    assert await Slot.count().where(Slot.t1.is_not_null()) == 0
    await vote.vote(vote.cast.chair, "ada")
    await vote.vote(vote.cast.vice_chair, "ada")
    await vote.close()
    assert {row.member for row in await TookPart.objects()} == {vote.cast.chair.id, vote.cast.vice_chair.id}


async def test_the_last_ballot_counts_and_is_counted_once(vote: Vote) -> None:
    await vote.everybody_answers()
    poll = await vote.open()
    await vote.vote(vote.cast.member, "bo")
    receipt = await vote.vote(vote.cast.member, "ada", expects=1)
    assert receipt.seq == 2
    await vote.vote(vote.cast.chair, "ada")
    await vote.close()
    result = await closing.result_of(poll.id)
    assert result.counts.ballots == 2
    assert result.winners == (next(e.id for e in manifest_of(poll).entries if e.name == "ada"),)


async def test_the_same_envelope_again_gives_the_same_receipt(vote: Vote) -> None:
    await vote.everybody_answers()
    await vote.open()
    envelope = vote.sealed(Ballot("blank"))
    first = await vote.hand_in(vote.cast.member, envelope)
    assert await vote.hand_in(vote.cast.member, envelope) == first


async def test_a_ballot_from_a_stale_page_does_not_replace_a_newer_one(vote: Vote) -> None:
    await vote.everybody_answers()
    await vote.open()
    await vote.vote(vote.cast.member, "bo")
    with pytest.raises(VotedElsewhere):
        await vote.vote(vote.cast.member, "ada", expects=0)


async def test_another_members_envelope_cannot_be_copied(vote: Vote) -> None:
    await vote.everybody_answers()
    await vote.open()
    envelope = vote.sealed(Ballot("blank"))
    await vote.hand_in(vote.cast.member, envelope)
    with pytest.raises(RuleBroken, match="damaged"):
        await vote.hand_in(vote.cast.chair, envelope)


async def test_the_deadline_is_exclusive(vote: Vote) -> None:
    await vote.everybody_answers()
    await vote.open()
    vote.clock.set(CLOSES - timedelta(microseconds=1))
    await vote.vote(vote.cast.member, "bo")
    vote.clock.set(CLOSES)
    with pytest.raises(DeadlinePassed):
        await vote.vote(vote.cast.chair, "ada")


async def test_a_cast_writes_only_slots(vote: Vote) -> None:
    await vote.everybody_answers()
    await vote.open()
    before = await whole_database()
    await vote.vote(vote.cast.member, "bo")
    after = await whole_database()
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"slot"}


async def test_slots_lie_in_tag_order_whoever_cast_last(vote: Vote) -> None:
    await vote.everybody_answers()
    await vote.open()
    for person in (vote.cast.member, vote.cast.chair, vote.cast.second_vice_chair):
        await vote.vote(person, "bo")
        stored = [row["tag"] for row in await Slot.raw("SELECT tag FROM slot")]
        assert stored == sorted(stored)


async def test_a_vote_from_which_everybody_has_stepped_back_closes_too(vote: Vote) -> None:
    await vote.everybody_answers()
    await vote.open()
    for person in vote.members:
        await vote.answer(person, ada="recused")
    secretary, chair = vote.actor(vote.cast.secretary), vote.actor(vote.cast.chair)
    later = CLOSES + timedelta(hours=1)
    await ask_for_later_close(vote.poll.id, later, by=secretary, clock=vote.clock)
    change = await asked_change(vote.poll.id)
    assert change is not None
    await agree_to_later_close(change.id, by=chair, clock=vote.clock)
    vote.clock.set(later)
    await closing.close_poll(vote.poll.id, key_dir=vote.key_dir, clock=vote.clock)
    assert (await vote.reload()).state == "closed"


async def test_nothing_is_opened_without_quorum(vote: Vote) -> None:
    await vote.everybody_answers()
    poll = await vote.open()
    await vote.vote(vote.cast.chair, "ada")
    closed = await vote.close()
    assert (closed.state, closed.void_reason) == ("void", "no_quorum")
    assert await Mixed.count() == 0
    count = await Count.objects().get(Count.poll == poll.id)
    assert count is not None
    assert json.loads(count.ballots) == []


async def test_closing_twice_counts_once(vote: Vote) -> None:
    await vote.everybody_answers()
    poll = await vote.open()
    await vote.vote(vote.cast.chair, "ada")
    await vote.vote(vote.cast.member, "ada")
    await vote.close()
    await closing.close_poll(poll.id, key_dir=vote.key_dir, clock=vote.clock)
    await closing.count_poll(poll.id, key_dir=vote.key_dir, clock=vote.clock)
    assert await Box.count() == 2
    assert await Count.count() == 1


async def test_who_took_part_is_told_to_each_of_them_at_close(vote: Vote) -> None:
    await vote.everybody_answers()
    await vote.open()
    await vote.vote(vote.cast.chair, "ada")
    await vote.vote(vote.cast.member, "ada")
    assert await TookPart.count() == 0
    await vote.close()
    told = {
        mail.recipient: json.loads(mail.context)["took_part"]
        for mail in await Mail.objects().where(Mail.template == "counting/closed")
    }
    assert told == {
        vote.cast.chair.email: True,
        vote.cast.member.email: True,
        vote.cast.vice_chair.email: False,
        vote.cast.second_vice_chair.email: False,
    }


async def test_a_tie_waits_for_the_chair(vote: Vote) -> None:
    await vote.everybody_answers()
    poll = await vote.open()
    await vote.vote(vote.cast.chair, "ada")
    await vote.vote(vote.cast.member, "bo")
    assert (await vote.close()).state == "tie"
    chair = vote.actor(vote.cast.chair)
    with pytest.raises(NotFound):
        await deciding.decide_tie(
            poll.id, vote.candidates["ada"], reason="x", by=vote.actor(vote.cast.member), clock=vote.clock
        )
    with pytest.raises(RuleBroken, match="tied"):
        await deciding.decide_tie(poll.id, vote.candidates["cem"], reason="x", by=chair, clock=vote.clock)
    await deciding.decide_tie(poll.id, vote.candidates["bo"], reason="Størst bredde", by=chair, clock=vote.clock)
    await deciding.decide_tie(poll.id, vote.candidates["bo"], reason="Størst bredde", by=chair, clock=vote.clock)
    with pytest.raises(RuleBroken, match="no tie"):
        await deciding.decide_tie(poll.id, vote.candidates["ada"], reason="Fortrudt", by=chair, clock=vote.clock)
    await deciding.approve(poll.id, "chair", by=chair, clock=vote.clock)
    await deciding.approve(poll.id, "secretary", by=vote.actor(vote.cast.secretary), clock=vote.clock)
    assert [candidate.name for candidate in await deciding.winners_of(vote.prize.id)] == ["bo"]


async def test_a_recused_chair_is_replaced_by_the_first_vice_chair(vote: Vote) -> None:
    await vote.everybody_answers()
    await vote.answer(vote.cast.chair, ada="recused")
    poll = await vote.open()
    await vote.vote(vote.cast.member, "ada")
    await vote.vote(vote.cast.vice_chair, "bo")
    await vote.close()
    with pytest.raises(NotFound):
        await deciding.decide_tie(
            poll.id, vote.candidates["ada"], reason="x", by=vote.actor(vote.cast.chair), clock=vote.clock
        )
    await deciding.decide_tie(
        poll.id, vote.candidates["ada"], reason="x", by=vote.actor(vote.cast.vice_chair), clock=vote.clock
    )
    assert (await vote.reload()).state == "decided"


async def test_an_objection_keeps_the_result_from_standing(vote: Vote) -> None:
    await vote.everybody_answers()
    poll = await vote.open()
    await vote.vote(vote.cast.chair, "ada")
    await vote.vote(vote.cast.member, "ada")
    await vote.close()
    await deciding.approve(poll.id, "chair", by=vote.actor(vote.cast.chair), clock=vote.clock)
    secretary = vote.actor(vote.cast.secretary)
    await deciding.approve(poll.id, "secretary", objection="Et medlem fik intet link", by=secretary, clock=vote.clock)
    assert (await vote.reload()).state == "decided"
    await deciding.approve(poll.id, "secretary", by=secretary, clock=vote.clock)
    assert (await vote.reload()).state == "approved"


async def test_the_council_can_decide_at_a_meeting_and_the_chair_approves(vote: Vote) -> None:
    secretary, chair = vote.actor(vote.cast.secretary), vote.actor(vote.cast.chair)
    await deciding.register_decision(
        uuid4(),
        vote.prize.id,
        held_on=vote.clock.now().date(),
        present=[vote.cast.chair.id, vote.cast.member.id],
        recused=[vote.cast.recused_member.id],
        winners=[vote.candidates["ada"], vote.candidates["cem"]],
        reason="Enighed",
        by=secretary,
        clock=vote.clock,
    )
    assert await deciding.winners_of(vote.prize.id) == []
    await deciding.approve_decision(vote.prize.id, by=chair, clock=vote.clock)
    assert [candidate.name for candidate in await deciding.winners_of(vote.prize.id)] == ["ada", "cem"]


async def test_the_audit_chain_names_nobody(vote: Vote) -> None:
    await vote.everybody_answers()
    await vote.open()
    await vote.vote(vote.cast.chair, "ada")
    await vote.vote(vote.cast.member, "ada")
    await vote.close()
    bodies = " ".join(row["body"] for row in await Audit.select(Audit.body))
    for word in ("counting.closed", "root1", "root2", "ballots_hash"):
        assert word in bodies
    assert not re.search(r"\bada\b", bodies)  # a whole word: a hash can contain these three letters
    for name in ("chair@", "member@"):
        assert name not in bodies


async def test_the_number_on_the_ballot_page_is_the_slots(vote: Vote) -> None:
    await vote.everybody_answers()
    await vote.open()
    slot_key = keys.slot_key(vote.key_dir)
    assert await own_slot(vote.poll, vote.cast.member.id, slot_key) == (0, "")
    receipt = await vote.vote(vote.cast.member, "bo")
    assert await own_slot(vote.poll, vote.cast.member.id, slot_key) == (1, receipt.t1)
