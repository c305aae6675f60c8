"""After the count: the chair's decision of a tie, approval by chair and secretary, and decisions made at a meeting."""

import json
from collections.abc import Sequence
from datetime import date
from uuid import UUID, uuid4

from awards import audit
from awards.ballots.casting import manifest_of
from awards.ballots.polls import OUT_OF_THE_WAY, must_be_awarded, voting
from awards.ballots.recusals import recused_from
from awards.ballots.tables import Poll
from awards.clock import Clock
from awards.councils.queries import members_on
from awards.counting.closing import result_of, results_of
from awards.counting.notices import tell_acting
from awards.counting.offices import CAPACITIES, acting, acting_for_decision
from awards.counting.rules import decide
from awards.counting.tables import Approval, ChairDecision, MeetingDecision
from awards.db import lock, transaction
from awards.errors import NotFound, RuleBroken
from awards.rounds.prizes import ending
from awards.rounds.tables import Prize
from awards.screening.tables import Candidate
from awards.web.formats import local
from awards.web.identity import Actor


async def decide_tie(poll_id: UUID, choice: UUID, *, reason: str, by: Actor, clock: Clock) -> None:
    """The acting chair decides a tie openly, with a reason; it cannot be changed. Raises NotFound for anybody else,
    RuleBroken when there is no tie (any more) or `choice` is not among the tied."""
    async with transaction():
        poll, prize = await _locked(poll_id)
        now = clock.now()
        if by.id != await acting(prize.round.council, prize.id, "chair", local(now).date()):
            raise NotFound
        made = await ChairDecision.objects().get(ChairDecision.poll == poll_id)
        if made is not None and made.choice == choice and made.person == by.id:
            return
        if poll.state != "tie":
            raise RuleBroken("There is no tie to decide.")
        entry = next((entry for entry in manifest_of(poll).entries if entry.candidate == choice), None)
        decide(await result_of(poll_id), entry.id if entry else "")
        await ChairDecision(id=uuid4(), poll=poll_id, person=by.id, choice=choice, reason=reason, at=now).save()
        await Poll.update({Poll.state: "decided"}).where(Poll.id == poll_id)
        await tell_acting("counting/approve", poll_id, prize, CAPACITIES, now)
        await audit.append("counting.tie_decided", by=by, at=now, poll=poll_id, choice=choice)


async def approve(poll_id: UUID, capacity: str, *, objection: str = "", by: Actor, clock: Clock) -> None:
    """Chair or secretary (`capacity`) approves that the rules were kept, or says why not; the newest word holds.

    The result stands when both have approved. One person never approves in both capacities.
    """
    async with transaction():
        poll, prize = await _locked(poll_id)
        now = clock.now()
        if by.id != await acting(prize.round.council, prize.id, capacity, local(now).date()):
            raise NotFound
        given = {row.capacity: row for row in await Approval.objects().where(Approval.poll == poll_id)}
        own = given.get(capacity)
        if own is not None and own.person == by.id and own.objection == objection:
            return
        if poll.state != "decided":
            raise RuleBroken("There is nothing to approve.")
        if any(row.person == by.id for other, row in given.items() if other != capacity):
            raise RuleBroken("Two people approve the result. You have approved it already.")
        approval = own or Approval(id=uuid4(), poll=poll_id, capacity=capacity, person=by.id, at=now)
        approval.person, approval.objection, approval.at = by.id, objection, now
        await approval.save()
        given[capacity] = approval
        await audit.append(
            "counting.objected" if objection else "counting.approved", by=by, at=now, poll=poll_id, capacity=capacity
        )
        if set(given) == set(CAPACITIES) and not any(row.objection for row in given.values()):
            await Poll.update({Poll.state: "approved"}).where(Poll.id == poll_id)


