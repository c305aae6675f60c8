"""The result of a count, as it is stored, shown and recounted."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Status = Literal[
    "no_ballots", "no_quorum", "no_valid", "no_candidates", "no_support", "runoff", "winner", "tie"
]  # in the order in which they are asked


@dataclass(frozen=True, slots=True)
class Counts:
    """How many ballots were in the box, and of which state. All of them count toward the quorum."""

    ballots: int
    valid: int
    blank: int
    invalid: int


@dataclass(frozen=True, slots=True)
class Result:
    """What the ballots say. Lists of candidates are sorted by id.

    winners: the one who won, else empty. tied: the top set of a tie, kept when the chair has decided it.
    runoff: who stands in a second round. decided_by: vote, chair, or None while nothing is decided.
    scores: of single, approval and score. pairwise: of ranked, ballots that rank the first above the second.
    """

    status: Status
    counts: Counts
    winners: tuple[str, ...] = ()
    tied: tuple[str, ...] = ()
    runoff: tuple[str, ...] = ()
    decided_by: Literal["vote", "chair"] | None = None
    scores: Mapping[str, int] | None = None
    pairwise: Mapping[str, Mapping[str, int]] | None = None

    @property
    def is_void(self) -> bool:
        """Whether the poll ends without a winner and without a tie: a new poll is needed. `status` is the reason."""
        return self.status not in ("winner", "tie")

    def to_json(self) -> dict[str, Any]:
        """The fields of `expected` in the tally cases."""
        return {
            "status": self.status,
            "winners": list(self.winners),
            "tied": list(self.tied),
            "runoff": list(self.runoff),
            "decided_by": self.decided_by,
            "counts": {
                "ballots": self.counts.ballots,
                "valid": self.counts.valid,
                "blank": self.counts.blank,
                "invalid": self.counts.invalid,
            },
            **({"scores": dict(self.scores)} if self.scores is not None else {}),
            **({"pairwise": {a: dict(row) for a, row in self.pairwise.items()}} if self.pairwise is not None else {}),
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Result":
        """The result that `to_json` wrote."""
        return cls(
            status=stored["status"],
            counts=Counts(**stored["counts"]),
            winners=tuple(stored["winners"]),
            tied=tuple(stored["tied"]),
            runoff=tuple(stored["runoff"]),
            decided_by=stored["decided_by"],
            scores=stored.get("scores"),
            pairwise=stored.get("pairwise"),
        )
