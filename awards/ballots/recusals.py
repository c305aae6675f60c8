"""Inhabilitet (forvaltningsloven §§ 3 and 6): who takes no part in a prize, and what follows from it.

A recused member is out of the whole prize: roll, dossier, quorum base, tie decision, and in every role they hold.
A member in doubt is out until the council, without that member, has decided.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from awards import audit
from awards.ballots.slots import slot_tag
from awards.ballots.tables import Elector, Poll, Recusal
from awards.clock import Clock
from awards.db import fetch, lock, transaction
from awards.errors import NotFound, RuleBroken
from awards.rounds.tables import Prize
from awards.screening.tables import Candidate, Shortlist
from awards.web.identity import Actor

NONE, RECUSED, DOUBT, HABILE = "none", "recused", "doubt", "habile"
ANSWERS = (NONE, RECUSED, DOUBT)
RUNNING = ("armed", "open")
SETTLED = ("closed", "counted", "tie", "decided", "approved", "destroyed")


@dataclass(frozen=True, slots=True)
class Reply:
    """A member's answer about one candidate (`ANSWERS`), with a reason where they are recused or in doubt."""

    answer: str
    reason: str = ""


async def recused_from(prize_ids: list[UUID]) -> dict[UUID, set[UUID]]:
    """Per prize, who takes no part: recused, found so by the council, or in doubt that is not settled yet."""
    out: dict[UUID, set[UUID]] = {id: set() for id in prize_ids}
    if prize_ids:
        rows = await Recusal.select(Recusal.prize, Recusal.member, Recusal.answer, Recusal.decision).where(
            Recusal.prize.is_in(prize_ids), Recusal.answer.is_in([RECUSED, DOUBT])
        )
        for row in rows:
            if row["decision"] != HABILE:
                out[row["prize"]].add(row["member"])
    return out


async def answered(prize_ids: list[UUID]) -> dict[UUID, set[UUID]]:
    """Per prize, the members who have answered the question."""
    out: dict[UUID, set[UUID]] = {id: set() for id in prize_ids}
    if prize_ids:
        for row in await Recusal.select(Recusal.prize, Recusal.member).where(Recusal.prize.is_in(prize_ids)):
            out[row["prize"]].add(row["member"])
    return out


async def answer(round_id: UUID, replies: Mapping[UUID, Reply], *, slot_key: bytes, by: Actor, clock: Clock) -> None:
    """A person's answers about every shortlisted candidate of the round; answering again replaces them.

    Candidates of a prize whose vote has closed may be left out: nothing changes there any more. What the council has
    decided of a doubt stands; the person may still step back entirely. `slot_key` clears the ballot of a member who
    becomes recused while a poll is open. Raises RuleBroken when a candidate is left out, a vote has closed or begun,
    or the council has decided otherwise.
    """
    async with transaction():
        prizes = sorted(await _shortlisted_prizes(round_id))
        for prize_id in prizes:
            await lock(Prize, Prize.id == prize_id)
        now = clock.now()
        settled = {
            row["prize"]
            for row in await Poll.select(Poll.prize).where(Poll.prize.is_in(prizes), Poll.state.is_in([*SETTLED]))
        }
        candidates = {
            row["id"]: row["prize"]
            for row in await Candidate.select(Candidate.id, Candidate.prize).where(
                Candidate.prize.is_in(prizes), Candidate.state == "shortlisted"
            )
        }
        needed = {candidate for candidate, prize in candidates.items() if prize not in settled}
        if not needed <= set(replies) <= set(candidates):
            raise RuleBroken("The candidates have changed. Answer for each of them.")
        before = {row.candidate: row for row in await Recusal.objects().where(Recusal.member == by.id)}
        changed: set[UUID] = set()
        for candidate in sorted(replies):
            prize, reply, known = candidates[candidate], replies[candidate], before.get(candidate)
            if known and _says_nothing_new(known, reply):
                continue
            if prize in settled:
                raise RuleBroken("The vote has closed, so the answer can no longer be changed.")
            row = known or Recusal(id=uuid4(), prize=prize, member=by.id, candidate=candidate)
            if (known and known.answer != reply.answer) or (not known and reply.answer != NONE):
                changed.add(prize)
            row.answer, row.reason, row.decision, row.decision_reason = reply.answer, reply.reason, "", ""
            row.answered_at, row.decided_at = now, None
            await row.save()
        out = await recused_from(prizes)
        for prize in sorted(changed):
            await _take_off_the_roll(prize, by.id, slot_key, is_out=by.id in out[prize], by=by, now=now)
        await audit.append("ballots.recusals_answered", by=by, at=now, round=round_id)