async def register_decision(
    decision_id: UUID,
    prize_id: UUID,
    *,
    held_on: date,
    present: Sequence[UUID],
    recused: Sequence[UUID],
    winners: Sequence[UUID],
    reason: str,
    by: Actor,
    clock: Clock,
) -> None:
    """Register what the council decided at a meeting, without a poll; the chair approves it. The same id twice is one.

    Raises RuleBroken for a date to come, a poll under way, joint winners that the prize does not allow, too few
    present, or somebody present who was recused at the meeting, or by what they answered, or in a doubt not settled.
    """
    async with transaction():
        prize = await lock(Prize, Prize.id == prize_id)
        if prize is None:
            raise NotFound
        prize = await Prize.objects(Prize.round).get(Prize.id == prize_id) or prize
        if await MeetingDecision.exists().where(MeetingDecision.id == decision_id):
            return
        must_be_awarded(prize)
        now = clock.now()
        if held_on > local(now).date():
            raise RuleBroken("The meeting has not been held yet.")
        if await MeetingDecision.exists().where(MeetingDecision.prize == prize_id):
            raise RuleBroken("A decision about this prize is registered already.")
        if await Poll.exists().where(Poll.prize == prize_id, Poll.state.not_in(OUT_OF_THE_WAY)):
            raise RuleBroken("There is a vote about this prize already.")
        if len(winners) > 1 and not prize.may_be_shared:
            raise RuleBroken("This prize cannot be shared.")
        candidates = await Candidate.count().where(
            Candidate.prize == prize_id, Candidate.state == "shortlisted", Candidate.id.is_in(list(winners))
        )
        if not winners or candidates != len(set(winners)):
            raise RuleBroken("Only the candidates of this prize can have it.")
        members = {member.id for member in await members_on(prize.round.council, held_on)}
        if not present or not set(present) | set(recused) <= members:
            raise RuleBroken("Only members of the council at that time can have been present.")
        if set(present) & (set(recused) | (await recused_from([prize_id]))[prize_id]):
            raise RuleBroken("Whoever is recused does not take part.")
        await MeetingDecision(
            id=decision_id,
            prize=prize_id,
            held_on=held_on,
            present=json.dumps([str(id) for id in present]),
            recused=json.dumps([str(id) for id in recused]),
            winners=json.dumps([str(id) for id in winners]),
            reason=reason,
            registered_by=by.id,
            registered_at=now,
        ).save()
        await audit.append("counting.decision_registered", by=by, at=now, prize=prize_id, decision=decision_id)


@ending.listen
@voting.listen
async def no_decision_is_registered(prize_id: UUID) -> None:
    """A prize that the council has given is not voted about, nor does it end without a winner. Raises RuleBroken."""
    if await MeetingDecision.exists().where(MeetingDecision.prize == prize_id):
        raise RuleBroken("A decision about this prize is registered already.")


async def withdraw_decision(prize_id: UUID, *, by: Actor, clock: Clock) -> None:
    """Take back a registered decision that is not approved, because it was written down wrongly."""
    async with transaction():
        decision = await lock(MeetingDecision, MeetingDecision.prize == prize_id)
        if decision is None:
            raise NotFound
        if decision.approved_at is not None:
            raise RuleBroken("The decision is approved and stands.")
        await MeetingDecision.delete().where(MeetingDecision.id == decision.id)
        await audit.append("counting.decision_withdrawn", by=by, at=clock.now(), prize=prize_id, decision=decision.id)


async def approve_decision(prize_id: UUID, *, by: Actor, clock: Clock) -> None:
    """The acting chair approves a registered decision. Raises NotFound for anybody else."""
    async with transaction():
        decision = await lock(MeetingDecision, MeetingDecision.prize == prize_id)
        prize = await Prize.objects(Prize.round).get(Prize.id == prize_id)
        if decision is None or prize is None:
            raise NotFound
        now = clock.now()
        if by.id != await acting_for_decision(decision, prize.round.council, local(now).date()):
            raise NotFound
        if decision.approved_at is not None:
            return
        if decision.registered_by == by.id:
            raise RuleBroken("Two people are needed: whoever registered the decision does not approve it.")
        decision.approved_by, decision.approved_at = by.id, now
        await decision.save()
        await audit.append("counting.decision_approved", by=by, at=now, prize=prize_id, decision=decision.id)


async def winners_of(prize_id: UUID) -> list[Candidate]:
    """The winners of a prize whose decision is approved, by name; empty before that."""
    return (await winners_of_all([prize_id]))[prize_id]


async def winners_of_all(prizes: Sequence[UUID]) -> dict[UUID, list[Candidate]]:
    """The winners of each prize, by name; five queries whatever the number."""
    found: dict[UUID, list[Candidate]] = {prize: [] for prize in prizes}
    if not found:
        return found
    chosen: set[UUID] = set()
    for decision in await MeetingDecision.objects().where(
        MeetingDecision.prize.is_in(list(prizes)), MeetingDecision.approved_at.is_not_null()
    ):
        chosen.update(UUID(id) for id in json.loads(decision.winners))
    polls = await Poll.objects().where(Poll.prize.is_in(list(prizes)), Poll.state.is_in(["approved", "destroyed"]))
    if polls:
        ids = [poll.id for poll in polls]
        ties = {made.poll: made.choice for made in await ChairDecision.objects().where(ChairDecision.poll.is_in(ids))}
        results = await results_of(ids)
        for poll in polls:
            if poll.id in ties:
                chosen.add(ties[poll.id])
                continue
            won = set(results[poll.id].winners)
            chosen.update(entry.candidate for entry in manifest_of(poll).entries if entry.id in won and entry.candidate)
    if chosen:
        for candidate in await Candidate.objects().where(Candidate.id.is_in(list(chosen))).order_by(Candidate.name):
            found[candidate.prize].append(candidate)
    return found


async def _locked(poll_id: UUID) -> tuple[Poll, Prize]:
    poll = await lock(Poll, Poll.id == poll_id)
    if poll is None:
        raise NotFound
    prize = await Prize.objects(Prize.round).get(Prize.id == poll.prize)
    if prize is None:
        raise NotFound
    return poll, prize
