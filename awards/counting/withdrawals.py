"""A confirmed candidate takes themselves out: before the vote, during it or after the count."""

import json
from uuid import UUID, uuid4

from awards import audit
from awards.ballots.ballot import read_ballot
from awards.ballots.casting import manifest_of
from awards.ballots.polls import end_poll, newest_poll
from awards.ballots.tables import Poll
from awards.clock import Clock
from awards.counting.closing import settle
from awards.counting.quorum import quorum_of
from awards.counting.rules import Options, tally
from awards.counting.tables import Approval, ChairDecision, Count, MeetingDecision, Withdrawal
from awards.db import lock, transaction
from awards.errors import NotFound, RuleBroken
from awards.hooks import Hook
from awards.rounds.tables import Prize
from awards.screening.tables import Candidate
from awards.web.identity import Actor

# Asked before a candidate of a prize is taken out, with the prize.
withdrawing: Hook[[UUID]] = Hook()

REASON = "withdrawn"
COUNTED = ("counted", "tie", "decided", "approved")


async def withdraw_candidate(candidate_id: UUID, *, reason: str, by: Actor, clock: Clock) -> None:
    """Take a candidate out of the prize; twice is fine.

    A vote that is not counted ends: those who chose the candidate have to choose anew. After the count, one who won or
    stands level is left out of a new count of the same ballots, which is approved again; of single choices, and once
    the ballots are destroyed, a new vote is needed. Whoever did not win changes nothing. A decision of a meeting for
    the candidate is taken back. Raises NotFound, and RuleBroken for one who is no candidate or once published.
    """
    async with transaction():
        asked = await Candidate.select(Candidate.prize).where(Candidate.id == candidate_id).first()
        # The prize first, as opening a vote does.
        if asked is None or await lock(Prize, Prize.id == asked["prize"]) is None:
            raise NotFound
        candidate = await lock(Candidate, Candidate.id == candidate_id)
        if candidate is None:
            raise NotFound
        if candidate.state == "withdrawn":
            return
        if candidate.state != "shortlisted":
            raise RuleBroken("Only a confirmed candidate can be taken out here.")
        await withdrawing.ask(candidate.prize)
        now = clock.now()
        known = await newest_poll(candidate.prize)
        poll = await lock(Poll, Poll.id == known.id) if known else None
        candidate.state = "withdrawn"
        await candidate.save([Candidate.state])
        await Withdrawal(
            id=uuid4(), candidate=candidate_id, poll=poll.id if poll else None, reason=reason, at=now, by=by.person_id
        ).save()
        await audit.append("counting.candidate_withdrawn", by=by, at=now, candidate=candidate_id, prize=candidate.prize)
        decision = await MeetingDecision.objects().get(MeetingDecision.prize == candidate.prize)
        if decision is not None and str(candidate_id) in json.loads(decision.winners):
            await MeetingDecision.delete().where(MeetingDecision.id == decision.id)
            await audit.append(
                "counting.decision_withdrawn", by=by, at=now, prize=candidate.prize, decision=decision.id
            )
        if poll is None:
            return
        if poll.state in ("open", "closed"):
            await end_poll(poll, REASON, by=by, now=now)
        elif poll.state in (*COUNTED, "destroyed"):
            await _count_without(poll, candidate_id, by=by, clock=clock)


async def _count_without(poll: Poll, candidate: UUID, *, by: Actor, clock: Clock) -> None:
    """Count the ballots of a counted poll again if the candidate won or stands level. Joins the transaction."""
    manifest = manifest_of(poll)
    count = await Count.objects().get(Count.poll == poll.id)
    prize = await Prize.objects(Prize.round).get(Prize.id == poll.prize)
    entry = next((entry for entry in manifest.entries if entry.candidate == candidate), None)
    if count is None or prize is None or entry is None:
        return
    before = json.loads(count.result)
    made = await ChairDecision.objects().get(ChairDecision.poll == poll.id)
    won = [made.choice] if made else [each.candidate for each in manifest.entries if each.id in before["winners"]]
    waits = poll.state == "tie" and entry.id in before["tied"]
    if candidate not in won and not waits:
        return
    await ChairDecision.delete().where(ChairDecision.poll == poll.id)
    await Approval.delete().where(Approval.poll == poll.id)
    if manifest.paper.method == "single" or not count.ballots:
        await end_poll(poll, REASON, by=by, now=clock.now())
        return
    gone = await Withdrawal.select(Withdrawal.candidate).where(Withdrawal.poll == poll.id).output(as_list=True)
    withdrawn = frozenset(each.id for each in manifest.entries if each.candidate in gone)
    quorum = (await quorum_of(poll, prize.round.council)).needed
    ballots = [read_ballot(manifest.paper, content) for content in json.loads(count.ballots)]
    result = tally(manifest.paper, ballots, Options(quorum, manifest.majority, withdrawn))
    await Count.update({Count.result: json.dumps(result.to_json(), sort_keys=True)}).where(Count.id == count.id)
    await settle(poll, result, prize, by=by, now=clock.now(), ballots_hash=count.ballots_hash)
