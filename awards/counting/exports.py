"""The ballots of a counted vote as files, for whoever counts again: CSV for a spreadsheet, SOI for PrefLib's programs.

Equal ballots are one line with their number, the lines sorted by their own content: their order carries nothing.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from awards.ballots.ballot import Ballot, Paper
from awards.spreadsheets import harmless

TYPES = {"valid": "gyldig", "blank": "blank", "invalid": "ugyldig"}


@dataclass(frozen=True, slots=True)
class Export:
    """A counted vote. names: of the candidates by their id; ballots_hash: hex sha256, as it stands in the chain."""

    title: str
    closed_on: date
    paper: Paper
    names: dict[str, str]
    ballots: tuple[Ballot, ...]
    ballots_hash: str


def to_csv(export: Export) -> bytes:
    """UTF-8 with byte order mark and semicolons, as Danish spreadsheets read it: `antal;type;` and the candidates.

    A candidate's cell holds the place on a ranked ballot, 1 for a choice or an approval. Points have a column for each
    candidate and criterion, headed `Name · k1×2` (the criterion and its weight). Names that a spreadsheet would take
    for a formula get an apostrophe, equal names a number.
    """
    paper, names = export.paper, _heads(export)
    columns = [(candidate, criterion.id) for candidate in paper.candidates for criterion in paper.criteria]
    if paper.method == "score":
        heads = [f"{names[c]} · {k.id}×{k.weight}" for c in paper.candidates for k in paper.criteria]
    else:
        heads = [names[candidate] for candidate in paper.candidates]
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(["antal", "type", *heads])
    for ballot, times in _counted(export.ballots):
        given = {(candidate, criterion): points for candidate, criterion, points in ballot.points}
        places = {candidate: place for place, candidate in enumerate(ballot.ids, start=1)}
        if paper.method == "score":
            cells = [str(given.get(column, "")) for column in columns]
        elif paper.method == "ranked":
            cells = [str(places.get(candidate, "")) for candidate in paper.candidates]
        else:
            cells = ["1" if candidate in places else "" for candidate in paper.candidates]
        writer.writerow([times, TYPES[ballot.state], *cells])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def to_soi(export: Export) -> bytes:
    """PrefLib's format for strict orders, incomplete (https://www.preflib.org/format).

    Blank and invalid ballots hold no order: their numbers stand in the description. Raises ValueError unless the vote
    was ranked.
    """
    if export.paper.method != "ranked":
        raise ValueError("only ranked ballots are orders")
    numbers = {candidate: n for n, candidate in enumerate(export.paper.candidates, start=1)}
    orders = [(ballot, times) for ballot, times in _counted(export.ballots) if ballot.state == "valid"]
    states = Counter(ballot.state for ballot in export.ballots)
    about = f"{states['blank']} blank, {states['invalid']} invalid, sha256 of the ballots {export.ballots_hash}"
    lines = [
        f"# TITLE: {_line(export.title)}",
        f"# DESCRIPTION: {about}",
        "# DATA TYPE: soi",
        "# MODIFICATION TYPE: original",
        f"# PUBLICATION DATE: {export.closed_on.isoformat()}",
        f"# NUMBER ALTERNATIVES: {len(numbers)}",
        f"# NUMBER VOTERS: {states['valid']}",
        f"# NUMBER UNIQUE ORDERS: {len(orders)}",
        *(f"# ALTERNATIVE NAME {n}: {_line(export.names[candidate])}" for candidate, n in numbers.items()),
        *(f"{times}: {','.join(str(numbers[candidate]) for candidate in ballot.ids)}" for ballot, times in orders),
    ]
    return "".join(f"{line}\n" for line in lines).encode()


def _counted(ballots: Iterable[Ballot]) -> list[tuple[Ballot, int]]:
    counted = Counter(ballots)
    return sorted(counted.items(), key=lambda item: (-item[1], item[0].state, item[0].ids, item[0].points))


def _heads(export: Export) -> dict[str, str]:
    heads: dict[str, str] = {}
    for candidate in export.paper.candidates:
        name = harmless(export.names[candidate])
        again = sum(head == name or head.startswith(f"{name} (") for head in heads.values())
        heads[candidate] = f"{name} ({again + 1})" if again else name
    return heads


def _line(text: str) -> str:
    return " ".join(text.split())
