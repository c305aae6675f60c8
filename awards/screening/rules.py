"""Screening: when a nomination may go on, and which nominations may be about the same candidate."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

MET, NOT_MET, UNSURE = "met", "not_met", "unsure"
VERDICTS = (MET, NOT_MET, UNSURE)

# States of a nomination that screening still has to settle, and those it has settled.
WAITING = "received"
ACCEPTED = "accepted"
REJECTED = "rejected"
WITHDRAWN = "withdrawn"

LOOKS_ALIKE = 0.55


# In doubt counts as met: it is left to the council.
IS_MET = {MET: True, UNSURE: True, NOT_MET: False}


def trigrams(text: str) -> frozenset[str]:
    padded = f"  {text} "
    return frozenset(padded[i : i + 3] for i in range(len(padded) - 2))


def similarity(one: str, other: str) -> float:
    """0 to 1: shared trigrams of two normalised names (Jaccard)."""
    a, b = trigrams(one), trigrams(other)
    return len(a & b) / len(a | b)


@dataclass(frozen=True, slots=True)
class Named:
    """A candidate as it is compared: its normalised name and its CVR number, if any."""

    id: UUID
    name: str
    cvr: str = ""


def lookalikes(one: Named, others: Iterable[Named]) -> Sequence[UUID]:
    """Ids of those that may be the same candidate, the most alike first: same CVR number, or a similar name."""
    scored = [
        (1.0 if one.cvr and one.cvr == other.cvr else similarity(one.name, other.name), str(other.id), other.id)
        for other in others
        if other.id != one.id
    ]
    return [id for score, _tie, id in sorted(scored, key=lambda row: (-row[0], row[1])) if score >= LOOKS_ALIKE]
