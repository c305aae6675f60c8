"""Count the ballots of a vote again, from the CSV that `awards ballots export` wrote.

    python docs/recount.py FILE.csv --method ranked [--majority] [--quorum N] [--withdrawn NAME]

It needs Python and the package, and neither server nor database. What it prints is what the council's result has to be.
The definitions stand in `awards/counting/rules.py` and in the first lines of `tests/counting/tally_cases.json`.
"""

import argparse
import csv
import sys
from collections import Counter
from pathlib import Path

from awards.ballots.ballot import BLANK, INVALID, METHODS, Ballot, Criterion, Paper
from awards.counting.result import Result
from awards.counting.rules import CountRefused, Options, tally


def read(path: Path, method: str) -> tuple[Paper, Counter[Ballot]]:
    """The ballot paper and how often each ballot was cast. Raises ValueError when the file is not such a CSV."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    if not rows or rows[0][:2] != ["antal", "type"]:
        raise ValueError("the first line does not begin with antal;type")
    heads, cast = rows[0][2:], Counter[Ballot]()
    paper = _paper(heads, method)
    for times, state, *cells in rows[1:]:
        match state:
            case "blank":
                ballot = BLANK
            case "gyldig":
                ballot = _ballot(paper, heads, cells)
            case _:
                ballot = INVALID
        cast[ballot] += int(times)
    return paper, cast


def _paper(heads: list[str], method: str) -> Paper:
    if method != "score":
        return Paper(method, tuple(heads))  # type: ignore[arg-type]  # argparse offers METHODS alone
    columns = [_column(head) for head in heads]
    weights = {criterion: weight for _candidate, criterion, weight in columns}
    criteria = tuple(Criterion(criterion, weight) for criterion, weight in weights.items())
    candidates = tuple(dict.fromkeys(candidate for candidate, _criterion, _weight in columns))
    return Paper("score", candidates, criteria, max_score=5)


def _ballot(paper: Paper, heads: list[str], cells: list[str]) -> Ballot:
    if paper.method == "score":
        columns = [_column(head) for head in heads]
        given = [
            (candidate, criterion, int(cell)) for (candidate, criterion, _), cell in zip(columns, cells, strict=True)
        ]
        return Ballot("valid", points=tuple(given))
    places = [(int(cell), head) for head, cell in zip(heads, cells, strict=True) if cell]
    return Ballot("valid", tuple(head for _place, head in sorted(places, key=lambda one: one[0])))


def _column(head: str) -> tuple[str, str, int]:
    """Candidate, criterion and weight of a column of points."""
    candidate, _dot, rest = head.rpartition(" · ")
    criterion, _times, weight = rest.rpartition("×")
    return candidate, criterion, int(weight)


def told(result: Result) -> str:
    """The result in a line."""
    if result.winners:
        return f"Winner: {', '.join(result.winners)}"
    if result.tied:
        return f"Tie: {', '.join(result.tied)}"
    return f"No winner: {result.status}"


def main() -> None:
    parser = argparse.ArgumentParser(description="Count the ballots of a vote again.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--method", choices=METHODS, required=True)
    parser.add_argument("--majority", action="store_true", help="a single choice needs more than half of the votes")
    parser.add_argument("--quorum", type=int, default=0, help="the least number of ballots")
    parser.add_argument("--withdrawn", action="append", default=[], help="a candidate who no longer stands")
    asked = parser.parse_args()
    try:
        paper, cast = read(asked.file, asked.method)
        result = tally(paper, cast, Options(asked.quorum, asked.majority, frozenset(asked.withdrawn)))
    except (OSError, ValueError, CountRefused) as error:
        sys.exit(f"{asked.file}: {error}")
    counts = result.counts
    print(f"Ballots: {counts.ballots} ({counts.valid} valid, {counts.blank} blank, {counts.invalid} invalid)")
    if result.scores is not None:
        for candidate, score in sorted(result.scores.items(), key=lambda item: (-item[1], item[0])):
            print(f"  {candidate}: {score}")
    print(told(result))


if __name__ == "__main__":
    main()
