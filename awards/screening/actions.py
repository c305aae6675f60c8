"""What the secretariat does with a nomination. Each action is one transaction: lock, check, change, audit, mail.

`seen`: how far the case had come when whoever acts looked at it (`steps.state_seen`). When it differs, another was
first, and the action raises Stale; None does not ask.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from awards import audit, outbox
from awards.accounts.links import make_link
from awards.clock import Clock
from awards.db import lock, transaction
from awards.errors import NotFound, RuleBroken
from awards.nominations.actions import changing
from awards.nominations.tables import Nomination
from awards.rounds.queries import criteria_of
from awards.rounds.rules import criteria_met
from awards.rounds.tables import Prize
from awards.screening import rules, steps
from awards.screening.dossiers import join, place, take_out
from awards.screening.redaction import must_be_fresh
from awards.screening.tables import Candidate, Shortlist, Verdict
from awards.web.identity import Actor

# The candidate may answer, and change the answer, until well after the ceremony.
LINK_LIVES = timedelta(days=120)


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict (`rules.VERDICTS`) on one criterion, with a note."""

    verdict: str
    note: str


async def assess(
    nomination_id: UUID, judgements: Mapping[UUID, Judgement], *, seen: str | None = None, by: Actor, clock: Clock
) -> None:
    """Write the verdicts on a nomination; the newest of each criterion holds. Raises RuleBroken when it is settled."""
    async with transaction():
        nomination = await steps.waiting(nomination_id, seen)
        now = clock.now()
        standing = {
            verdict.criterion: verdict for verdict in await Verdict.objects().where(Verdict.nomination == nomination.id)
        }
        changed = []
        for number, criterion in enumerate((await criteria_of([nomination.prize]))[nomination.prize], start=1):
            judgement = judgements.get(criterion.id)
            verdict = standing.get(criterion.id) or Verdict(
                id=uuid4(), nomination=nomination.id, criterion=criterion.id
            )
            if judgement is None or (verdict.verdict, verdict.note) == (judgement.verdict, judgement.note):
                continue
            changed.append(f"{number}:{verdict.verdict}>{judgement.verdict}")
            verdict.verdict, verdict.note = judgement.verdict, judgement.note
            verdict.by, verdict.at = by.person_id, now
            await verdict.save()
        if changed:
            await steps.note(nomination.id, "assessed", " ".join(changed), by, now)
        await audit.append("screening.assessed", by=by, at=now, nomination=nomination.id)


async def accept(
    nomination_id: UUID, *, candidate_id: UUID | None = None, seen: str | None = None, by: Actor, clock: Clock
) -> UUID:
    """Let a nomination go on, as a candidate of its own or in the dossier of `candidate_id`; returns the candidate.

    Raises RuleBroken while a verdict is missing, or when the verdicts do not meet the published rule.
    """
    async with transaction():
        nomination = await steps.waiting(nomination_id, seen)
        await steps.shortlist_is_open(nomination.prize)
        now = clock.now()
        prize = await _prize(nomination.prize)
        criteria = (await criteria_of([prize.id]))[prize.id]
        verdicts = await _verdicts_on(nomination.id)
        met = [rules.IS_MET.get(verdicts.get(criterion.id, "")) for criterion in criteria]
        if None in met:
            raise RuleBroken("Assess every criterion first. Still missing: %(n)s.", n=met.count(None))
        required = [criterion.required for criterion in criteria]
        if not criteria_met(prize.criteria_rule, prize.criteria_minimum, required, met):
            raise RuleBroken(
                "With these verdicts the nomination does not meet the criteria as published. Change a verdict, or "
                "reject the nomination with a reason."
            )
        await must_be_fresh(nomination)
        if candidate_id is None:
            candidate = await place(nomination, None)
        else:
            candidate = candidate_id
            await join(nomination, candidate_id, now)
        await _settle(nomination, rules.ACCEPTED, "", by, now)
        await audit.append("screening.accepted", by=by, at=now, nomination=nomination.id, candidate=candidate)
        return candidate


async def reject(
    nomination_id: UUID, *, reason: str, answer_by: date, seen: str | None = None, by: Actor, clock: Clock
) -> None:
    """Reject with a reason, which is mailed to the nominator with the day until which they can answer."""
    async with transaction():
        nomination = await steps.waiting(nomination_id, seen)
        now = clock.now()
        await _settle(nomination, rules.REJECTED, reason, by, now)
        prize = await Prize.objects(Prize.round).get(Prize.id == nomination.prize)
        if nomination.email and prize is not None:
            await outbox.enqueue(
                "screening/rejected",
                to=nomination.email,
                name=nomination.nominator,
                language=nomination.language,
                council=prize.round.council,
                reference=nomination.reference,
                now=now,
                nomination=nomination.id,
                answer_by=answer_by,
            )
        await audit.append("screening.rejected", by=by, at=now, nomination=nomination.id)


