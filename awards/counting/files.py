"""Reads ballots from a file and counts them: a recount that needs neither server nor database.

The format is that of the tally cases: `{"cases": [{id, method, candidates, ballots, [options], [chair]}]}`; their
`readme` tells it whole. `expected`, `note` and other fields of a case are not looked at.
"""

import json
from collections import Counter
from pathlib import Path
from typing import Any

from awards.ballots.ballot import METHODS, Ballot, Criterion, Paper, read_ballot
from awards.counting.rules import CountRefused, Options, tally

OPTIONS = {"quorum", "majority", "withdrawn", "criteria", "max_score"}


class BadFile(ValueError):
    """The file cannot be counted; the message says where and why."""


def tally_file(path: Path) -> dict[str, Any]:
    """Count every case of a file: `{"results": [{"id": …, "result": {fields of expected, or {"error": code}}}]}`.

    Raises BadFile when it is not there, not JSON, or not in the format. A ballot that does not fit makes no bad file:
    it is counted as invalid.
    """
    try:
        document = json.loads(path.read_bytes(), object_pairs_hook=_no_key_twice)
    except OSError as error:
        raise BadFile(f"{path}: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise BadFile(f"{path}: not JSON: {error}") from error
    try:
        return tally_document(document)
    except BadFile as error:
        raise BadFile(f"{path}: {error}") from error


def tally_document(document: Any) -> dict[str, Any]:
    """As `tally_file`, of JSON that was read already."""
    _expect(isinstance(document, dict) and isinstance(document.get("cases"), list), 'no list "cases"')
    results = []
    for number, case in enumerate(document["cases"], start=1):
        _expect(isinstance(case, dict) and isinstance(case.get("id"), str), f'case number {number}: no text "id"')
        try:
            results.append({"id": case["id"], "result": _tally_case(case)})
        except BadFile as error:
            raise BadFile(f"case {case['id']}: {error}") from error
    return {"results": results}


def _tally_case(case: dict[str, Any]) -> dict[str, Any]:
    paper = _paper(case)
    options = _options(case.get("options", {}), paper)
    chair = case.get("chair")
    _expect(chair is None or isinstance(chair, str), "chair: not an id")
    try:
        return tally(paper, _ballots(case, paper), options, chair).to_json()
    except CountRefused as refusal:
        return {"error": refusal.code}


def _paper(case: dict[str, Any]) -> Paper:
    method: Any = case.get("method")
    candidates: Any = case.get("candidates")
    options: Any = case.get("options", {})
    _expect(method in METHODS, f"method: {method!r} is none of {', '.join(METHODS)}")
    _expect(_is_ids(candidates), "candidates: not a list of different ids")
    _expect(isinstance(options, dict), "options: not an object")
    if method != "score":
        return Paper(method, tuple(candidates))
    criteria: Any = options.get("criteria")
    max_score: Any = options.get("max_score")
    _expect(isinstance(criteria, list) and criteria, "options.criteria: not a list of criteria")
    _expect(all(isinstance(criterion, dict) for criterion in criteria), "options.criteria: not a list of criteria")
    _expect(_is_ids([criterion.get("id") for criterion in criteria]), "options.criteria: ids missing or not different")
    weights = [criterion.get("weight", 1) for criterion in criteria]
    _expect(all(map(_is_number, weights)), "options.criteria: a weight is not a whole number from 0")
    _expect(_is_number(max_score), "options.max_score: not a whole number from 0")
    pairs = zip(criteria, weights, strict=True)
    return Paper(method, tuple(candidates), tuple(Criterion(c["id"], weight) for c, weight in pairs), max_score)


def _options(options: dict[str, Any], paper: Paper) -> Options:
    # An unknown option could be a misspelt quorum: better no count than a wrong one.
    _expect(options.keys() <= OPTIONS, f"options: unknown: {', '.join(sorted(options.keys() - OPTIONS))}")
    quorum, majority, withdrawn = options.get("quorum", 0), options.get("majority", False), options.get("withdrawn", [])
    _expect(_is_number(quorum), "options.quorum: not a whole number from 0")
    _expect(isinstance(majority, bool), "options.majority: not true or false")
    _expect(_is_ids(withdrawn) and set(withdrawn) <= set(paper.candidates), "options.withdrawn: not candidates")
    return Options(quorum, majority, frozenset(withdrawn))


def _ballots(case: dict[str, Any], paper: Paper) -> Counter[Ballot]:
    ballots: Any = case.get("ballots")
    _expect(isinstance(ballots, list), "ballots: not a list")
    cast: Counter[Ballot] = Counter()
    for number, ballot in enumerate(ballots, start=1):
        _expect(isinstance(ballot, dict), f"ballot number {number}: not an object")
        content = dict(ballot)
        times = content.pop("count", 1)
        _expect(_is_number(times), f"ballot number {number}: count is not a whole number from 0")
        cast[read_ballot(paper, content)] += times
    return cast


def _is_number(value: object) -> bool:
    return type(value) is int and value >= 0


def _is_ids(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(i, str) and i for i in value) and len(set(value)) == len(value)


def _expect(condition: object, otherwise: str) -> None:
    if not condition:
        raise BadFile(otherwise)


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose keys differ: with two of one name, two programs could count two different votes."""
    keys = dict(pairs)
    if len(keys) < len(pairs):
        raise ValueError("an object has one key twice")
    return keys
