"""What somebody alters in the database once a vote has closed: the box, the ballots, the result, its approval."""

from pathlib import Path

import pytest

from awards.administration.doctor import examine_database
from awards.ballots import keys, sealing
from awards.ballots.ballot import Ballot, write_ballot
from awards.ballots.casting import manifest_of
from awards.ballots.codes import code_of
from awards.ballots.sealing import Sealed, info_of, seal
from awards.ballots.tables import Box, Mixed
from awards.counting import closing
from awards.counting.exporting import export_ballots
from awards.counting.exports import to_csv
from awards.counting.tables import Count
from awards.db import Database, fetch
from awards.errors import RuleBroken
from awards.settings import Settings
from awards.web.identity import Actor
from tests.builders import FakeClock
from tests.counting.attacks import (
    AFTER_THE_COUNT,
    IN_THE_BOX,
    Attack,
    Attacked,
    faults,
    put,
    vote_of,
    write_another_winner,
)
from tests.counting.test_exports import counted_by_the_script
from tests.votes import a_vote

# While the vote is open: the slots. The chain says nothing of them, and the receipts do.


# After the close: the box. It is not opened unless it is what was recorded.


@pytest.mark.parametrize("attack", IN_THE_BOX)
async def test_a_box_that_somebody_touched_is_not_opened(db: Database, closed: Attacked, attack: Attack) -> None:
    await attack(closed)
    assert await faults() != []
    with pytest.raises(closing.Altered):
        await closing.count_poll(closed.poll.id, key_dir=closed.key_dir, clock=closed.clock)
    await closing.close_due_polls(clock=closed.clock, settings=Settings(key_dir=closed.key_dir))
    assert (await closed.reload()).state == "closed"
    assert await Mixed.count() == await Count.count() == 0
    told = [finding.text for finding in await examine_database(db, Settings(key_dir=closed.key_dir))]
    assert any("Somebody altered the vote" in text for text in told)


@pytest.mark.parametrize("attack", IN_THE_BOX)
async def test_a_box_that_somebody_touches_after_the_count_is_found_by_the_audit(
    counted: Attacked, attack: Attack
) -> None:
    assert await faults() == []
    await attack(counted)
    assert await faults() != []


async def test_another_name_among_those_who_took_part_shows_only_in_the_mails(closed: Attacked) -> None:
    """The numbers still fit: only those who were told otherwise at the close can say so."""
    await fetch(
        "UPDATE took_part SET member = {} WHERE member = {}", closed.cast.recused_member.id, closed.cast.member.id
    )
    assert await faults() == []
    assert "member" in await closed.told_they_took_part()


async def test_one_inner_envelope_in_two_outer_ones_is_one_vote_and_an_invalid_one(
    db: Database, clock: FakeClock, tmp_path: Path
) -> None:
    """Two members who agree can wrap one ballot twice; it does not count twice."""
    vote = await vote_of(clock, tmp_path / "keys", "chair")
    lock_a, lock_b = (keys.load_lock(vote.key_dir, vote.poll.id, lock) for lock in keys.LOCKS)
    written = write_ballot(manifest_of(vote.poll).paper, Ballot("valid", ("c2",)))
    bound_to = vote.poll.manifest_hash
    inner = sealing.open_outer(
        seal(written, lock_a.public_key(), lock_b.public_key(), bound_to).outer, lock_a, bound_to
    )
    for person in (vote.cast.member, vote.cast.vice_chair):
        outer = sealing.SUITE.encrypt(inner, lock_a.public_key(), info_of("A", bound_to))
        await vote.hand_in(person, Sealed(outer, code_of(outer)))
    await vote.close()
    counts = (await closing.result_of(vote.poll.id)).counts
    assert (counts.valid, counts.invalid) == (2, 1)
    assert await faults() == []


async def test_an_envelope_of_an_earlier_vote_is_refused_and_keeps_no_box_from_closing(
    db: Database, clock: FakeClock, tmp_path: Path
) -> None:
    """Sent by a member, or put into a slot past the program."""
    earlier = await vote_of(clock, tmp_path / "keys", "chair")
    old = earlier.envelope()
    await earlier.hand_in(earlier.cast.member, old)
    await earlier.close()
    later = await a_vote(clock, tmp_path / "keys", slug="ungeraad")
    await later.everybody_answers()
    await later.open()
    with pytest.raises(RuleBroken, match="damaged"):
        await later.hand_in(later.cast.member, old)
    receipt = await later.vote(later.cast.member, "ada")
    await later.vote(later.cast.chair, "ada")
    await put(receipt, old.outer, old.t1)
    assert (await later.close()).state == "closed"
    assert await Box.count().where(Box.poll == later.poll.id) == 1
    assert await faults() == ["ballots recorded at close, ballots in the box and people who took part are not as many"]


# After the count: the opened ballots and the result.


@pytest.mark.parametrize("attack", AFTER_THE_COUNT)
async def test_ballots_and_results_that_somebody_touches_are_found_by_the_audit(
    counted: Attacked, attack: Attack
) -> None:
    await attack(counted)
    assert await faults() != []


async def test_another_winner_than_the_ballots_give_is_found_by_whoever_counts_them(
    counted: Attacked, tmp_path: Path
) -> None:
    await write_another_winner(counted)
    assert await counted.winner() == "cem"
    export = await export_ballots(
        counted.poll.id, key_dir=counted.key_dir, by=Actor(name="auditor"), clock=counted.clock
    )
    file = tmp_path / "ballots.csv"
    file.write_bytes(to_csv(export))
    assert counted_by_the_script(file)[-1] == "Winner: ada"
