"""Counting, as the council and the law see it."""

import json
from collections import Counter
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards.ballots.ballot import BLANK, INVALID, Ballot, Criterion, Paper
from awards.counting.files import tally_document
from awards.counting.result import Result
from awards.counting.rules import CountRefused, Options, decide, tally
from awards.counting.schulze import count_pairs, top_set

CASES = json.loads((Path(__file__).parent / "tally_cases.json").read_text())["cases"]
CRITERIA = (Criterion("k1", 3), Criterion("k2", 1))
METHODS = ("single", "approval", "ranked", "score")

Poll = tuple[Paper, list[Ballot]]


def valid_ballots(paper: Paper) -> st.SearchStrategy[Ballot]:
    ids = st.sampled_from(paper.candidates)
    if paper.method == "single":
        return ids.map(lambda choice: Ballot("valid", (choice,)))
    if paper.method == "approval":
        return st.sets(ids, min_size=1).map(lambda approved: Ballot("valid", tuple(sorted(approved))))
    if paper.method == "ranked":
        return st.lists(ids, min_size=1, unique=True).map(lambda ranking: Ballot("valid", tuple(ranking)))
    entries = [(candidate, criterion.id) for candidate in paper.candidates for criterion in paper.criteria]
    points = st.lists(st.integers(0, paper.max_score), min_size=len(entries), max_size=len(entries))
    return points.map(lambda given: Ballot("valid", points=tuple((*e, p) for e, p in zip(entries, given, strict=True))))


@st.composite
def polls(draw: st.DrawFn, methods: tuple[str, ...] = METHODS) -> Poll:
    """A small council's ballots: ties and cycles are common among so few."""
    candidates = tuple("ABCDE"[: draw(st.integers(1, 5))])
    paper = Paper(draw(st.sampled_from(methods)), candidates, CRITERIA, 3)
    return paper, draw(st.lists(st.one_of(valid_ballots(paper), st.sampled_from([BLANK, INVALID])), max_size=14))


def renamed(ballot: Ballot, names: dict[str, str]) -> Ballot:
    ids = tuple(names[i] for i in ballot.ids)
    return Ballot(ballot.state, ids, tuple((names[c], k, p) for c, k, p in ballot.points))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_the_worked_cases_are_reproduced_field_by_field(case: dict[str, Any]) -> None:
    assert tally_document({"cases": [case]}) == {"results": [{"id": case["id"], "result": case["expected"]}]}


@pytest.mark.parametrize("case", [case for case in CASES if "status" in case["expected"]], ids=lambda case: case["id"])
def test_a_stored_result_reads_back_as_it_was(case: dict[str, Any]) -> None:
    stored = json.loads(json.dumps(case["expected"]))
    assert Result.from_json(stored).to_json() == case["expected"]


@given(polls(), st.randoms(use_true_random=False))
def test_the_order_of_ballots_never_matters(poll: Poll, random: Any) -> None:
    paper, ballots = poll
    shuffled = random.sample(ballots, len(ballots))
    assert tally(paper, shuffled) == tally(paper, ballots) == tally(paper, Counter(ballots))


@given(polls(), st.randoms(use_true_random=False))
def test_the_order_of_candidates_never_matters(poll: Poll, random: Any) -> None:
    paper, ballots = poll
    candidates = tuple(random.sample(paper.candidates, len(paper.candidates)))
    other = Paper(paper.method, candidates, paper.criteria, paper.max_score)
    assert tally(other, ballots) == tally(paper, ballots)


@given(polls(), st.randoms(use_true_random=False), st.booleans())
def test_a_name_gives_no_advantage(poll: Poll, random: Any, majority: bool) -> None:
    paper, ballots = poll
    names = dict(zip(paper.candidates, random.sample(paper.candidates, len(paper.candidates)), strict=True))
    before = tally(paper, ballots, Options(majority=majority))
    after = tally(paper, [renamed(ballot, names) for ballot in ballots], Options(majority=majority))
    assert after.status == before.status
    for field in ("winners", "tied", "runoff"):
        assert getattr(after, field) == tuple(sorted(names[i] for i in getattr(before, field)))


