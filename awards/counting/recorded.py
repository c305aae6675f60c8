"""What the chain tells of a vote: its newest records, and what follows from all of them in their order."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from awards.audit.tables import Audit
from awards.counting.offices import CAPACITIES


@dataclass(slots=True)
class Recorded:
    """One poll as its records tell it.

    newest: the newest record of each kind. state: as in `Poll`; `tie` also where the council's rule makes that void.
    tie: who decided the newest count's tie, and for whom. approvals: by capacity, whose word on the newest count it
    is, and whether it is an objection.
    """

    newest: dict[str, dict[str, Any]] = field(default_factory=dict)
    state: str = "draft"
    tie: tuple[str, str] | None = None
    approvals: dict[str, tuple[str, bool]] = field(default_factory=dict)

    def add(self, record: dict[str, Any]) -> None:
        """Follow one record more."""
        self.newest[record["what"]] = record
        match record["what"]:
            case "ballots.poll_opened":
                self.state = "open"
            case "counting.closed":
                self.state = "closed"
            case "counting.counted":  # a new count takes back what was said of the one before
                self.state = {"winner": "decided", "tie": "tie"}.get(record["status"], "void")
                self.tie, self.approvals = None, {}
            case "counting.tie_decided":
                self.state, self.tie = "decided", (record["by"], record["choice"])
            case "counting.approved" | "counting.objected" as what:
                self.approvals[record["capacity"]] = record["by"], what == "counting.objected"
                if self.approvals.keys() == CAPACITIES.keys() and not any(no for _, no in self.approvals.values()):
                    self.state = "approved"
            case "counting.ballots_destroyed" if self.state == "approved":
                self.state = "destroyed"
            case "ballots.poll_voided":
                self.state = "void"


def recorded_by_poll(bodies: Iterable[str]) -> dict[str, Recorded]:
    """What the chain's bodies, in their order, tell of each poll, by its id."""
    found: dict[str, Recorded] = defaultdict(Recorded)
    for record in map(json.loads, bodies):
        found[str(record.get("poll", ""))].add(record)
    return found


async def recorded_of(poll: UUID) -> Recorded:
    """What the chain tells of one poll."""
    bodies = await (
        Audit.select(Audit.body).where(Audit.body.like(f'%"poll":"{poll}"%')).order_by(Audit.seq).output(as_list=True)
    )
    return recorded_by_poll(bodies)[str(poll)]
