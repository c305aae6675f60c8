"""What may stand on a ballot, and how it is read: valid, blank or invalid.

A ballot's content has exactly one key: `choice` (an id), `approve` (a list of ids), `ranking` (a list of ids, best
first), `scores` ({candidate: {criterion: points}}) or `blank` (true). The reader is total: whatever a voter's device
sealed becomes a Ballot, at worst an invalid one, and never an exception in the middle of a count.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from awards.ballots.canonical import canonical, read_canonical

Method = Literal["single", "approval", "ranked", "score"]
METHODS: tuple[Method, ...] = ("single", "approval", "ranked", "score")

# Every ballot is padded to this many bytes, so that its length tells nothing.
BALLOT_SIZE = 1024


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion that is given points, and the integer that its points are multiplied with."""

    id: str
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Paper:
    """The ballot paper: method, ids of the candidates and, for `score`, the criteria and the most points of each."""

    method: Method
    candidates: tuple[str, ...]
    criteria: tuple[Criterion, ...] = ()
    max_score: int = 0


@dataclass(frozen=True, slots=True)
class Ballot:
    """A ballot that was read.

    ids: the one chosen, those approved (sorted), or those ranked, best first.
    points: of a score ballot, (candidate, criterion, points) in the paper's order.
    """

    state: Literal["valid", "blank", "invalid"]
    ids: tuple[str, ...] = ()
    points: tuple[tuple[str, str, int], ...] = ()


BLANK = Ballot("blank")
INVALID = Ballot("invalid")


def read_ballot(paper: Paper, content: object) -> Ballot:
    """Read a ballot's content, as the format of the tally cases defines valid, blank and invalid."""
    match content:
        case {"blank": True, **rest} if not rest:  # this pattern asks for True itself: 1 is no answer
            return BLANK
        case {"choice": str(choice), **rest} if paper.method == "single" and not rest:
            return Ballot("valid", (choice,)) if choice in paper.candidates else INVALID
        case {"approve": list(ids), **rest} if paper.method == "approval" and not rest:
            # Sorted: the order of ticking could otherwise mark a ballot for someone who wants proof.
            return Ballot("valid", tuple(sorted(ids))) if ids and _distinct(paper, ids) else _blank_if(not ids)
        case {"ranking": list(ids), **rest} if paper.method == "ranked" and not rest:
            return Ballot("valid", tuple(ids)) if ids and _distinct(paper, ids) else _blank_if(not ids)
        case {"scores": dict(scores), **rest} if paper.method == "score" and not rest:
            return _read_scores(paper, scores)
        case _:
            return INVALID


def parse_ballot(paper: Paper, data: bytes) -> Ballot:
    """Read an opened ballot without its padding. What is not canonical JSON is invalid."""
    try:
        return read_ballot(paper, read_canonical(data))
    except ValueError:
        return INVALID


def content_of(paper: Paper, ballot: Ballot) -> dict[str, object]:
    """The content that reads as `ballot` again.

    An invalid ballot gives `{"invalid": true}` (which reads as invalid): its own words could name its voter.
    """
    if ballot.state != "valid":
        return {ballot.state: True}
    match paper.method:
        case "single":
            return {"choice": ballot.ids[0]}
        case "approval":
            return {"approve": list(ballot.ids)}
        case "ranked":
            return {"ranking": list(ballot.ids)}
        case "score":
            scores: dict[str, dict[str, int]] = {candidate: {} for candidate in paper.candidates}
            for candidate, criterion, points in ballot.points:
                scores[candidate][criterion] = points
            return {"scores": scores}


def write_ballot(paper: Paper, ballot: Ballot) -> bytes:
    """Canonical JSON of the ballot, without padding: what is sealed."""
    return canonical(content_of(paper, ballot))


def write_ballots(paper: Paper, ballots: Iterable[Ballot]) -> bytes:
    """Canonical JSON list of ballots, sorted by their own bytes, so that their order carries nothing.

    The sha256 of these bytes is the ballots hash.
    """
    return canonical(sorted((content_of(paper, ballot) for ballot in ballots), key=canonical))


def largest_ballot(paper: Paper) -> int:
    """Bytes of the largest valid ballot of this paper. A poll is not armed if they exceed BALLOT_SIZE."""
    blank = len(write_ballot(paper, BLANK))
    if not paper.candidates:
        return blank
    if paper.method == "single":
        fullest = Ballot("valid", (max(paper.candidates, key=lambda candidate: len(canonical(candidate))),))
    else:
        points = tuple((c, k.id, paper.max_score) for c in paper.candidates for k in paper.criteria)
        fullest = Ballot("valid", paper.candidates, points)
    return max(blank, len(write_ballot(paper, fullest)))


def _blank_if(empty: bool) -> Ballot:
    return BLANK if empty else INVALID


def _distinct(paper: Paper, ids: list[object]) -> bool:
    """Whether these are candidates, none of them twice."""
    return all(isinstance(i, str) and i in paper.candidates for i in ids) and len(set(ids)) == len(ids)


def _read_scores(paper: Paper, scores: dict[str, object]) -> Ballot:
    if scores.keys() != set(paper.candidates):
        return INVALID
    points = []
    for candidate in paper.candidates:
        given = scores[candidate]
        if not isinstance(given, dict) or given.keys() != {criterion.id for criterion in paper.criteria}:
            return INVALID
        for criterion in paper.criteria:
            value = given[criterion.id]
            # type(), not isinstance(): True is an int to Python and no score to anybody.
            if type(value) is not int or not 0 <= value <= paper.max_score:
                return INVALID
            points.append((candidate, criterion.id, value))
    return Ballot("valid", points=tuple(points))