@given(polls(), st.booleans())
def test_a_tie_is_never_broken_by_the_count(poll: Poll, majority: bool) -> None:
    paper, ballots = poll
    result = tally(paper, ballots, Options(majority=majority))
    assert (result.status == "winner") == (len(result.winners) == 1)
    assert (result.status == "tie") == (len(result.tied) > 1)
    if result.scores is not None and result.status in ("winner", "tie"):
        best = max(result.scores.values())
        assert {*result.winners, *result.tied} == {c for c, score in result.scores.items() if score == best}


@given(polls(methods=("ranked",)))
def test_who_beats_everybody_in_duels_wins_a_ranked_vote(poll: Poll) -> None:
    paper, ballots = poll
    result = tally(paper, ballots)
    pairs = result.pairwise or {}
    if result.counts.valid:
        for a in paper.candidates:
            if all(pairs[a][b] > pairs[b][a] for b in pairs[a]):
                assert result.winners == (a,)


@given(polls(methods=("ranked",)))
def test_the_strongest_paths_agree_with_walking_every_path(poll: Poll) -> None:
    paper, ballots = poll
    pairs = count_pairs(paper.candidates, Counter(ballot.ids for ballot in ballots if ballot.state == "valid"))

    def strength(a: str, b: str) -> tuple[int, int]:
        best = (0, 0)
        between = [c for c in paper.candidates if c not in (a, b)]
        for length in range(len(between) + 1):
            for middle in permutations(between, length):
                steps = list(zip((a, *middle), (*middle, b), strict=True))
                if all(pairs[x][y] > pairs[y][x] for x, y in steps):
                    best = max(best, min((pairs[x][y], -pairs[y][x]) for x, y in steps))
        return best

    others = {a: [b for b in paper.candidates if b != a] for a in paper.candidates}
    assert top_set(pairs) == {a for a in others if all(strength(a, b) >= strength(b, a) for b in others[a])}
    assert top_set(pairs)


@given(polls(), st.lists(st.sampled_from([BLANK, INVALID]), max_size=5))
def test_blank_and_invalid_ballots_never_touch_the_scores(poll: Poll, extra: list[Ballot]) -> None:
    paper, ballots = poll
    without, with_them = tally(paper, ballots), tally(paper, [*ballots, *extra])
    assert (with_them.scores, with_them.pairwise) == (without.scores, without.pairwise)
    assert with_them.counts.ballots == without.counts.ballots + len(extra)
    if without.counts.valid:
        assert (with_them.status, with_them.winners, with_them.tied) == (without.status, without.winners, without.tied)


@given(polls())
def test_only_whole_numbers_come_out(poll: Poll) -> None:
    def numbers(value: object) -> list[object]:
        if isinstance(value, dict):
            return [number for item in value.values() for number in numbers(item)]
        return [value] if not isinstance(value, (str, list, type(None))) else []

    assert all(type(number) is int for number in numbers(tally(*poll).to_json()))


@given(polls(methods=("approval", "ranked", "score")))
def test_who_withdraws_is_counted_as_if_they_had_never_stood(poll: Poll) -> None:
    paper, ballots = poll
    result = tally(paper, ballots, Options(withdrawn=frozenset("A")))
    standing = [candidate for candidate in paper.candidates if candidate != "A"]
    assert list(result.scores if result.scores is not None else result.pairwise or {}) == standing
    assert "A" not in (*result.winners, *result.tied)
    assert result.counts.ballots == len(ballots)


def test_a_majority_is_only_asked_of_a_single_choice() -> None:
    paper = Paper("approval", ("A", "B", "C"))
    ballots = [Ballot("valid", ("A",))] * 2 + [Ballot("valid", ("B",)), Ballot("valid", ("C",))]
    assert tally(paper, ballots, Options(majority=True)).winners == ("A",)


def test_a_winner_of_the_chair_is_final() -> None:
    tie = tally(Paper("single", ("A", "B")), [Ballot("valid", ("A",)), Ballot("valid", ("B",))])
    decided = decide(tie, "B")
    assert (decided.winners, decided.tied, decided.decided_by) == (("B",), ("A", "B"), "chair")
    with pytest.raises(CountRefused) as refusal:
        decide(decided, "A")
    assert refusal.value.code == "no_tie"


def test_a_poll_without_winner_or_tie_is_void() -> None:
    paper = Paper("single", ("A", "B"))
    assert tally(paper, []).is_void
    assert not tally(paper, [Ballot("valid", ("A",))]).is_void
