"""Checking everything that was recorded against everything that is there."""

import json
from collections import defaultdict
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from awards.audit.chain import Link, verify
from awards.audit.tables import Audit
from awards.ballots.codes import root_of
from awards.ballots.tables import Box, Mixed, Poll, TookPart
from awards.counting.tables import Count


@dataclass(frozen=True, slots=True)
class Verified:
    """What `awards audit verify` tells: the chain's head, its length, and how many counted polls were checked.

    faults: in English, one for each poll whose rows are not what was recorded when it closed.
    """

    head: str
    links: int
    polls: int
    faults: list[str]


async def verify_all(head: str | None) -> Verified:
    """Recompute the chain, and for every closed poll n = took part = |board 1| = |board 2| + bad and the roots.

    head: one that somebody kept. Raises ChainBroken when the chain itself is not whole.
    """
    rows = await Audit.select().order_by(Audit.seq)
    newest = verify((Link(row["seq"], row["body"], row["prev"], row["hash"]) for row in rows), head)
    recorded: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    for row in rows:
        body = json.loads(row["body"])
        if body["what"].startswith("counting."):
            recorded[str(body.get("poll", ""))][body["what"].removeprefix("counting.")] = body
    faults: list[str] = []
    checked = 0
    for poll in await Poll.select(Poll.id).output(as_list=True):
        facts = recorded.get(str(poll), {})
        if "closed" in facts:
            checked += 1
            faults += [f"poll {poll}: {fault}" for fault in await _faults_of(poll, facts)]
    return Verified(newest, len(rows), checked, faults)


async def _faults_of(poll: UUID, facts: dict[str, dict[str, Any]]) -> list[str]:
    faults = []
    box = await Box.select(Box.t1).where(Box.poll == poll).output(as_list=True)
    if not facts["closed"]["n"] == len(box) == await TookPart.count().where(TookPart.poll == poll):
        faults.append("ballots recorded at close, ballots in the box and people who took part are not as many")
    if _root(box) != facts["closed"]["root1"]:
        faults.append("the codes in the box are not those recorded at close")
    if "opened" in facts:
        mixed = await Mixed.select(Mixed.t2).where(Mixed.poll == poll).output(as_list=True)
        if len(mixed) + facts["opened"]["bad"] != len(box):
            faults.append("opened and bad envelopes together are not as many as ballots in the box")
        if _root(mixed) != facts["opened"]["root2"]:
            faults.append("the inner codes are not those recorded at opening")
    if "counted" in facts:
        count = await Count.objects().get(Count.poll == poll)
        known = "" if count is None else count.ballots_hash
        if count is not None and count.ballots:  # they are destroyed after some weeks, and their hash stays
            known = sha256(count.ballots.encode()).hexdigest()
        if known != facts["counted"]["ballots_hash"]:
            faults.append("the counted ballots are not those recorded at the count")
    return faults


def _root(codes: list[str]) -> str:
    try:
        return root_of(codes)
    except ValueError:  # somebody wrote what is no code
        return ""
