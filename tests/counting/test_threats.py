"""What somebody does who writes into the database past the program: who finds it out, and how.

The other lines of the threat table, and the numbered invariants, are proved where their rules live:

| line | test |
|---|---|
| outsider | accounts/test_members (no enumeration, nobody is locked out), test_access, ballots/test_dump |
| another member | ballots/test_races (no double vote, no copied envelope), test_quorum; old envelopes: test_tampering |
| secretariat user | ballots/test_polls_web (sees no vote), test_closing_time, administration/test_requests |
| database administrator, dump, backup | ballots/test_dump, test_due, audit/test_chain |
| | what they alter: here, test_tampering, test_decision_records |
| live host altering code | web/test_static (pinned), administration/test_about (its fingerprint is published) |
| stolen phone | ballots/test_ballot_web (a fresh proof before the cast), accounts/test_passkeys (revocation) |
| phished member | accounts/test_passkeys (bound to the site), ballots/test_races (voted elsewhere; voting again) |
| bugs | test_exports (recounts), ballots/test_sealing, ballots/test_receipts |
| 1 a cast writes only slots | test_actions, ballots/test_ballot_web, ballots/test_dump |
| 2 who took part is written at close | test_actions, test_letters |
| 3 no time, address or serial number | here |
| 4 the last ballot counts | test_actions, ballots/test_races |
| 5 nothing is opened before close and quorum | test_quorum, test_races, test_life |
| 6 the deadline is judged under the lock | ballots/test_races |
| 7 order never breaks a tie | test_rules |
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from awards.administration.audit import verify_all
from awards.audit.chain import ChainBroken
from awards.ballots import keys
from awards.ballots.casting import own_slot
from awards.ballots.codes import root_of
from awards.ballots.manifest import lock_to_hex, manifest_hash
from awards.ballots.tables import Box, Slot
from awards.counting import closing
from awards.db import CheckFailed, Database, fetch, transaction
from awards.outbox.tables import Mail
from awards.settings import Settings
from tests.builders import FakeClock
from tests.counting.attacks import (
    WHILE_OPEN,
    Attack,
    Attacked,
    faults,
    links,
    put,
    replace_in_the_box,
    rewrite_the_log,
    vote_of,
)

# While the vote is open: the slots. The chain says nothing of them, and the receipts do.


@pytest.mark.parametrize(("attack", "invalid", "took_part"), WHILE_OPEN)
async def test_a_ballot_altered_replaced_or_dropped_in_its_slot_shows_in_the_voters_receipt(
    vote: Attacked, attack: Attack, invalid: int, took_part: bool
) -> None:
    """A lost one shows in the mail at the close too. The chain begins at the close, so it does not tell."""
    await attack(vote)
    await vote.close()
    assert await vote.lost() == {"member"}
    assert ("member" in await vote.told_they_took_part()) is took_part
    assert (await closing.result_of(vote.poll.id)).counts.invalid == invalid
    assert await faults() == []


async def test_an_older_ballot_put_back_shows_in_the_newest_receipt(vote: Attacked) -> None:
    [old] = await fetch("SELECT ct, t1 FROM slot WHERE t1 = {}", vote.receipts["member"].t1)
    vote.receipts["member"] = await vote.vote(vote.cast.member, "bo", expects=1)
    await put(vote.receipts["member"], old["ct"], old["t1"])
    await vote.close()
    assert await vote.lost() == {"member"}


async def test_an_envelope_copied_into_a_second_slot_is_in_the_box_once_and_is_not_counted(vote: Attacked) -> None:
    [member] = await fetch("SELECT ct FROM slot WHERE t1 = {}", vote.receipts["member"].t1)
    await put(vote.receipts["chair"], member["ct"], "A" * 24)
    assert (await vote.close()).state == "closed"
    assert await vote.lost() == {"chair"}
    assert await faults() == ["ballots recorded at close, ballots in the box and people who took part are not as many"]


async def test_a_slot_added_for_nobody_is_not_counted(vote: Attacked) -> None:
    """Whose a slot is, only the slot key can say: without it a ballot can be added, and nobody who took part."""
    forged = vote.envelope()
    await Slot(tag="f" * 64, poll=vote.poll.id, seq=1, ct=forged.outer, t1=forged.t1).save()
    assert (await vote.close()).state == "closed"
    assert await vote.lost() == set()
    assert await faults() == ["ballots recorded at close, ballots in the box and people who took part are not as many"]


async def test_slots_that_changed_places_change_nothing_but_what_their_owners_are_shown(vote: Attacked) -> None:
    slot_key = keys.slot_key(vote.key_dir)
    slots = {
        who: (await fetch("SELECT tag, ct, t1 FROM slot WHERE t1 = {}", vote.receipts[who].t1))[0]
        for who in ("chair", "member")
    }
    await fetch("UPDATE slot SET t1 = NULL WHERE tag = {}", slots["chair"]["tag"])
    for mine, other in (("member", "chair"), ("chair", "member")):
        moved = slots[other]
        await fetch("UPDATE slot SET ct = {}, t1 = {} WHERE tag = {}", moved["ct"], moved["t1"], slots[mine]["tag"])
    assert await own_slot(vote.poll, vote.cast.member.id, slot_key) == (1, vote.receipts["chair"].t1)
    await vote.close()
    assert await vote.lost() == set()
    assert await vote.winner() == "ada"
    assert await faults() == []


async def test_a_ballot_stuffed_for_an_absent_member_shows_in_that_members_mail_alone(
    db: Database, clock: FakeClock, tmp_path: Path
) -> None:
    """Not found out when the member ignores the mail: it is counted, and every number fits."""
    vote = await vote_of(clock, tmp_path / "keys", "chair", "vice_chair", "member")
    forged = vote.envelope()
    await fetch("UPDATE slot SET ct = {}, t1 = {}, seq = 1 WHERE t1 IS NULL", forged.outer, forged.t1)
    await vote.close()
    assert (await closing.result_of(vote.poll.id)).counts.valid == 4
    assert await vote.lost() == set()
    assert await faults() == []
    assert await vote.told_they_took_part() - set(vote.receipts) == {"second_vice_chair"}


async def test_locks_of_somebodys_own_in_the_manifest_keep_the_vote_from_being_counted(vote: Attacked) -> None:
    """Ballots would be sealed for whoever put them there. The fingerprint was mailed, and stands in every receipt."""
    own = lock_to_hex(keys.make_lock(vote.key_dir, uuid4(), "A"))
    facts = json.loads(vote.poll.manifest)
    forged = vote.poll.manifest.replace(facts["keys"]["A"], own)
    fingerprint = manifest_hash(forged.encode())
    await fetch("UPDATE poll SET manifest = {}, manifest_hash = {} WHERE id = {}", forged, fingerprint, vote.poll.id)
    assert "the rules of the vote are not those recorded when it opened" in await faults()
    assert fingerprint not in {receipt.manifest for receipt in vote.receipts.values()}
    assert (await vote.close()).state == "closed"


# The log.


async def mailed_head() -> str:
    mail = await Mail.objects().where(Mail.template == "counting/closed").first()
    assert mail is not None
    head: str = json.loads(mail.context)["head"]
    return head


def closed_with_another_box(codes: list[str]) -> Callable[[dict[str, Any]], dict[str, Any]]:
    return lambda body: body | {"root1": root_of(codes)} if body["what"] == "counting.closed" else body


async def test_the_database_refuses_to_change_or_drop_a_line_of_the_log(counted: Attacked) -> None:
    for statement in ("UPDATE audit SET body = '{}'", "DELETE FROM audit"):
        with pytest.raises(CheckFailed):
            await fetch(statement)


async def test_a_log_edited_past_the_triggers_is_broken(db: Database, counted: Attacked) -> None:
    await rewrite_the_log(db, closed_with_another_box([]), rebuilt=False)
    with pytest.raises(ChainBroken, match="was altered"):
        await verify_all(None)


async def test_a_replaced_ballot_with_a_rebuilt_log_shows_in_the_receipt_and_against_the_mailed_head(
    db: Database, closed: Attacked
) -> None:
    """The count and the chain by itself do not tell: this is why heads are mailed and receipts kept."""
    await replace_in_the_box(closed)
    box = await Box.select(Box.t1).output(as_list=True)
    await rewrite_the_log(db, closed_with_another_box(box), rebuilt=True)
    await closing.close_due_polls(clock=closed.clock, settings=Settings(key_dir=closed.key_dir))
    assert (await closed.reload()).state == "decided"
    assert await faults() == []
    assert await closed.lost() == {"member"}
    with pytest.raises(ChainBroken, match="cut off or rewritten"):
        await verify_all(await mailed_head())


async def test_a_log_that_only_grew_still_holds_the_mailed_head(counted: Attacked) -> None:
    assert await faults(await mailed_head()) == []


async def test_a_log_whose_end_was_cut_off_does_not_fit_the_records(db: Database, counted: Attacked) -> None:
    """Also when what is left still holds the mailed head."""
    head, kept = await mailed_head(), await links()
    await rewrite_the_log(db, lambda body: body, rebuilt=True)
    async with transaction():
        if not db.is_sqlite:
            await fetch("SET LOCAL session_replication_role = replica")
        await fetch("DELETE FROM audit WHERE seq > {}", next(link["seq"] for link in kept if link["hash"] == head))
    assert "there is a count, and no record of it" in await faults(head)


# What is stored beside a ballot.


async def test_no_time_address_or_serial_number_stands_on_a_ballot_table(vote: Attacked, db: Database) -> None:
    expected = {
        "slot": {"tag", "poll", "seq", "ct", "t1"},
        "box": {"t1", "poll", "ct"},
        "mixed": {"t2", "poll", "ct"},
        "elector": {"id", "poll", "member"},
        "took_part": {"id", "poll", "member"},
    }
    for table, columns in expected.items():
        asked = (
            f"SELECT name FROM pragma_table_info('{table}')"
            if db.is_sqlite
            else f"SELECT column_name AS name FROM information_schema.columns WHERE table_name = '{table}'"
        )
        assert {row["name"] for row in await fetch(asked)} == columns
