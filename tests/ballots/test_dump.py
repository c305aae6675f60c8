"""What somebody finds who copies the whole database while a vote is open."""

import re
from pathlib import Path

import pytest

from awards.ballots.ballot import Ballot, write_ballot
from awards.ballots.casting import manifest_of
from awards.ballots.tables import Slot
from awards.db import Database
from tests.builders import FakeClock
from tests.snapshots import whole_database
from tests.votes import Vote, a_vote


@pytest.fixture
async def vote(db: Database, clock: FakeClock, tmp_path: Path) -> Vote:
    """Three of four have voted, each for somebody else; the member changed their mind once."""
    made = await a_vote(clock, tmp_path / "keys")
    await made.everybody_answers()
    await made.open()
    await made.vote(made.cast.member, "cem")
    await made.vote(made.cast.chair, "ada", "bo", "cem")
    await made.vote(made.cast.vice_chair, "bo")
    await made.vote(made.cast.member, "cem", "bo", expects=1)
    return made


async def test_no_choice_stands_in_it(db: Database, vote: Vote) -> None:
    dump = "\n".join(row for rows in (await whole_database()).values() for row in rows)
    assert not re.search(r'"(ranking|choice|approve|blank)\\*"\s*:', dump)
    paper = manifest_of(vote.poll).paper
    written = [write_ballot(paper, Ballot("valid", ids)) for ids in (("c1",), ("c2",), ("c3",), ("c3", "c2"))]
    if db.is_sqlite:
        files = b"".join(path.read_bytes() for path in db.settings.data_dir.iterdir())
        assert not any(each in files for each in written)
    for row in await Slot.select(Slot.ct).where(Slot.ct.is_not_null()):
        assert not any(each in bytes(row["ct"]) for each in written)
        assert not any(name.encode() in bytes(row["ct"]) for name in ("ada", "bo", "cem") if len(name) > 2)


async def test_nothing_in_it_leads_from_a_slot_to_a_member(vote: Vote) -> None:
    """A slot shares its poll with other rows and nothing else: no tag, code or envelope stands anywhere else."""
    dump = await whole_database()
    slots = await Slot.select()
    others = "\n".join(row for table, rows in dump.items() if table != "slot" for row in rows)
    for slot in slots:
        assert slot["tag"] not in others
        if slot["t1"]:
            assert slot["t1"] not in others
            assert bytes(slot["ct"]).hex() not in others
            assert str(bytes(slot["ct"])) not in others
    stored = "\n".join(dump["slot"])
    for person in vote.members:
        for known in (str(person.id), person.id.hex, person.email, person.name):
            assert known not in stored


async def test_it_holds_no_key(vote: Vote) -> None:
    dump = "\n".join(row for rows in (await whole_database()).values() for row in rows)
    for path in vote.key_dir.iterdir():
        content = path.read_bytes()
        body = b"".join(content.splitlines()[1:-1]) if content.startswith(b"-----") else content
        assert body
        for known in (body.decode("ascii", "ignore"), body.hex(), str(body)):
            assert len(known) < 16 or known not in dump


async def test_its_order_and_row_data_do_not_tell_who_cast_when(db: Database, vote: Vote) -> None:
    hidden_columns = "rowid AS place" if db.is_sqlite else "ctid::text AS place, xmin::text AS written"
    rows = await Slot.raw(f"SELECT tag, {hidden_columns} FROM slot")
    assert [row["tag"] for row in rows] == sorted(row["tag"] for row in rows)
    assert len({row.get("written") for row in rows}) == 1
    if db.is_sqlite:
        assert [row["place"] for row in sorted(rows, key=lambda row: row["tag"])] == [1, 2, 3, 4]


async def test_envelopes_of_short_and_long_ballots_are_alike(vote: Vote) -> None:
    assert len({len(bytes(row["ct"])) for row in await Slot.select(Slot.ct).where(Slot.ct.is_not_null())}) == 1
