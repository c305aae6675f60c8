"""What is due after a vote: what was deleted is overwritten, and what was kept is destroyed in time."""

from datetime import timedelta
from pathlib import Path

import pytest

from awards.audit.tables import Audit
from awards.ballots import keys, polls
from awards.ballots.ballot import Ballot
from awards.ballots.slots import slot_tag
from awards.ballots.tables import Box, Mixed, Poll, Slot, TookPart
from awards.counting import deciding, due
from awards.counting.closing import result_of
from awards.counting.tables import Count
from awards.db import Database
from awards.db.errors import DatabaseBusy
from awards.settings import Settings
from tests.builders import FakeClock
from tests.votes import CLOSES, Vote, a_vote

KEPT = timedelta(days=28)


@pytest.fixture
async def vote(db: Database, clock: FakeClock, tmp_path: Path) -> Vote:
    made = await a_vote(clock, tmp_path / "keys")
    await made.everybody_answers()
    await made.open()
    return made


async def in_the_files(db: Database, *wanted: bytes) -> set[bytes]:
    """Which of these stand in the files of the database, as far as slots are stored there."""
    if db.is_sqlite:
        stored = b"".join(path.read_bytes() for path in db.settings.data_dir.iterdir())
    else:
        await db.engine.run_ddl("CHECKPOINT")
        [row] = await db.engine.run_ddl("SELECT pg_read_binary_file(pg_relation_filepath('slot')) AS data")
        stored = row["data"]
    return {each for each in wanted if each in stored}


def tag_of(vote: Vote) -> bytes:
    assert vote.poll.salt is not None
    return slot_tag(keys.slot_key(vote.key_dir), bytes(vote.poll.salt), vote.cast.member.id).encode()


async def scrub(vote: Vote) -> None:
    await due.scrub_closed_polls(clock=vote.clock, settings=Settings(key_dir=vote.key_dir))


async def destroy(vote: Vote) -> None:
    await due.destroy_old_ballots(clock=vote.clock, settings=Settings(key_dir=vote.key_dir))


async def approved(vote: Vote) -> Vote:
    for person in vote.members[:4]:
        await vote.vote(person, "ada")
    await vote.close()
    for capacity, person in (("chair", vote.cast.chair), ("secretary", vote.cast.secretary)):
        await deciding.approve(vote.poll.id, capacity, by=vote.actor(person), clock=vote.clock)
    return vote


async def test_after_the_close_no_file_tells_whose_an_envelope_was(db: Database, vote: Vote) -> None:
    await vote.vote(vote.cast.member, "ada")
    tag = tag_of(vote)
    assert await in_the_files(db, tag)
    await vote.close()
    await scrub(vote)
    assert not await in_the_files(db, tag)
    assert (await vote.reload()).scrubbed_at == CLOSES


async def test_an_ended_vote_leaves_neither_envelope_nor_tag_in_the_files(db: Database, vote: Vote) -> None:
    envelope = vote.sealed(Ballot("blank"))
    await vote.hand_in(vote.cast.member, envelope)
    secret = (tag_of(vote), envelope.outer[100:200])
    assert await in_the_files(db, *secret)
    secretary = vote.actor(vote.cast.secretary)
    await polls.void_poll(vote.poll.id, reason="En kandidat trak sig.", by=secretary, clock=vote.clock)
    await scrub(vote)
    assert not await in_the_files(db, *secret)


async def test_an_open_vote_is_not_scrubbed(vote: Vote, monkeypatch: pytest.MonkeyPatch) -> None:
    async def refuse(_table: object) -> None:
        pytest.fail("nothing is due")

    monkeypatch.setattr(due, "scrub", refuse)
    await scrub(vote)
    assert (await vote.reload()).scrubbed_at is None


async def test_a_scrub_that_finds_the_database_busy_is_tried_again(vote: Vote, monkeypatch: pytest.MonkeyPatch) -> None:
    await vote.close()

    async def busy(_table: object) -> None:
        raise DatabaseBusy("somebody reads")

    with monkeypatch.context() as patched:
        patched.setattr(due, "scrub", busy)
        with pytest.raises(DatabaseBusy):
            await scrub(vote)
    assert (await vote.reload()).scrubbed_at is None
    await scrub(vote)
    assert (await vote.reload()).scrubbed_at == vote.clock.now()


async def test_ballots_are_kept_for_28_days_and_then_destroyed_with_their_keys(vote: Vote) -> None:
    await approved(vote)
    vote.clock.set(CLOSES + KEPT - timedelta(seconds=1))
    await destroy(vote)
    assert (await vote.reload()).state == "approved"
    keys.load_lock(vote.key_dir, vote.poll.id, "A")

    vote.clock.set(CLOSES + KEPT)
    await destroy(vote)
    assert (await vote.reload()).state == "destroyed"
    for lock in keys.LOCKS:
        with pytest.raises(keys.KeyMissing):
            keys.load_lock(vote.key_dir, vote.poll.id, lock)
    assert {bytes(row["ct"]) for row in await Box.select(Box.ct)} == {b""}
    assert {bytes(row["ct"]) for row in await Mixed.select(Mixed.ct)} == {b""}
    assert await Count.select(Count.ballots).output(as_list=True) == [""]


async def test_codes_totals_turnout_and_the_log_outlive_the_ballots(vote: Vote) -> None:
    await approved(vote)
    result, log = await result_of(vote.poll.id), await Audit.count()
    vote.clock.set(CLOSES + KEPT)
    await destroy(vote)
    assert await result_of(vote.poll.id) == result
    assert await Box.count() == await Mixed.count() == await TookPart.count() == 4
    assert await Audit.count() == log + 1
    assert [winner.name for winner in await deciding.winners_of(vote.prize.id)] == ["ada"]


async def test_destroying_twice_is_destroying_once(vote: Vote) -> None:
    await approved(vote)
    vote.clock.set(CLOSES + KEPT)
    await destroy(vote)
    log = await Audit.count()
    await destroy(vote)
    assert await Audit.count() == log


async def test_a_result_that_waits_for_approval_keeps_its_ballots_however_long(vote: Vote) -> None:
    for person in vote.members[:4]:
        await vote.vote(person, "ada")
    await vote.close()
    vote.clock.set(CLOSES + 10 * KEPT)
    await destroy(vote)
    assert (await vote.reload()).destroyed_at is None
    keys.load_lock(vote.key_dir, vote.poll.id, "B")


async def test_a_vote_without_a_result_loses_its_envelopes_too_and_stays_void(vote: Vote) -> None:
    await vote.vote(vote.cast.member, "ada")
    await vote.close()
    vote.clock.set(CLOSES + KEPT)
    await destroy(vote)
    poll = await vote.reload()
    assert (poll.state, poll.void_reason) == ("void", "no_quorum")
    assert poll.destroyed_at == vote.clock.now()
    assert await Box.select(Box.ct).output(as_list=True) == [b""]
    assert await Slot.count() == 0
    assert await Poll.count() == 1
