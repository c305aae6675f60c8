"""How far a council's newest rounds have come, as one person may see it: the same number of queries for any number."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from piccolo.query.functions import Count

from awards.administration.overview import CHAIR, SECRETARY, PrizeFacts, RoundFacts, Task
from awards.administration.people import accesses
from awards.administration.requests import waiting_for
from awards.ballots.recusals import DOUBT, answered, recused_from
from awards.ballots.tables import Elector, Poll, Recusal
from awards.councils.queries import members_on, officers_on
from awards.councils.standing import Standing
from awards.councils.tables import Council
from awards.counting.offices import CAPACITIES
from awards.counting.procedure import acting_chair
from awards.counting.tables import Approval, MeetingDecision
from awards.nominations.tables import Nomination
from awards.outbox.tables import Mail
from awards.rounds.tables import Prize, Round
from awards.screening.tables import Shortlist
from awards.web.formats import local
from awards.winners.tables import Award

# This year's round, and last year's while it is not finished.
SHOWN = 2


@dataclass(frozen=True, slots=True)
class Shown:
    """A round on the overview."""

    round: Round
    facts: RoundFacts


async def rounds_for(standing: Standing, today: date) -> list[Shown]:
    """The newest round, and the one before while something of it is left to do."""
    rounds = await (
        Round.objects().where(Round.council == standing.council.id).order_by(Round.year, ascending=False).limit(SHOWN)
    )
    prizes = (
        await Prize.objects().where(Prize.round.is_in([round.id for round in rounds])).order_by(Prize.position)
        if rounds
        else []
    )
    addresses = {round.id: f"/{standing.council.slug}/{round.year}" for round in rounds}
    facts = await _prize_facts(prizes, addresses, standing, today)
    shown = [
        Shown(
            round,
            RoundFacts(
                address=addresses[round.id],
                setup=f"/{standing.council.slug}/opsaetning/runder/{round.year}",
                is_opened=round.opened_at is not None,
                closes_at=round.closes_at,
                prizes=tuple(facts[prize.id] for prize in prizes if prize.round == round.id),
            ),
        )
        for round in rounds
    ]
    return [one for place, one in enumerate(shown) if place == 0 or not one.facts.is_finished]


async def tasks_of_council(council: Council, now: datetime) -> list[Task]:
    """What waits for the secretary whatever the round: people who cannot sign in, and mails that were given up."""
    people = await accesses(council.id, today=local(now).date(), now=now)
    locked_out = sum(row.needs_card or row.needs_invitation for row in people)
    given_up = int(await Mail.count().where(Mail.council == council.id, Mail.state == "dead"))
    found = [
        Task("locked_out", "todo", f"/{council.slug}/personer", n=locked_out),
        Task("undelivered", "todo", f"/{council.slug}/mails", n=given_up),
    ]
    return [task for task in found if task.n]


async def requests_for(standing: Standing, now: datetime) -> list[Task]:
    """New cards and addresses that wait for this chair or vice-chair to confirm."""
    if not standing.has("chair", "vice_chair"):
        return []
    mine = [
        waiting
        for waiting in await waiting_for(standing.council.id, now=now)
        if waiting.request.state == "asked" and waiting.confirmer == standing.actor.id
    ]
    return [Task("confirm_access", "todo", f"/{standing.council.slug}/anmodninger", n=len(mine))] if mine else []


async def _prize_facts(
    prizes: list[Prize], addresses: Mapping[UUID, str], standing: Standing, today: date
) -> dict[UUID, PrizeFacts]:
    ids = [prize.id for prize in prizes]
    if not ids:
        return {}
    me, council = standing.actor.id, standing.council.id
    counts: Counter[tuple[UUID, str]] = Counter()
    for row in (
        await Nomination.select(Nomination.prize, Nomination.state, Count())
        .where(Nomination.prize.is_in(ids))
        .group_by(Nomination.prize, Nomination.state)
    ):
        counts[row["prize"], row["state"]] = row["count"]
    confirmed = {row["prize"] for row in await Shortlist.select(Shortlist.prize).where(Shortlist.prize.is_in(ids))}
    polls = {
        row["prize"]: row
        for row in await Poll.select(Poll.id, Poll.prize, Poll.state, Poll.closes_at)
        .where(Poll.prize.is_in(ids))
        .order_by(Poll.created_at)
    }
    mine = await Elector.select(Elector.poll).where(Elector.member == me).output(as_list=True)
    out, done = await recused_from(ids), await answered(ids)
    doubts = await Recusal.select(Recusal.prize, Recusal.member).where(
        Recusal.prize.is_in(ids), Recusal.answer == DOUBT, Recusal.decision == ""
    )
    members = {member.id for member in await members_on(council, today)}
    officers = {
        capacity: [person.id for person in await officers_on(council, today, *roles)]
        for capacity, roles in CAPACITIES.items()
    }
    approvals = await Approval.select(Approval.poll, Approval.capacity).where(
        Approval.poll.prize.is_in(ids), Approval.objection == ""
    )
    decisions = {row.prize: row for row in await MeetingDecision.objects().where(MeetingDecision.prize.is_in(ids))}
    awards = {
        row["prize"]: "published" if row["published_at"] else "written"
        for row in await Award.select(Award.prize, Award.published_at).where(Award.prize.is_in(ids))
    }
    facts = {}
    for prize in prizes:
        poll: Mapping[str, Any] = polls.get(prize.id, {"id": None, "state": "", "closes_at": None})
        decision = decisions.get(prize.id)
        facts[prize.id] = PrizeFacts(
            round=addresses[prize.round],
            slug=prize.slug,
            title=prize.title,
            is_awarded=prize.outcome != "not_awarded",
            waiting=counts[prize.id, "received"],
            accepted=counts[prize.id, "accepted"],
            is_confirmed=prize.id in confirmed,
            has_answered=me in done[prize.id],
            is_out=me in out[prize.id],
            unanswered=len(members - done[prize.id]),
            doubts=len({row["member"] for row in doubts if row["prize"] == prize.id and row["member"] != me}),
            poll=poll["state"],
            closes_at=poll["closes_at"],
            on_roll=poll["id"] in mine,
            acts_as=_turn(me, officers, out[prize.id]),
            approved=frozenset(row["capacity"] for row in approvals if row["poll"] == poll["id"]),
            decision=("approved" if decision.approved_at else "registered") if decision else "",
            registered_by_me=decision is not None and decision.registered_by == me,
            award=awards.get(prize.id, ""),
        )
    return facts


def _turn(me: UUID, officers: Mapping[str, list[UUID]], out: Collection[UUID]) -> frozenset[str]:
    """In which capacities it is the reader who acts: the first in office who is not recused."""
    return frozenset(capacity for capacity in (CHAIR, SECRETARY) if acting_chair(officers[capacity], out) == me)
