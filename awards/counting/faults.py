"""Whether a vote is as the chain recorded it: what somebody altered in the database shows here.

Whoever rewrites the chain too is found by a head that somebody kept, and by the receipts.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from hashlib import sha256
from typing import Any
from uuid import UUID

from awards.audit.tables import Audit
from awards.ballots.codes import code_of, root_of
from awards.ballots.manifest import manifest_hash
from awards.ballots.tables import Box, Mixed, Poll, TookPart
from awards.counting.tables import ChairDecision, Count

# The newest record of each kind about one poll.
Facts = dict[str, dict[str, Any]]


class Altered(Exception):
    """A closed vote is not what was recorded of it: it is not counted. The message says what does not fit."""


def facts_by_poll(bodies: Iterable[str]) -> dict[str, Facts]:
    """What the chain tells of each poll, by its id. A new count, or the end of the vote, takes back how a tie was
    decided."""
    found: dict[str, Facts] = defaultdict(dict)
    for record in map(json.loads, bodies):
        facts = found[str(record.get("poll", ""))]
        facts[record["what"]] = record
        if record["what"] in ("counting.counted", "ballots.poll_voided"):
            facts.pop("counting.tie_decided", None)
    return found


async def facts_of(poll: UUID) -> Facts:
    """What the chain tells of one poll."""
    bodies = await (
        Audit.select(Audit.body).where(Audit.body.like(f'%"poll":"{poll}"%')).order_by(Audit.seq).output(as_list=True)
    )
    return facts_by_poll(bodies)[str(poll)]


async def faults_of(poll: Poll, facts: Facts) -> list[str]:
    """In English, what is not as it was recorded: rules, box, inner envelopes, ballots, result, decision of a tie."""
    faults = []
    opened = facts.get("ballots.poll_opened")
    if opened and not opened["manifest"] == poll.manifest_hash == manifest_hash(poll.manifest.encode()):
        faults.append("the rules of the vote are not those recorded when it opened")
    if closed := facts.get("counting.closed"):
        faults += await _faults_of_the_box(poll, closed, facts)
    elif await Box.exists().where(Box.poll == poll.id):
        faults.append("there are ballots in the box, and no record that the vote has closed")
    if counted := facts.get("counting.counted"):
        faults += await _faults_of_the_count(poll.id, counted)
        made = await ChairDecision.select(ChairDecision.choice).where(ChairDecision.poll == poll.id).first()
        recorded = facts.get("counting.tie_decided", {}).get("choice")
        if (str(made["choice"]) if made else None) != recorded:
            faults.append("the decision of the tie is not the one recorded")
    elif await Count.exists().where(Count.poll == poll.id):
        faults.append("there is a count, and no record of it")
    return faults


async def _faults_of_the_box(poll: Poll, closed: dict[str, Any], facts: Facts) -> list[str]:
    faults = []
    box = await Box.select(Box.t1, Box.ct).where(Box.poll == poll.id)
    if not closed["n"] == len(box) == await TookPart.count().where(TookPart.poll == poll.id):
        faults.append("ballots recorded at close, ballots in the box and people who took part are not as many")
    if _root(row["t1"] for row in box) != closed["root1"]:
        faults.append("the codes in the box are not those recorded at close")
    envelopes = [(row["t1"], row["ct"]) for row in box]
    if opened := facts.get("counting.opened"):
        mixed = await Mixed.select(Mixed.t2, Mixed.ct).where(Mixed.poll == poll.id)
        if len(mixed) + opened["bad"] != len(box):
            faults.append("opened and bad envelopes together are not as many as ballots in the box")
        if _root(row["t2"] for row in mixed) != opened["root2"]:
            faults.append("the inner codes are not those recorded at opening")
        envelopes += [(row["t2"], row["ct"]) for row in mixed]
    # Of envelopes that were destroyed only the codes are left.
    if "counting.ballots_destroyed" not in facts and any(code_of(bytes(ct)) != code for code, ct in envelopes):
        faults.append("an envelope is not the one that its code names")
    return faults


async def _faults_of_the_count(poll: UUID, counted: dict[str, Any]) -> list[str]:
    count = await Count.objects().get(Count.poll == poll)
    if count is None:
        return ["the count is missing"]
    faults = []
    known = {count.ballots_hash}
    if count.ballots:  # they are destroyed after some weeks, and their hash stays
        known.add(sha256(count.ballots.encode()).hexdigest())
    if known != {counted["ballots_hash"]}:
        faults.append("the counted ballots are not those recorded at the count")
    if result_hash(count.result) != counted["result"]:
        faults.append("the result is not the one recorded at the count")
    return faults


def result_hash(stored: str) -> str:
    """Hex sha256 of a result as it is stored, whatever its layout."""
    return sha256(json.dumps(json.loads(stored), sort_keys=True).encode()).hexdigest()


def _root(codes: Iterable[str]) -> str:
    try:
        return root_of(codes)
    except ValueError:  # somebody wrote what is no code
        return ""
