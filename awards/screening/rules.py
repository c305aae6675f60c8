"""Screening: when a nomination may go on, and which nominations may be about the same candidate."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from awards.likeness import likeness

MET, NOT_MET, UNSURE = "met", "not_met", "unsure"
VERDICTS = (MET, NOT_MET, UNSURE)

# States of a nomination that screening still has to settle, and those it has settled.
WAITING = "received"
ACCEPTED = "accepted"
REJECTED = "rejected"
WITHDRAWN = "withdrawn"

# In doubt counts as met: it is left to the council.
IS_MET = {MET: True, UNSURE: True, NOT_MET: False}


# How it stands with a question to the nominator.
ASKED, ANSWERED, OVERDUE = "asked", "answered", "overdue"
INQUIRY_STATES = (ASKED, ANSWERED, OVERDUE)


def inquiry_state(answered_at: datetime | None, answer_by: datetime, now: datetime) -> str:
    """One of INQUIRY_STATES: the deadline is exclusive."""
    if answered_at is not None:
        return ANSWERED
    return ASKED if now < answer_by else OVERDUE


@dataclass(frozen=True, slots=True)
class Named:
    """A candidate as it is compared: its name and its CVR number, if any."""

    id: UUID
    name: str
    cvr: str = ""


def lookalikes(one: Named, others: Sequence[Named]) -> list[UUID]:
    """Ids of those that may be the same candidate, the most alike first: same CVR number, or a similar name."""
    scores = likeness(one.name, [other.name for other in others])
    scored = [
        (1.0 if one.cvr and one.cvr == other.cvr else score, str(other.id), other.id)
        for other, score in zip(others, scores, strict=True)
        if other.id != one.id
    ]
    return [id for score, _tie, id in sorted(scored, key=lambda row: (-row[0], row[1])) if score]
