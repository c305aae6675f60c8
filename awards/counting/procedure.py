"""The council's rules of procedure around a vote: quorum, who decides a tie, when totals may be shown."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal, TypeVar

from awards.counting.result import Result

T = TypeVar("T")

# Below this many ballots, totals would tell how single members voted.
TOTALS_FROM = 5


@dataclass(frozen=True, slots=True)
class QuorumRule:
    """The least number of ballots: `half` (at least half of the seats), `majority` (more than half) or `number`."""

    kind: Literal["half", "majority", "number"] = "half"
    number: int | None = None


def quorum_needed(seats_filled: int, rule: QuorumRule) -> int:
    """Ballots that must be in the box, blank and invalid ones included. At least one.

    seats_filled: seats with a member, without those who are recused from the prize: they are out of the quorum's base.
    Raises ValueError for the rule `number` without a number.
    """
    match rule.kind:
        case "half":
            needed = (seats_filled + 1) // 2
        case "majority":
            needed = seats_filled // 2 + 1
        case "number":
            if rule.number is None:
                raise ValueError("the quorum rule 'number' needs a number")
            needed = rule.number
    return max(needed, 1)


def acting_chair(succession: Iterable[T], recused: Collection[T]) -> T | None:
    """Who decides a tie: the first of chair and vice-chairs, in order, who is not recused from the prize.

    None: all are recused, and the council names one of its members at the moment of the decision.
    """
    return next((person for person in succession if person not in recused), None)


def may_show_totals(result: Result) -> bool:
    """Whether the council's minutes may show totals: from five ballots up."""
    return result.counts.ballots >= TOTALS_FROM
