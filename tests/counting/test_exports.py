"""Recounts by others: every export says what was counted, and whoever counts it gets the same result."""

import csv
import importlib.util
import io
import json
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from awards.audit.tables import Audit
from awards.ballots.ballot import BLANK, INVALID, METHODS, Ballot, Criterion, Method, Paper
from awards.ballots.keys import KeyMissing, destroy_locks
from awards.cli import main
from awards.counting.exporting import export_ballots
from awards.counting.exports import Export, to_csv, to_soi
from awards.counting.rules import tally
from awards.db import Database
from awards.errors import RuleBroken
from awards.settings import Settings
from awards.web.identity import Actor
from tests.builders import FakeClock
from tests.votes import Vote, a_vote

ROOT = Path(__file__).parent.parent.parent
SCRIPT = ROOT / "docs" / "recount.py"
NAMES = {"c1": "Foreningen; Håb", "c2": "=SUM(A1)", "c3": "Ørsted & Søn", "c4": "Ørsted & Søn"}
# Profiles and their Schulze winners as pref_voting 1.18 gives them (beat_path, strength by winning votes, then fewer
# losing ones); pref_voting itself weighs 631 MB.
OTHERS = json.loads((Path(__file__).parent / "pref_voting.json").read_text())


def export_of(method: Method, ballots: list[Ballot], names: dict[str, str] = NAMES) -> Export:
    criteria = (Criterion("k1", 2), Criterion("k2")) if method == "score" else ()
    paper = Paper(method, tuple(names), criteria, 5 if criteria else 0)
    return Export("Frivillighedsprisen 2026", date(2026, 11, 15), paper, names, tuple(ballots), "ab" * 32)