def _says_nothing_new(known: Recusal, reply: Reply) -> bool:
    """Whether the reply leaves the row as it is. Raises RuleBroken when it goes against what the council decided."""
    if known.decision and reply.answer != known.answer and (known.decision == RECUSED or reply.answer != RECUSED):
        raise RuleBroken("The council has decided of your doubt, and its decision stands.")
    return known.answer == reply.answer and (known.reason == reply.reason or bool(known.decision))


async def decide_doubt(prize_id: UUID, member_id: UUID, decision: str, reason: str, *, by: Actor, clock: Clock) -> None:
    """The chair records what the council, without the member, decided of a doubt: `recused` or `habile`.

    Raises NotFound when there is no doubt, or for somebody who takes no part in the prize; RuleBroken about one's own
    doubt, and once the roll is made.
    """
    if by.id == member_id:
        raise RuleBroken("The council decides of your doubt without you. Somebody else records it.")
    async with transaction():
        await lock(Prize, Prize.id == prize_id)
        now = clock.now()
        doubts = await Recusal.objects().where(
            Recusal.prize == prize_id, Recusal.member == member_id, Recusal.answer == DOUBT
        )
        if not doubts or by.id in (await recused_from([prize_id]))[prize_id]:
            raise NotFound
        if await Poll.exists().where(Poll.prize == prize_id, Poll.state.is_in([*RUNNING, *SETTLED])):
            raise RuleBroken("The vote has begun, so the roll is made.")
        for doubt in doubts:
            doubt.decision, doubt.decision_reason, doubt.decided_at = decision, reason, now
            await doubt.save()
        await audit.append("ballots.doubt_decided", by=by, at=now, prize=prize_id, member=member_id, decision=decision)


async def _shortlisted_prizes(round_id: UUID) -> set[UUID]:
    rows = await Shortlist.select(Shortlist.prize).where(Shortlist.prize.round == round_id)
    if not rows:
        raise RuleBroken("The candidates are not confirmed yet.")
    return {row["prize"] for row in rows}


async def _take_off_the_roll(
    prize_id: UUID, member: UUID, slot_key: bytes, *, is_out: bool, by: Actor, now: datetime
) -> None:
    """A late recusal: while the poll is armed or open the member leaves the roll, and an envelope they cast goes."""
    newest = await Poll.select(Poll.id).where(Poll.prize == prize_id).order_by(Poll.created_at, ascending=False).first()
    # Locked before its state is read: casts, and the close, go first or wait.
    poll = await lock(Poll, Poll.id == newest["id"]) if newest else None
    if poll is None or poll.state in ("draft", "void"):
        return
    if poll.state in SETTLED:
        raise RuleBroken("The vote has closed, so the answer can no longer be changed.")
    if not is_out:
        raise RuleBroken("The vote has begun, so nobody can join the roll. Call the secretariat.")
    await Elector.delete().where(Elector.poll == poll.id, Elector.member == member)
    if poll.salt is not None:
        await rewrite_slots(poll.id, without=slot_tag(slot_key, poll.salt, member))
    await audit.append("ballots.recused_late", by=by, at=now, poll=poll.id, member=member)


async def rewrite_slots(poll_id: UUID, *, without: str = "", replace: Mapping[str, Any] | None = None) -> None:
    """Write all slots of a poll anew in tag order, with one of them replaced or left out.

    All of them, so that neither row metadata (PostgreSQL's xmin) nor physical order tells who cast when.
    """
    slots = await fetch("SELECT tag, poll, seq, ct, t1 FROM slot WHERE poll = {} ORDER BY tag", poll_id)
    kept = [dict(slot) for slot in slots if slot["tag"] != without]
    if replace is not None:
        kept = [{**slot, **replace} if slot["tag"] == replace["tag"] else slot for slot in kept]
    await fetch("DELETE FROM slot WHERE poll = {}", poll_id)
    if kept:
        written = ", ".join(["({}, {}, {}, {}, {})"] * len(kept))
        values = (value for slot in kept for value in slot.values())
        await fetch(f"INSERT INTO slot (tag, poll, seq, ct, t1) VALUES {written}", *values)  # noqa: S608
