"""The same act on several nominations: what would happen to each, and then doing it, each in a transaction of its own.

What cannot be done for one is skipped for that one, and said; the others go on.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from awards.clock import Clock
from awards.db import fetch
from awards.errors import RuleBroken, Stale
from awards.nominations.reminders import remind_to_confirm
from awards.rounds.queries import criteria_of, prizes_of
from awards.rounds.rules import criteria_met
from awards.rounds.tables import Prize, Round
from awards.screening import actions, inquiries, rules
from awards.screening.duplicates import lookalikes_of
from awards.screening.inquiry_queries import newest_inquiries
from awards.screening.tables import Inquiry, Shortlist, Verdict
from awards.web.identity import Actor

ACCEPT, REMIND, MOVE = "godkend", "paamind", "flyt"
ACTS = (ACCEPT, REMIND, MOVE)
MOST = 300
# Nobody is reminded by hand of what they were reminded of the day before.
PAUSE = timedelta(days=1)

# What holds an act back for one nomination, or nothing (READY).
READY = ""
SETTLED, UNASSESSED, UNMET, ALIKE, CONFIRMED = "settled", "unassessed", "unmet", "alike", "confirmed"
AWAITED = "awaited"
NOTHING_TO_REMIND, REMINDED_LATELY, CHANGED, REFUSED = "nothing", "lately", "changed", "refused"


@dataclass(frozen=True, slots=True)
class Line:
    """One nomination in a plan, or in what came of it. obstacle: what holds it back; seen: how far its case had come;
    inquiry: the open question to remind of."""

    id: UUID
    reference: str
    nominee: str
    prize_title: str
    obstacle: str
    seen: str
    inquiry: UUID | None = None


_ROWS = """
    SELECT n.id, n.reference, n.nominee, n.prize, n.state, n.source, n.confirmed_at, n.reminded_at,
        (SELECT count(*) FROM decision d WHERE d.nomination = n.id)
        + (SELECT count(*) FROM revision r WHERE r.nomination = n.id)
        + (SELECT count(*) FROM inquiry i WHERE i.nomination = n.id AND i.answered_at IS NOT NULL) AS seen
    FROM nomination n JOIN prize p ON p.id = n.prize WHERE p.round = {} ORDER BY n.received_at, n.reference
"""


async def plan(round: Round, references: Sequence[str], act: str, now: datetime) -> list[Line]:
    """What `act` (one of ACTS) would do to each of these nominations of the round, in a constant number of queries."""
    prizes = {prize.id: prize for prize in await prizes_of(round.id)}
    wanted = set(references)
    rows = [row for row in await fetch(_ROWS, round.id) if row["reference"] in wanted][:MOST]
    if not rows:
        return []
    confirmed = set(
        await Shortlist.select(Shortlist.prize).where(Shortlist.prize.is_in(list(prizes))).output(as_list=True)
    )
    obstacles, asked = await _obstacles(act, round, prizes, rows, now)
    return [
        Line(
            row["id"],
            row["reference"],
            row["nominee"],
            prizes[row["prize"]].title,
            _first(row, act, row["prize"] in confirmed) or obstacles.get(row["id"], READY),
            str(row["seen"]),
            asked.get(row["id"]),
        )
        for row in rows
    ]


def _first(row: Any, act: str, is_confirmed: bool) -> str:
    if row["state"] != rules.WAITING:
        return SETTLED
    return CONFIRMED if is_confirmed and act != REMIND else READY


async def _obstacles(
    act: str, round: Round, prizes: dict[UUID, Prize], rows: Sequence[Any], now: datetime
) -> tuple[dict[UUID, str], dict[UUID, UUID]]:
    if act == ACCEPT:
        return await _unacceptable(round, prizes, rows, now), {}
    if act == REMIND:
        return await _not_to_remind(round, rows, now)
    return {}, {}


async def _unacceptable(round: Round, prizes: dict[UUID, Prize], rows: Sequence[Any], now: datetime) -> dict[UUID, str]:
    """One that looks like another is decided by itself: is it the same candidate?"""
    ids = [row["id"] for row in rows]
    criteria = await criteria_of(prizes)
    verdicts = {
        (row["nomination"], row["criterion"]): row["verdict"]
        for row in await Verdict.select(Verdict.nomination, Verdict.criterion, Verdict.verdict).where(
            Verdict.nomination.is_in(ids)
        )
    }
    alike = await lookalikes_of(round.id, ids)
    inquiries = await newest_inquiries(round.id, now)
    found: dict[UUID, str] = {}
    for row in rows:
        prize = prizes[row["prize"]]
        met = [rules.IS_MET.get(verdicts.get((row["id"], one.id), "")) for one in criteria[prize.id]]
        required = [one.required for one in criteria[prize.id]]
        if None in met:
            found[row["id"]] = UNASSESSED
        elif not criteria_met(prize.criteria_rule, prize.criteria_minimum, required, met):
            found[row["id"]] = UNMET
        elif any(other.prize == prize.id for other in alike[row["id"]]):
            found[row["id"]] = ALIKE
        elif inquiries.get(row["id"]) == rules.ASKED:
            found[row["id"]] = AWAITED
    return found


async def _not_to_remind(round: Round, rows: Sequence[Any], now: datetime) -> tuple[dict[UUID, str], dict[UUID, UUID]]:
    open_ones = await Inquiry.select(Inquiry.id, Inquiry.nomination, Inquiry.reminded_at, Inquiry.asked_at).where(
        Inquiry.nomination.is_in([row["id"] for row in rows]), Inquiry.answered_at.is_null(), Inquiry.answer_by > now
    )
    asked = {row["nomination"]: row for row in open_ones}
    found: dict[UUID, str] = {}
    for row in rows:
        question = asked.get(row["id"])
        confirms = row["source"] == "web" and row["confirmed_at"] is None
        if question:
            last = question["reminded_at"] or question["asked_at"]
        elif confirms and round.closes_at and now < round.closes_at:
            last = row["reminded_at"]
        else:
            found[row["id"]] = NOTHING_TO_REMIND
            continue
        if last and last > now - PAUSE:
            found[row["id"]] = REMINDED_LATELY
    return found, {id: row["id"] for id, row in asked.items()}


async def carry_out(
    lines: Sequence[Line], act: str, *, prize: UUID | None = None, by: Actor, clock: Clock
) -> list[tuple[Line, str]]:
    """Do it for each line that nothing holds back; what came of each, as an obstacle, READY when it was done."""
    done: list[tuple[Line, str]] = []
    for line in lines:
        obstacle = line.obstacle
        if not obstacle:
            try:
                await _act(line, act, prize, by, clock)()
            except Stale:
                obstacle = CHANGED
            except RuleBroken:
                obstacle = REFUSED
        done.append((line, obstacle))
    return done


def _act(line: Line, act: str, prize: UUID | None, by: Actor, clock: Clock) -> Callable[[], Awaitable[object]]:
    if act == ACCEPT:
        return lambda: actions.accept(line.id, seen=line.seen, by=by, clock=clock)
    if act == MOVE and prize is not None:
        return lambda: actions.move(line.id, prize, seen=line.seen, by=by, clock=clock)
    if line.inquiry is not None:
        inquiry = line.inquiry
        return lambda: inquiries.remind(inquiry, by=by, clock=clock)
    return lambda: remind_to_confirm(line.id, by=by, clock=clock)
