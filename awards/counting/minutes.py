"""Referat: what the council's minutes hold about the decision of a prize."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from awards.accounts.tables import Person
from awards.ballots.meetings import present_at
from awards.ballots.queries import PrizeCase
from awards.ballots.recusals import DOUBT, answered, recused_from
from awards.ballots.tables import Box, Elector, Poll, Recusal
from awards.counting.procedure import may_show_totals
from awards.counting.queries import Outcome, approvals_of, outcome_of
from awards.counting.quorum import Quorum, quorum_of
from awards.counting.tables import Approval, Count, MeetingDecision, Withdrawal
from awards.screening.tables import Candidate


@dataclass(frozen=True, slots=True)
class Doubt:
    """A member's doubt and what the council decided: `recused`, `habile` or nothing yet, with its reason."""

    name: str
    decision: str
    reason: str


@dataclass(frozen=True, slots=True)
class PollMinutes:
    """The minutes of a poll that was counted, or that ended without a result.

    present: at the meeting where the council voted; nobody when it voted from home.
    silent: on the roll without an answer about inhabilitet. ballots: how many were in the box. outcome: None when the
    poll ended before it was counted. shows_totals: from five ballots up. withdrawn: candidates by name.
    """

    poll: Poll
    present: list[str]
    recused: list[str]
    doubts: list[Doubt]
    silent: list[str]
    electors: int
    ballots: int
    quorum: Quorum
    outcome: Outcome | None
    shows_totals: bool
    approvals: dict[str, tuple[Approval, str]]
    withdrawn: list[tuple[str, Withdrawal]]


async def poll_minutes(council: UUID, case: PrizeCase, poll: Poll) -> PollMinutes:
    """Names as they stand in the minutes. `poll` was opened, and is no longer open."""
    out = (await recused_from([case.prize.id]))[case.prize.id]
    done = (await answered([case.prize.id]))[case.prize.id]
    roll = set(await Elector.select(Elector.member).where(Elector.poll == poll.id).output(as_list=True))
    outcome = await outcome_of(poll) if await Count.exists().where(Count.poll == poll.id) else None
    doubts = await Recusal.objects().where(Recusal.prize == case.prize.id, Recusal.answer == DOUBT)
    present = present_at(poll)
    names = await names_of([*out, *present, *(doubt.member for doubt in doubts), *roll])
    return PollMinutes(
        poll=poll,
        present=sorted(names[person] for person in present),
        recused=sorted(names[person] for person in out),
        doubts=[
            Doubt(names[member], decision, reason)
            for member, decision, reason in sorted(
                {(doubt.member, doubt.decision, doubt.decision_reason) for doubt in doubts}, key=str
            )
        ],
        silent=sorted(names[person] for person in roll - done),
        electors=len(roll),
        ballots=await Box.count().where(Box.poll == poll.id),
        quorum=await quorum_of(poll, council),
        outcome=outcome,
        shows_totals=outcome is not None and may_show_totals(outcome.result),
        approvals=await approvals_of(poll.id),
        withdrawn=await withdrawals_of(poll.id),
    )


async def withdrawals_of(poll: UUID) -> list[tuple[str, Withdrawal]]:
    """Names and withdrawals of candidates who went while this was the newest vote, in the order in which they did."""
    rows = await Withdrawal.objects(Withdrawal.candidate).where(Withdrawal.poll == poll).order_by(Withdrawal.at)
    return [(row.candidate.name, row) for row in rows]


@dataclass(frozen=True, slots=True)
class MeetingMinutes:
    """The minutes of a decision made at a meeting; lists hold names."""

    decision: MeetingDecision
    present: list[str]
    recused: list[str]
    winners: list[str]
    registered_by: str
    approved_by: str


async def meeting_minutes(decision: MeetingDecision) -> MeetingMinutes:
    present, recused, won = (
        [UUID(id) for id in json.loads(column)] for column in (decision.present, decision.recused, decision.winners)
    )
    approver = [decision.approved_by] if decision.approved_by else []
    names = await names_of([*present, *recused, decision.registered_by, *approver])
    return MeetingMinutes(
        decision=decision,
        present=sorted(names[id] for id in present),
        recused=sorted(names[id] for id in recused),
        winners=await Candidate.select(Candidate.name)
        .where(Candidate.id.is_in(won))
        .order_by(Candidate.name)
        .output(as_list=True),
        registered_by=names[decision.registered_by],
        approved_by=names[decision.approved_by] if decision.approved_by else "",
    )


async def names_of(people: Iterable[UUID]) -> dict[UUID, str]:
    ids = list(set(people))
    rows = await Person.select(Person.id, Person.name).where(Person.id.is_in(ids)) if ids else []
    return {row["id"]: row["name"] for row in rows}
