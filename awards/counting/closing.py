"""From an open poll to a counted one. Nothing is opened before close and quorum, and nobody sees a running tally.

Each step is one transaction and can be retried: a step that was done before changes nothing.
"""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

import structlog

from awards import audit, outbox
from awards.ballots import keys
from awards.ballots.ballot import INVALID, Ballot, parse_ballot, write_ballots
from awards.ballots.casting import manifest_of
from awards.ballots.codes import code_of, root_of
from awards.ballots.queries import electors_of
from awards.ballots.sealing import EnvelopeError, open_inner, open_outer
from awards.ballots.slots import slot_tag
from awards.ballots.tables import Box, Mixed, Poll, Slot, TookPart
from awards.clock import Clock
from awards.counting.faults import Altered, faults_of, result_hash
from awards.counting.notices import tell_acting
from awards.counting.offices import CAPACITIES
from awards.counting.quorum import quorum_of
from awards.counting.recorded import recorded_of
from awards.counting.result import Counts, Result
from awards.counting.rules import Options, tally
from awards.counting.tables import Count
from awards.db import fetch, lock, transaction
from awards.errors import NotFound, RuleBroken
from awards.rounds.tables import Prize
from awards.settings import Settings
from awards.web.identity import SCHEDULER, Actor

log = structlog.get_logger()

# What a count can end in, and the state that the poll takes.
STATES = {"winner": "decided", "tie": "tie"}


async def close_poll(poll_id: UUID, *, key_dir: Path, by: Actor = SCHEDULER, clock: Clock) -> bool:
    """Empty the slots into the box, once the closing time is reached; write who took part. False: not due, or done.

    After this nobody can tell whose an envelope is: the salt is gone.
    """
    slot_key = keys.slot_key(key_dir)
    async with transaction():
        poll = await lock(Poll, Poll.id == poll_id)
        if poll is None:
            raise NotFound
        now = clock.now()
        if poll.state != "open" or poll.closes_at is None or now < poll.closes_at:
            return False
        cast = await Slot.select(Slot.tag, Slot.ct).where(Slot.poll == poll_id, Slot.ct.is_not_null())
        # The code of what lies there, not the one written beside it: a replaced envelope shows in its voter's receipt.
        box = {code_of(bytes(row["ct"])): row["ct"] for row in cast}
        if box:
            known = await Box.select(Box.t1).where(Box.t1.is_in(list(box))).output(as_list=True)
            for t1 in known:  # an envelope of another vote, which a cast refuses
                del box[t1]
        if box:
            await Box.insert(*(Box(t1=t1, poll=poll_id, ct=box[t1]) for t1 in sorted(box)))
        electors = sorted(await electors_of(poll_id), key=lambda person: person.id)
        used = {row["tag"] for row in cast}
        present = [person.id for person in electors if slot_tag(slot_key, bytes(poll.salt), person.id) in used]
        if present:
            await TookPart.insert(*(TookPart(id=uuid4(), poll=poll_id, member=member) for member in present))
        await Slot.delete().where(Slot.poll == poll_id)
        await Poll.update({Poll.state: "closed", Poll.salt: None}).where(Poll.id == poll_id)
        root = root_of(box)
        head = await audit.append("counting.closed", by=by, at=now, poll=poll_id, n=len(box), root1=root)
        prize = await Prize.objects(Prize.round).get(Prize.id == poll.prize)
        for person in electors:
            await outbox.enqueue(
                "counting/closed",
                to=person.email,
                name=person.name,
                language=person.language,
                council=prize.round.council if prize else None,
                reference=prize.title if prize else "",
                now=now,
                poll=poll_id,
                took_part=person.id in set(present),
                head=head,
                root=root,
            )
        return True


async def count_poll(poll_id: UUID, *, key_dir: Path, by: Actor = SCHEDULER, clock: Clock) -> None:
    """Open the box of a closed poll and count it; without quorum it is void and stays shut.

    What does not open or fit is an invalid ballot, and counted as such. Raises Altered when the vote is not as it was
    recorded at opening and close, KeyMissing without the keys: then it stays closed.
    """
    async with transaction():
        poll = await lock(Poll, Poll.id == poll_id)
        if poll is None:
            raise NotFound
        if poll.state != "closed":
            return
        faults = await faults_of(poll, await recorded_of(poll_id))
        if faults:
            raise Altered("; ".join(faults))
        now = clock.now()
        manifest = manifest_of(poll)
        prize = await Prize.objects(Prize.round).get(Prize.id == poll.prize)
        if prize is None:
            raise NotFound
        box = await Box.select(Box.ct).where(Box.poll == poll_id).order_by(Box.t1)
        quorum = (await quorum_of(poll, prize.round.council)).needed
        ballots: list[Ballot] = []
        if len(box) >= quorum:
            ballots = await _open(poll, [bytes(row["ct"]) for row in box], key_dir, by, clock)
            result = tally(manifest.paper, ballots, Options(quorum=quorum, majority=manifest.majority))
        else:
            result = Result("no_quorum", Counts(ballots=len(box), valid=0, blank=0, invalid=0))
        written = write_ballots(manifest.paper, ballots).decode()
        await Count(
            id=uuid4(),
            poll=poll_id,
            ballots=written,
            ballots_hash=hashlib.sha256(written.encode()).hexdigest(),
            result=json.dumps(result.to_json(), sort_keys=True),
        ).save()
        await settle(poll, result, prize, by=by, now=now, ballots_hash=hashlib.sha256(written.encode()).hexdigest())