async def bring_back(nomination_id: UUID, *, reason: str, seen: str | None = None, by: Actor, clock: Clock) -> None:
    """Take up a rejected nomination again, or an accepted one whose shortlist is not confirmed; it waits once more."""
    async with transaction():
        nomination = await steps.locked(nomination_id)
        await steps.must_have_seen(nomination_id, seen)
        if nomination.state not in (rules.REJECTED, rules.ACCEPTED):
            raise RuleBroken("The nomination is not settled, so there is nothing to take up again.")
        await steps.shortlist_is_open(nomination.prize)
        now = clock.now()
        await take_out(nomination.id)
        nomination.state = rules.WAITING
        await nomination.save([Nomination.state])
        await steps.note(nomination.id, "brought_back", reason, by, now)
        await audit.append("screening.brought_back", by=by, at=now, nomination=nomination.id)


async def move(nomination_id: UUID, prize_id: UUID, *, seen: str | None = None, by: Actor, clock: Clock) -> None:
    """Move a waiting nomination to another prize of the same round. What was written is kept; verdicts start anew."""
    async with transaction():
        nomination = await steps.waiting(nomination_id, seen)
        here, there = await _prize(nomination.prize), await _prize(prize_id)
        if here.round != there.round:
            raise NotFound
        if here.id == there.id:
            raise RuleBroken("The nomination stands under that prize already.")
        await steps.shortlist_is_open(prize_id)
        now = clock.now()
        nomination.prize = prize_id
        await nomination.save([Nomination.prize])
        await steps.note(nomination.id, "moved", "", by, now)
        await audit.append("screening.moved", by=by, at=now, nomination=nomination.id, prize=prize_id)


async def confirm_shortlist(prize_id: UUID, *, by: Actor, clock: Clock) -> None:
    """Confirm a prize's candidates; those with an address are told. Confirming twice changes nothing.

    Raises RuleBroken while the deadline has not passed, a nomination waits, or there is no candidate.
    """
    async with transaction():
        prize = await lock(Prize, Prize.id == prize_id)
        if prize is None:
            raise NotFound
        if await Shortlist.exists().where(Shortlist.prize == prize_id):
            return
        now = clock.now()
        prize = await Prize.objects(Prize.round).get(Prize.id == prize_id) or prize
        if prize.round.closes_at is None or now < prize.round.closes_at:
            raise RuleBroken("Wait until the deadline for nominations has passed.")
        if await Nomination.exists().where(Nomination.prize == prize_id, Nomination.state == rules.WAITING):
            raise RuleBroken("Accept or reject every nomination of the prize first.")
        candidates = await Candidate.objects().where(Candidate.prize == prize_id, Candidate.state == "proposed")
        if not candidates:
            raise RuleBroken("There is no candidate. If nobody is to have the prize, say so under the prize.")
        await Shortlist(id=uuid4(), prize=prize_id, confirmed_at=now, by=by.person_id).save()
        for candidate in candidates:
            candidate.state = "shortlisted"
            candidate.informed_at = now if candidate.email else None
            await candidate.save([Candidate.state, Candidate.informed_at])
            if candidate.email:
                await outbox.enqueue(
                    "screening/shortlisted",
                    to=candidate.email,
                    name=candidate.name,
                    council=prize.round.council,
                    reference=f"{prize.title} {prize.round.year}",
                    now=now,
                    candidate=candidate.id,
                    link=await make_link("candidate", candidate.id, now=now, expires_at=now + LINK_LIVES),
                )
        await audit.append("screening.shortlisted", by=by, at=now, prize=prize_id, candidates=len(candidates))


@changing.listen
async def reopen(nomination: Nomination, by: Actor, now: datetime) -> None:
    """The nominator's change takes the nomination out of its dossier, to be gone through again; verdicts stay to look
    at. Raises RuleBroken once the candidates are confirmed."""
    await steps.shortlist_is_not_confirmed(nomination.prize)
    if nomination.state in (rules.ACCEPTED, rules.REJECTED):
        await take_out(nomination.id)
        await steps.note(nomination.id, "reopened", "", by, now)


async def _verdicts_on(nomination_id: UUID) -> dict[UUID, str]:
    rows = await Verdict.select(Verdict.criterion, Verdict.verdict).where(Verdict.nomination == nomination_id)
    return {row["criterion"]: row["verdict"] for row in rows}


async def _prize(prize_id: UUID) -> Prize:
    prize = await Prize.objects().get(Prize.id == prize_id)
    if prize is None:
        raise NotFound
    return prize


async def _settle(nomination: Nomination, outcome: str, reason: str, by: Actor, now: datetime) -> None:
    nomination.state = outcome
    await nomination.save([Nomination.state])
    await steps.note(nomination.id, outcome, reason, by, now)
