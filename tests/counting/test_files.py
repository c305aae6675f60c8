"""A recount from a file."""

import json
from pathlib import Path
from typing import Any

import pytest

from awards.counting.files import BadFile, tally_document, tally_file

CASE: dict[str, Any] = {"id": "x", "method": "single", "candidates": ["A", "B"], "ballots": [{"choice": "A"}]}
SCORE: dict[str, Any] = {
    "id": "x",
    "method": "score",
    "candidates": ["A"],
    "ballots": [],
    "options": {"criteria": [{"id": "k1", "weight": 2}], "max_score": 5},
}


def counts_of(ballots: list[Any], method: str = "single") -> dict[str, int]:
    counts = tally_document({"cases": [{**CASE, "method": method, "ballots": ballots}]})["results"][0]["result"][
        "counts"
    ]
    assert isinstance(counts, dict)
    return counts


def test_every_case_of_a_file_is_counted_in_its_order() -> None:
    path = Path(__file__).parent / "tally_cases.json"
    cases = json.loads(path.read_text())["cases"]
    assert tally_file(path) == {"results": [{"id": case["id"], "result": case["expected"]} for case in cases]}


@pytest.mark.parametrize(
    ("ballot", "state"),
    [
        ({"choice": "A"}, "valid"),
        ({"blank": True}, "blank"),
        ({"blank": 1}, "invalid"),
        ({"blank": False}, "invalid"),
        ({}, "invalid"),
        ({"choice": "A", "blank": True}, "invalid"),
        ({"choice": "A", "approve": ["A"]}, "invalid"),
        ({"choice": ["A"]}, "invalid"),
        ({"choice": 1.5}, "invalid"),
        ({"approve": []}, "invalid"),
    ],
)
def test_a_ballot_that_does_not_fit_is_invalid_and_no_bad_file(ballot: dict[str, Any], state: str) -> None:
    assert counts_of([ballot]) == {"ballots": 1, "valid": 0, "blank": 0, "invalid": 0, state: 1}


@pytest.mark.parametrize("ids", [[["A"]], [None], [{"A": 1}], ["A", 1]])
def test_a_list_of_things_that_are_no_ids_is_invalid(ids: list[Any]) -> None:
    assert counts_of([{"ranking": ids}], "ranked")["invalid"] == 1
    assert counts_of([{"approve": ids}], "approval")["invalid"] == 1


def test_a_count_may_be_large_or_nothing() -> None:
    assert counts_of([{"choice": "A", "count": 10**12}, {"choice": "B", "count": 0}])["valid"] == 10**12


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        ({"method": "lottery"}, "method"),
        ({"method": []}, "method"),
        ({"candidates": ["A", "A"]}, "candidates"),
        ({"candidates": "AB"}, "candidates"),
        ({"candidates": [1, 2]}, "candidates"),
        ({"ballots": None}, "ballots: not a list"),
        ({"ballots": ["A"]}, "ballot number 1"),
        ({"ballots": [{"choice": "A", "count": -1}]}, "count"),
        ({"ballots": [{"choice": "A", "count": True}]}, "count"),
        ({"chair": ["A"]}, "chair"),
        ({"options": []}, "options"),
        ({"options": {"quorom": 7}}, "unknown: quorom"),
        ({"options": {"quorum": 6.5}}, "quorum"),
        ({"options": {"majority": "yes"}}, "majority"),
        ({"options": {"withdrawn": ["Z"]}}, "withdrawn"),
    ],
)
def test_a_case_out_of_format_is_named(broken: dict[str, Any], why: str) -> None:
    with pytest.raises(BadFile, match=rf"case x: .*{why}"):
        tally_document({"cases": [{**CASE, **broken}]})


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        ({"max_score": 5}, "criteria"),
        ({"criteria": [], "max_score": 5}, "criteria"),
        ({"criteria": ["k1"], "max_score": 5}, "criteria"),
        ({"criteria": [{"id": "k1"}, {"id": "k1"}], "max_score": 5}, "different"),
        ({"criteria": [{"id": "k1", "weight": 0.5}], "max_score": 5}, "weight"),
        ({"criteria": [{"id": "k1"}]}, "max_score"),
    ],
)
def test_points_need_whole_criteria(broken: dict[str, Any], why: str) -> None:
    with pytest.raises(BadFile, match=why):
        tally_document({"cases": [{**SCORE, "options": broken}]})


@pytest.mark.parametrize("document", [None, [], {}, {"cases": {}}, {"cases": [1]}, {"cases": [{"id": 1}]}])
def test_a_document_without_cases_is_refused(document: Any) -> None:
    with pytest.raises(BadFile):
        tally_document(document)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "not JSON"),
        (b"\xff\xfe\x00", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b'{"cases": [], "cases": []}', "one key twice"),
        (b"[]", "cases"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, content: bytes, why: str) -> None:
    path = tmp_path / "ballots.json"
    path.write_bytes(content)
    with pytest.raises(BadFile, match=rf"ballots\.json: .*{why}"):
        tally_file(path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match=r"none\.json: No such file"):
        tally_file(tmp_path / "none.json")
