"""Stepping back while the vote is open, or after it: what goes, and what can no longer change."""

from pathlib import Path

import pytest

from awards.audit.tables import Audit
from awards.ballots import recusals
from awards.ballots.tables import Box, Elector, Recusal, Slot, TookPart
from awards.counting import closing, deciding
from awards.counting.quorum import quorum_of
from awards.db import Database
from awards.errors import NotFound, RuleBroken
from awards.outbox.tables import Mail
from tests.booth import BASE, PAPER, PRIZE, cast_ranking
from tests.browsing import BrowserOf
from tests.builders import FakeClock
from tests.votes import Vote, a_vote


@pytest.fixture
async def begun(db: Database, clock: FakeClock, tmp_path: Path) -> Vote:
    """An open vote of four, whose fifth member is recused; the member has voted for bo, the chair for ada."""
    made = await a_vote(clock, tmp_path / "keys")
    await made.everybody_answers()
    await made.open()
    await made.vote(made.cast.member, "bo")
    await made.vote(made.cast.chair, "ada")
    return made


async def test_the_roll_the_slot_and_the_base_of_the_quorum_lose_the_member(begun: Vote) -> None:
    await begun.answer(begun.cast.member, bo="recused")
    assert await Elector.count() == await Slot.count() == 3
    assert await Slot.count().where(Slot.t1.is_not_null()) == 1
    assert (await quorum_of(begun.poll, begun.cast.council.id)).base == 3


async def test_the_other_ballots_stay_as_they_were(begun: Vote) -> None:
    before = await Slot.select(Slot.tag, Slot.ct, Slot.t1, Slot.seq).order_by(Slot.tag)
    await begun.answer(begun.cast.member, bo="recused")
    after = await Slot.select(Slot.tag, Slot.ct, Slot.t1, Slot.seq).order_by(Slot.tag)
    assert len(after) == 3
    assert all(row in before for row in after)


async def test_the_ballot_of_the_member_is_never_counted_nor_told_of(begun: Vote) -> None:
    await begun.answer(begun.cast.member, bo="recused")
    await begun.vote(begun.cast.vice_chair, "ada")
    await begun.close()
    assert (await closing.result_of(begun.poll.id)).counts.ballots == 2
    assert await Box.count() == 2
    assert begun.cast.member.id not in {row.member for row in await TookPart.objects()}
    told = await Mail.select(Mail.recipient).where(Mail.template == "counting/closed").output(as_list=True)
    assert begun.cast.member.email not in told


async def test_it_is_written_into_the_chain_without_the_candidate_or_the_reason(begun: Vote) -> None:
    await begun.answer(begun.cast.member, bo="recused")
    [body] = await Audit.select(Audit.body).where(Audit.body.like("%recused_late%")).output(as_list=True)
    assert str(begun.cast.member.id) in body
    assert str(begun.candidates["bo"]) not in body


async def test_a_doubt_that_comes_late_takes_off_the_roll_too_and_is_not_decided_any_more(begun: Vote) -> None:
    await begun.answer(begun.cast.member, bo="doubt")
    assert await Slot.count() == 3
    with pytest.raises(RuleBroken, match="roll is made"):
        await recusals.decide_doubt(
            begun.prize.id,
            begun.cast.member.id,
            "habile",
            "For sent.",
            by=begun.actor(begun.cast.chair),
            clock=begun.clock,
        )


async def test_nobody_joins_the_roll_late(begun: Vote) -> None:
    with pytest.raises(RuleBroken, match="nobody can join the roll"):
        await begun.answer(begun.cast.recused_member)
    await begun.answer(begun.cast.member, bo="recused")
    with pytest.raises(RuleBroken, match="nobody can join the roll"):
        await begun.answer(begun.cast.member)


async def test_once_the_vote_has_closed_no_answer_changes(begun: Vote) -> None:
    await begun.close()
    before = await Recusal.select().order_by(Recusal.id)
    for person, about in ((begun.cast.member, {"bo": "recused"}), (begun.cast.recused_member, {})):
        with pytest.raises(RuleBroken, match="has closed"):
            await begun.answer(person, **about)
    assert await Recusal.select().order_by(Recusal.id) == before


async def test_a_chair_who_steps_back_during_the_vote_does_not_decide_its_tie(begun: Vote) -> None:
    await begun.answer(begun.cast.chair, bo="recused")
    await begun.vote(begun.cast.vice_chair, "ada")
    assert (await begun.close()).state == "tie"
    choice, reason = begun.candidates["ada"], "Størst bredde"
    with pytest.raises(NotFound):
        await deciding.decide_tie(
            begun.poll.id, choice, reason=reason, by=begun.actor(begun.cast.chair), clock=begun.clock
        )
    await deciding.decide_tie(
        begun.poll.id, choice, reason=reason, by=begun.actor(begun.cast.vice_chair), clock=begun.clock
    )


async def test_whoever_steps_back_on_the_page_meets_kind_words_at_the_ballot_and_is_not_in_the_box(
    open_vote: Vote, browser_of: BrowserOf
) -> None:
    member = await browser_of(open_vote.cast.member)
    await cast_ranking(member, "c2")
    await member.post(f"{BASE}/inhabilitet", {f"about-{open_vote.candidates['bo']}[]": "recused"})
    assert "Du deltager ikke her" in await member.get(PAPER, 404)
    await member.get(f"{PAPER}/kvittering", 404)
    await open_vote.vote(open_vote.cast.chair, "ada")
    await open_vote.vote(open_vote.cast.vice_chair, "ada")
    await open_vote.close()
    await (await browser_of(open_vote.cast.member)).get(f"{PRIZE}/referat", 404)
    assert (await closing.result_of(open_vote.poll.id)).counts.ballots == 2