async def settle(poll: Poll, result: Result, prize: Prize, *, by: Actor, now: datetime, ballots_hash: str) -> None:
    """Give a locked poll the state that its count leads to, and mail whoever has to act. Joins the transaction.

    A second round stands between the finalists whom the count left. `prize` was fetched with its round.
    """
    manifest = manifest_of(poll)
    voided = result.is_void or (result.status == "tie" and manifest.tie_rule == "new_poll")
    finalists = [str(entry.candidate) for entry in manifest.entries if entry.id in result.runoff and entry.candidate]
    await Poll.update(
        {
            Poll.state: "void" if voided else STATES[result.status],
            Poll.void_reason: result.status if voided else "",
            Poll.finalists: json.dumps(finalists),
        }
    ).where(Poll.id == poll.id)
    if voided:
        await tell_acting("counting/void", poll.id, prize, ("secretary",), now)
    elif result.status == "tie":
        await tell_acting("counting/tie", poll.id, prize, ("chair",), now)
    else:
        await tell_acting("counting/approve", poll.id, prize, CAPACITIES, now)
    await audit.append(
        "counting.counted",
        by=by,
        at=now,
        poll=poll.id,
        status=result.status,
        ballots_hash=ballots_hash,
        result=result_hash(json.dumps(result.to_json())),
    )


async def _open(poll: Poll, box: list[bytes], key_dir: Path, by: Actor, clock: Clock) -> list[Ballot]:
    """Open lock A, sort what is inside by its own codes, then open lock B."""
    paper, bound_to = manifest_of(poll).paper, poll.manifest_hash
    lock_a, lock_b = keys.load_lock(key_dir, poll.id, "A"), keys.load_lock(key_dir, poll.id, "B")
    inner: dict[str, bytes] = {}
    bad = 0
    for envelope in box:
        try:
            opened = open_outer(envelope, lock_a, bound_to)
        except EnvelopeError:
            bad += 1
            continue
        if code_of(opened) in inner:  # the same inner envelope twice is one vote that somebody copied
            bad += 1
        inner[code_of(opened)] = opened
    if inner:
        await Mixed.insert(*(Mixed(t2=t2, poll=poll.id, ct=inner[t2]) for t2 in sorted(inner)))
    await audit.append("counting.opened", by=by, at=clock.now(), poll=poll.id, bad=bad, root2=root_of(inner))
    ballots = [INVALID] * bad
    for t2 in sorted(inner):
        try:
            ballots.append(parse_ballot(paper, open_inner(inner[t2], lock_b, bound_to)))
        except EnvelopeError:
            ballots.append(INVALID)
    return ballots


async def close_due_polls(*, clock: Clock, settings: Settings) -> None:
    """The scheduler's job, and the first late request's: close what is due and count what is closed.

    A poll whose keys are missing, or that somebody altered, stays closed and keeps no other from being counted.
    """
    due = await fetch("SELECT id FROM poll WHERE (state = 'open' AND closes_at <= {}) OR state = 'closed'", clock.now())
    for row in due:
        await close_poll(row["id"], key_dir=settings.key_dir, clock=clock)
        await count_if_possible(row["id"], key_dir=settings.key_dir, clock=clock)


async def count_if_possible(poll_id: UUID, *, key_dir: Path, by: Actor = SCHEDULER, clock: Clock) -> None:
    """Count a closed poll, or leave it closed and log why; the secretary is shown that it waits."""
    try:
        await count_poll(poll_id, key_dir=key_dir, by=by, clock=clock)
    except (keys.KeyMissing, Altered) as error:
        log.error("a closed poll cannot be counted", poll=str(poll_id), exc_info=error)


async def result_of(poll_id: UUID) -> Result:
    """The result as it was counted. Raises RuleBroken before that."""
    found = await results_of([poll_id])
    if poll_id not in found:
        raise RuleBroken("The votes are not counted yet.")
    return found[poll_id]


async def results_of(polls: Sequence[UUID]) -> dict[UUID, Result]:
    """The results of those polls that were counted."""
    counts = await Count.select(Count.poll, Count.result).where(Count.poll.is_in(list(polls)))
    return {row["poll"]: Result.from_json(json.loads(row["result"])) for row in counts}
