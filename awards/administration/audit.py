"""Checking everything that was recorded against everything that is there."""

from dataclasses import dataclass

from awards.audit.chain import Link, verify
from awards.audit.tables import Audit
from awards.ballots.tables import Poll
from awards.counting.faults import faults_of
from awards.counting.recorded import recorded_by_poll


@dataclass(frozen=True, slots=True)
class Verified:
    """What `awards audit verify` tells: the chain's head, its length, and how many closed polls were checked.

    faults: in English, each poll whose rows are not what was recorded of it, and why.
    """

    head: str
    links: int
    polls: int
    faults: list[str]


async def verify_all(head: str | None) -> Verified:
    """Recompute the chain, and check every poll against it: its rules and state, and once it is closed that n = took
    part = |board 1| = |board 2| + bad, the roots, every envelope's code, the ballots, the result, the decision of a tie
    and the approvals.

    head: one that somebody kept. Raises ChainBroken when the chain itself is not whole.
    """
    rows = await Audit.select().order_by(Audit.seq)
    newest = verify((Link(row["seq"], row["body"], row["prev"], row["hash"]) for row in rows), head)
    recorded = recorded_by_poll(row["body"] for row in rows)
    faults: list[str] = []
    checked = 0
    for poll in await Poll.objects():
        told = recorded[str(poll.id)]
        checked += "counting.closed" in told.newest
        faults += [f"poll {poll.id}: {fault}" for fault in await faults_of(poll, told)]
    return Verified(newest, len(rows), checked, faults)