def recount() -> Any:
    spec = importlib.util.spec_from_file_location("recount", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def counted_by_the_script(file: Path) -> list[str]:
    told = subprocess.run(
        [sys.executable, SCRIPT, file, "--method", "ranked", "--quorum", "3"],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
    )
    return told.stdout.splitlines()


def ballots_of(method: Method) -> st.SearchStrategy[list[Ballot]]:
    ids = list(NAMES)
    if method == "score":
        points = st.tuples(*[st.integers(0, 5)] * 8)
        pairs = [(candidate, criterion) for candidate in ids for criterion in ("k1", "k2")]
        valid = points.map(
            lambda given: Ballot("valid", points=tuple((*pair, n) for pair, n in zip(pairs, given, strict=True)))
        )
    else:
        most = 1 if method == "single" else 4
        chosen = st.lists(st.sampled_from(ids), min_size=1, max_size=most, unique=True)
        if method == "approval":
            chosen = chosen.map(sorted)
        valid = chosen.map(lambda given: Ballot("valid", tuple(given)))
    return st.lists(st.one_of(valid, st.just(BLANK), st.just(INVALID)), max_size=14)


@pytest.mark.parametrize("method", METHODS)
@given(data=st.data())
def test_the_stand_alone_script_counts_every_export_as_we_do(
    method: Method, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    export = export_of(method, data.draw(ballots_of(method)))
    file = tmp_path_factory.mktemp("export") / "ballots.csv"
    file.write_bytes(to_csv(export))
    paper, cast = recount().read(file, method)
    ours, theirs = tally(export.paper, export.ballots), tally(paper, cast)
    names = dict(zip(export.paper.candidates, paper.candidates, strict=True))
    assert (theirs.status, theirs.counts) == (ours.status, ours.counts)
    for mine, other in ((ours.winners, theirs.winners), (ours.tied, theirs.tied)):
        assert {names[id] for id in mine} == set(other)


def test_a_spreadsheet_reads_danish_letters_and_runs_no_formula() -> None:
    written = to_csv(export_of("ranked", [Ballot("valid", ("c3", "c1")), BLANK, INVALID]))
    assert written.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(written.decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == ["antal", "type", "Foreningen; Håb", "'=SUM(A1)", "Ørsted & Søn", "Ørsted & Søn (2)"]
    assert sorted(rows[1:]) == [
        ["1", "blank", "", "", "", ""],
        ["1", "gyldig", "2", "", "1", ""],
        ["1", "ugyldig", *[""] * 4],
    ]


def test_the_order_of_lines_says_nothing_of_the_order_of_ballots() -> None:
    ballots = [Ballot("valid", ("c1",)), Ballot("valid", ("c2", "c1")), Ballot("valid", ("c1",)), BLANK]
    for write in (to_csv, to_soi):
        assert write(export_of("ranked", ballots)) == write(export_of("ranked", ballots[::-1]))


def test_preflibs_own_reader_reads_the_orders(tmp_path: Path) -> None:
    from preflibtools.instances import OrdinalInstance

    file = tmp_path / "ballots.soi"
    ballots = [Ballot("valid", ("c3", "c1")), Ballot("valid", ("c3", "c1")), Ballot("valid", ("c2",)), BLANK]
    file.write_bytes(to_soi(export_of("ranked", ballots)))
    read = OrdinalInstance()
    read.parse_file(str(file))
    assert read.multiplicity == {((3,), (1,)): 2, ((2,),): 1}
    assert read.alternatives_name == dict(enumerate(NAMES.values(), start=1))
    assert (read.num_voters, read.data_type) == (3, "soi")
    assert "1 blank, 0 invalid, sha256 of the ballots abab" in read.description


def test_only_orders_are_written_as_orders() -> None:
    with pytest.raises(ValueError, match="ranked"):
        to_soi(export_of("approval", [Ballot("valid", ("c1",))]))


@pytest.mark.parametrize("profile", OTHERS, ids=range(len(OTHERS)))
def test_another_program_gets_the_same_top_set(profile: dict[str, Any]) -> None:
    paper = Paper("ranked", tuple(profile["candidates"]))
    cast = Counter({Ballot("valid", tuple(order)): times for order, times in profile["ballots"]})
    result = tally(paper, cast)
    assert list(result.winners or result.tied) == profile["top"]


@pytest.fixture
async def vote(db: Database, clock: FakeClock, settings: Settings) -> Vote:
    return await a_vote(clock, settings.key_dir)


async def a_counted_vote(vote: Vote) -> None:
    await vote.everybody_answers()
    await vote.open()
    await vote.vote(vote.cast.chair, "ada", "bo")
    await vote.vote(vote.cast.vice_chair, "ada")
    await vote.vote(vote.cast.member)
    await vote.close()


async def test_an_export_stands_in_the_chain_and_gives_the_same_winner(vote: Vote, tmp_path: Path) -> None:
    await a_counted_vote(vote)
    export = await export_ballots(vote.poll.id, key_dir=vote.key_dir, by=Actor(name="auditor"), clock=vote.clock)
    newest = await Audit.objects().order_by(Audit.seq, ascending=False).first()
    assert newest is not None
    assert json.loads(newest.body)["what"] == "counting.ballots_exported"
    file = tmp_path / "ballots.csv"
    file.write_bytes(to_csv(export))
    told = counted_by_the_script(file)
    assert told == ["Ballots: 3 (2 valid, 1 blank, 0 invalid)", "Winner: ada"]


async def test_nothing_is_handed_out_before_the_count_or_without_the_keys(vote: Vote) -> None:
    await vote.everybody_answers()
    poll = await vote.open()
    with pytest.raises(RuleBroken, match="not counted"):
        await export_ballots(poll.id, key_dir=vote.key_dir, by=Actor(name="auditor"), clock=vote.clock)
    destroy_locks(vote.key_dir, poll.id)
    with pytest.raises(KeyMissing):
        await export_ballots(poll.id, key_dir=vote.key_dir, by=Actor(name="auditor"), clock=vote.clock)


def test_the_command_names_a_vote_that_does_not_exist(tmp_path: Path) -> None:
    environment = {"AWARDS_DATA": str(tmp_path)}
    assert CliRunner().invoke(main, ["migrate"], env=environment).exit_code == 0
    poll = "00000000-0000-4000-8000-000000000000"
    refused = CliRunner().invoke(main, ["ballots", "export", poll], env=environment)
    assert refused.exit_code == 1
    assert "Error:" in refused.output
    assert CliRunner().invoke(main, ["ballots", "list"], env=environment).output == ""
