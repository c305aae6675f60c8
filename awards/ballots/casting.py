"""Casting a ballot. A cast writes only slots: no session, mail, log, access-log or audit row beside them."""

from uuid import UUID

from awards.ballots.codes import code_of
from awards.ballots.manifest import Manifest, read_manifest
from awards.ballots.receipts import Receipt
from awards.ballots.recusals import rewrite_slots
from awards.ballots.sealing import OUTER_SIZE
from awards.ballots.slots import slot_tag
from awards.ballots.tables import Poll
from awards.clock import Clock
from awards.db import fetch, lock, transaction
from awards.errors import DeadlinePassed, NotFound, RuleBroken


class VotedElsewhere(RuleBroken):
    """Another ballot of the same member came meanwhile; it counts unless they vote again."""


async def cast(
    poll_id: UUID, outer: bytes, t1: str, *, expects: int, member: UUID, slot_key: bytes, clock: Clock
) -> Receipt:
    """Put a sealed ballot into the member's slot; the last one counts, and the same bytes give the same receipt.

    expects: the slot's number when the ballot page was made. Raises NotFound for anybody not on the roll,
    DeadlinePassed at or after closing, VotedElsewhere for a stale `expects`, RuleBroken for an envelope that is
    damaged or not the member's own.
    """
    if len(outer) != OUTER_SIZE or code_of(outer) != t1:
        raise RuleBroken("The ballot was damaged on the way. Vote again.")
    async with transaction():
        poll = await lock(Poll, Poll.id == poll_id)
        if poll is None:
            raise NotFound
        if poll.state != "open" or poll.salt is None or poll.closes_at is None or clock.now() >= poll.closes_at:
            raise DeadlinePassed("The vote is closed. If you voted earlier, that vote counts.")
        tag = slot_tag(slot_key, bytes(poll.salt), member)
        seq, last = await _slot(tag)
        if last != t1:
            if seq != expects:
                raise VotedElsewhere(
                    "You have voted somewhere else meanwhile. That vote counts. Do you want to vote again?"
                )
            if await fetch("SELECT t1 FROM slot WHERE t1 = {} UNION ALL SELECT t1 FROM box WHERE t1 = {}", t1, t1):
                raise RuleBroken("The ballot was damaged on the way. Vote again.")
            seq += 1
            await rewrite_slots(poll_id, replace={"tag": tag, "seq": seq, "ct": outer, "t1": t1})
        return Receipt(poll=str(poll_id), manifest=poll.manifest_hash, t1=t1, seq=seq)


async def own_slot(poll: Poll, member: UUID, slot_key: bytes) -> tuple[int, str]:
    """The number and code of the member's slot, 0 and empty before the first ballot. Raises NotFound off the roll."""
    if poll.salt is None:
        raise NotFound
    return await _slot(slot_tag(slot_key, bytes(poll.salt), member))


async def _slot(tag: str) -> tuple[int, str]:
    found = await fetch("SELECT seq, t1 FROM slot WHERE tag = {}", tag)
    if not found:
        raise NotFound
    return found[0]["seq"], found[0]["t1"] or ""


def manifest_of(poll: Poll) -> Manifest:
    """The poll's opening facts. Raises BadManifest when the row was altered."""
    return read_manifest(poll.manifest.encode(), poll.manifest_hash)
