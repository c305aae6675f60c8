"""Whether a vote is as the chain recorded it: what somebody altered in the database shows here.

Whoever rewrites the chain too is found by a head that somebody kept, and by the receipts.
"""

import json
from collections.abc import Iterable
from hashlib import sha256
from typing import Any
from uuid import UUID

from awards.ballots.casting import manifest_of
from awards.ballots.codes import code_of, root_of
from awards.ballots.manifest import manifest_hash
from awards.ballots.tables import Box, Mixed, Poll, TookPart
from awards.counting.recorded import Recorded
from awards.counting.tables import Approval, ChairDecision, Count


class Altered(Exception):
    """A closed vote is not what was recorded of it: it is not counted. The message says what does not fit."""


async def faults_of(poll: Poll, recorded: Recorded) -> list[str]:
    """In English, what is not as it was recorded: rules, state, box, inner envelopes, ballots, result, decision of a
    tie, approvals."""
    faults = []
    newest = recorded.newest
    opened = newest.get("ballots.poll_opened")
    if opened and not opened["manifest"] == poll.manifest_hash == manifest_hash(poll.manifest.encode()):
        faults.append("the rules of the vote are not those recorded when it opened")
    elif poll.state != _state(poll, recorded):
        faults.append(f"it stands as {poll.state}, and the records make it {_state(poll, recorded)}")
    if closed := newest.get("counting.closed"):
        faults += await _faults_of_the_box(poll, closed, newest)
    elif await Box.exists().where(Box.poll == poll.id):
        faults.append("there are ballots in the box, and no record that the vote has closed")
    if counted := newest.get("counting.counted"):
        faults += await _faults_of_the_count(poll.id, counted)
    elif await Count.exists().where(Count.poll == poll.id):
        faults.append("there is a count, and no record of it")
    return faults + await _faults_of_the_decision(poll.id, recorded)


def _state(poll: Poll, recorded: Recorded) -> str:
    ends_level = recorded.state == "tie" and manifest_of(poll).tie_rule == "new_poll"
    return "void" if ends_level else recorded.state


async def _faults_of_the_box(poll: Poll, closed: dict[str, Any], newest: dict[str, Any]) -> list[str]:
    faults = []
    box = await Box.select(Box.t1, Box.ct).where(Box.poll == poll.id)
    if not closed["n"] == len(box) == await TookPart.count().where(TookPart.poll == poll.id):
        faults.append("ballots recorded at close, ballots in the box and people who took part are not as many")
    if _root(row["t1"] for row in box) != closed["root1"]:
        faults.append("the codes in the box are not those recorded at close")
    envelopes = [(row["t1"], row["ct"]) for row in box]
    if opened := newest.get("counting.opened"):
        mixed = await Mixed.select(Mixed.t2, Mixed.ct).where(Mixed.poll == poll.id)
        if len(mixed) + opened["bad"] != len(box):
            faults.append("opened and bad envelopes together are not as many as ballots in the box")
        if _root(row["t2"] for row in mixed) != opened["root2"]:
            faults.append("the inner codes are not those recorded at opening")
        envelopes += [(row["t2"], row["ct"]) for row in mixed]
    # Of envelopes that were destroyed only the codes are left.
    if "counting.ballots_destroyed" not in newest and any(code_of(bytes(ct)) != code for code, ct in envelopes):
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
    # Older counts were recorded without the result; their ballots can still be counted again.
    if "result" in counted and result_hash(count.result) != counted["result"]:
        faults.append("the result is not the one recorded at the count")
    return faults


async def _faults_of_the_decision(poll: UUID, recorded: Recorded) -> list[str]:
    made = await ChairDecision.select(ChairDecision.person, ChairDecision.choice).where(ChairDecision.poll == poll)
    given = await Approval.select(Approval.capacity, Approval.person, Approval.objection).where(Approval.poll == poll)
    decisions = [(str(row["person"]), str(row["choice"])) for row in made]
    approvals = sorted((row["capacity"], str(row["person"]), row["objection"] != "") for row in given)
    faults = []
    # The end of a vote may have taken them along.
    gone = recorded.state == "void"
    if decisions != ([recorded.tie] if recorded.tie else []) and not (gone and not decisions):
        faults.append("the decision of the tie is not the one recorded")
    known = sorted((capacity, person, no) for capacity, (person, no) in recorded.approvals.items())
    if approvals != known and not (gone and not approvals):
        faults.append("the approvals are not those recorded")
    return faults


def result_hash(stored: str) -> str:
    """Hex sha256 of a result as it is stored, whatever its layout."""
    return sha256(json.dumps(json.loads(stored), sort_keys=True).encode()).hexdigest()


def _root(codes: Iterable[str]) -> str:
    try:
        return root_of(codes)
    except ValueError:  # somebody wrote what is no code
        return ""
