"""Counting ballots: from what the members wrote to a winner, a tie or a reason why there is none.

The definitions are those of the tally cases (`tests/counting/tally_cases.json`, `readme`). Everything is integers and
sets: no order of ballots, candidates or rows can break a tie, and nothing is drawn at random.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from awards.ballots.ballot import BLANK, Ballot, Paper
from awards.counting.result import Counts, Result
from awards.counting.schulze import count_pairs, top_set
from awards.errors import RuleBroken


class CountRefused(RuleBroken):
    """The count cannot be made or decided in this way.

    code: the reason for machines: `no_tie`, `chair_choice_not_tied` or `new_round_required`.
    """

    def __init__(self, message: str, *, code: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Options:
    """How a poll is counted.

    quorum: least number of ballots in the box. majority: a single choice needs more than half of the valid ballots,
    else a run-off. withdrawn: candidates who no longer stand.
    """

    quorum: int = 0
    majority: bool = False
    withdrawn: frozenset[str] = frozenset()


def tally(
    paper: Paper,
    ballots: Iterable[Ballot] | Mapping[Ballot, int],
    options: Options = Options(),
    chair: str | None = None,
) -> Result:
    """Count the ballots (all of them, or how often each was cast) and apply the chair's decision if there is one.

    Raises CountRefused.
    """
    if paper.method == "single" and options.withdrawn:
        # Those who chose the withdrawn have no second choice that could be counted.
        raise CountRefused("A candidate has withdrawn, so a new vote is needed.", code="new_round_required")
    standing = tuple(candidate for candidate in paper.candidates if candidate not in options.withdrawn)
    cast = _without(options.withdrawn, Counter(ballots))
    counts = _counts(cast)
    valid = {ballot: times for ballot, times in cast.items() if ballot.state == "valid"}
    if paper.method == "ranked":
        pairs = count_pairs(standing, Counter({ballot.ids: times for ballot, times in valid.items()}))
        result = _judge(Result("tie", counts, pairwise=pairs), top_set(pairs), options.quorum)
    else:
        scores = _scores(paper, standing, valid)
        top = _highest(scores)
        asks_majority = options.majority and paper.method == "single"
        runoff = _runoff(scores, top, counts.valid) if asks_majority else frozenset()
        result = _judge(Result("tie", counts, scores=scores), top, options.quorum, runoff)
    return result if chair is None else decide(result, chair)


def decide(result: Result, choice: str) -> Result:
    """The chair's decision of a tie, made openly. The tie stays visible in `tied`.

    Raises CountRefused when there is no tie, or the choice is not in it.
    """
    if result.status != "tie":
        raise CountRefused("There is no tie to decide.", code="no_tie")
    if choice not in result.tied:
        raise CountRefused("Only one of those who are tied can be chosen.", code="chair_choice_not_tied")
    return replace(result, status="winner", winners=(choice,), decided_by="chair")


def _without(withdrawn: frozenset[str], cast: Counter[Ballot]) -> Counter[Ballot]:
    """The ballots as if the withdrawn had never stood. One left empty is blank."""
    if not withdrawn:
        return cast
    left: Counter[Ballot] = Counter()
    for ballot, times in cast.items():
        ids = tuple(candidate for candidate in ballot.ids if candidate not in withdrawn)
        points = tuple(entry for entry in ballot.points if entry[0] not in withdrawn)
        emptied = ballot.state == "valid" and not ids and not points
        left[BLANK if emptied else replace(ballot, ids=ids, points=points)] += times
    return left


def _counts(cast: Counter[Ballot]) -> Counts:
    states: Counter[str] = Counter()
    for ballot, times in cast.items():
        states[ballot.state] += times
    return Counts(sum(states.values()), states["valid"], states["blank"], states["invalid"])


def _scores(paper: Paper, standing: tuple[str, ...], valid: Mapping[Ballot, int]) -> dict[str, int]:
    """Votes (single), approvals (approval) or the weighted sum of points (score) of each candidate."""
    weight = {criterion.id: criterion.weight for criterion in paper.criteria}
    scores = dict.fromkeys(standing, 0)
    for ballot, times in valid.items():
        for candidate in ballot.ids:
            scores[candidate] += times
        for candidate, criterion, points in ballot.points:
            scores[candidate] += times * weight[criterion] * points
    return scores


def _highest(scores: Mapping[str, int]) -> frozenset[str]:
    best = max(scores.values(), default=0)
    return frozenset(candidate for candidate, score in scores.items() if score == best)


def _judge(counted: Result, top: frozenset[str], quorum: int, runoff: frozenset[str] = frozenset()) -> Result:
    """The status of what was counted: the first of these questions that is answered with yes."""
    counts = counted.counts
    if counts.ballots == 0:
        return replace(counted, status="no_ballots")
    if counts.ballots < quorum:
        return replace(counted, status="no_quorum")
    if counts.valid == 0:
        return replace(counted, status="no_valid")
    if not top:
        return replace(counted, status="no_candidates")
    if counted.scores is not None and not any(counted.scores.values()):
        return replace(counted, status="no_support")
    if runoff:
        return replace(counted, status="runoff", runoff=tuple(sorted(runoff)))
    if len(top) == 1:
        return replace(counted, status="winner", winners=tuple(top), decided_by="vote")
    return replace(counted, status="tie", tied=tuple(sorted(top)))


def _runoff(scores: Mapping[str, int], top: frozenset[str], valid: int) -> frozenset[str]:
    """Who meets again because nobody got more than half. Nobody if that would be everybody: then plurality decides."""
    best = max(scores.values(), default=0)
    if best * 2 > valid:
        return frozenset()
    if len(top) == 1:
        top |= _highest({candidate: score for candidate, score in scores.items() if candidate not in top})
    return top if len(top) < len(scores) else frozenset()
