"""What somebody does who writes into the database past the program: who finds it out, and how.

The other lines of the threat table, and the numbered invariants, are proved where their rules live:

| line | test |
|---|---|
| outsider | accounts/test_members (no enumeration, nobody is locked out), test_access, ballots/test_dump |
| another member | ballots/test_races (no double vote, no copied envelope), test_quorum; old envelopes: here |
| secretariat user | ballots/test_polls_web (sees no vote), test_closing_time, administration/test_requests |
| database administrator, dump, backup | ballots/test_dump, test_due, audit/test_chain; what they alter: here |
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
from collections.abc import Awaitable, Callable
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from awards.administration.audit import verify_all
from awards.administration.doctor import examine_database
from awards.audit.chain import GENESIS, ChainBroken, link_hash
from awards.audit.tables import Audit
from awards.ballots import keys, sealing
from awards.ballots.ballot import Ballot, write_ballot
from awards.ballots.casting import manifest_of, own_slot
from awards.ballots.codes import code_of, root_of
from awards.ballots.manifest import lock_to_hex, manifest_hash
from awards.ballots.receipts import Receipt
from awards.ballots.sealing import OUTER_SIZE, Sealed, info_of, seal
from awards.ballots.tables import Box, Mixed, Slot, TookPart
from awards.counting import closing
from awards.counting.exporting import export_ballots
from awards.counting.exports import to_csv
from awards.counting.tables import Count
from awards.db import CheckFailed, Database, fetch, transaction
from awards.errors import RuleBroken
from awards.outbox.tables import Mail
from awards.settings import Settings
from awards.web.identity import Actor
from tests.builders import FakeClock
from tests.counting.test_exports import counted_by_the_script
from tests.votes import CLOSES, Vote, a_vote

VOTERS = ("chair", "vice_chair", "second_vice_chair", "member")


class Attacked(Vote):
    """An open vote whose electors have voted: the member for cem, the others for ada."""

    receipts: dict[str, Receipt]

    def envelope(self, name: str = "bo") -> Sealed:
        """What anybody can seal who reads the manifest."""
        short = {entry.name: entry.id for entry in manifest_of(self.poll).entries}
        return self.sealed(Ballot("valid", (short[name],)))

    async def lost(self) -> set[str]:
        """Whose newest receipt is not found in the ballot box."""
        box = set(await Box.select(Box.t1).output(as_list=True))
        return {who for who, receipt in self.receipts.items() if receipt.t1 not in box}

    async def told_they_took_part(self) -> set[str]:
        """Who learns by the mail at the close that a ballot of theirs is in the box."""
        mails = await Mail.objects().where(Mail.template == "counting/closed")
        told = {mail.recipient for mail in mails if json.loads(mail.context)["took_part"]}
        return {who for who in VOTERS if getattr(self.cast, who).email in told}

    async def winner(self) -> str:
        result = await closing.result_of(self.poll.id)
        return {entry.id: entry.name for entry in manifest_of(self.poll).entries}[result.winners[0]]


async def vote_of(clock: FakeClock, key_dir: Path, *voters: str) -> Attacked:
    made = await a_vote(clock, key_dir)
    made.__class__ = Attacked
    assert isinstance(made, Attacked)
    await made.everybody_answers()
    await made.open()
    made.receipts = {
        who: await made.vote(getattr(made.cast, who), "cem" if who == "member" else "ada") for who in voters
    }
    return made


@pytest.fixture
async def vote(db: Database, clock: FakeClock, tmp_path: Path) -> Attacked:
    return await vote_of(clock, tmp_path / "keys", *VOTERS)


@pytest.fixture
async def closed(vote: Attacked) -> Attacked:
    """Closed, with the box not yet opened: where the count waits for its keys, say."""
    vote.clock.set(CLOSES)
    assert await closing.close_poll(vote.poll.id, key_dir=vote.key_dir, clock=vote.clock)
    return vote


@pytest.fixture
async def counted(vote: Attacked) -> Attacked:
    await vote.close()
    assert await vote.winner() == "ada"
    return vote


async def faults(head: str | None = None) -> list[str]:
    """What `awards audit verify` tells."""
    return [fault.partition(": ")[2] for fault in (await verify_all(head)).faults]


# While the vote is open: the slots. The chain says nothing of them, and the receipts do.


async def put(receipt: Receipt, envelope: bytes, t1: str) -> None:
    await fetch("UPDATE slot SET ct = {}, t1 = {} WHERE t1 = {}", envelope, t1, receipt.t1)


async def alter(vote: Attacked) -> None:
    envelope = bytearray((await fetch("SELECT ct FROM slot WHERE t1 = {}", vote.receipts["member"].t1))[0]["ct"])
    envelope[500] ^= 1
    await put(vote.receipts["member"], bytes(envelope), vote.receipts["member"].t1)


async def alter_and_name_anew(vote: Attacked) -> None:
    await put(vote.receipts["member"], b"x" * OUTER_SIZE, code_of(b"x" * OUTER_SIZE))


async def replace(vote: Attacked) -> None:
    forged = vote.envelope()
    await put(vote.receipts["member"], forged.outer, forged.t1)


async def replace_under_the_old_code(vote: Attacked) -> None:
    await put(vote.receipts["member"], vote.envelope().outer, vote.receipts["member"].t1)


async def move_in_from_another_vote(vote: Attacked) -> None:
    locks = [keys.load_lock(vote.key_dir, vote.poll.id, lock).public_key() for lock in keys.LOCKS]
    foreign = seal(b'{"choice":"c2"}', locks[0], locks[1], "ab" * 32)
    await put(vote.receipts["member"], foreign.outer, foreign.t1)


async def drop(vote: Attacked) -> None:
    await fetch("DELETE FROM slot WHERE t1 = {}", vote.receipts["member"].t1)


async def erase(vote: Attacked) -> None:
    await fetch("UPDATE slot SET ct = NULL, t1 = NULL, seq = 0 WHERE t1 = {}", vote.receipts["member"].t1)


async def erase_the_envelope_alone(vote: Attacked) -> None:
    await fetch("UPDATE slot SET ct = NULL WHERE t1 = {}", vote.receipts["member"].t1)


Attack = Callable[[Attacked], Awaitable[None]]


@pytest.mark.parametrize(
    ("attack", "invalid", "took_part"),
    [
        (alter, 1, True),
        (alter_and_name_anew, 1, True),
        (replace, 0, True),
        (replace_under_the_old_code, 0, True),
        (move_in_from_another_vote, 1, True),
        (drop, 0, False),
        (erase, 0, False),
        (erase_the_envelope_alone, 0, False),
    ],
)
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


# After the close: the box. It is not opened unless it is what was recorded.


async def drop_from_the_box(vote: Attacked) -> None:
    await fetch("DELETE FROM box WHERE t1 = {}", vote.receipts["member"].t1)


async def empty_the_box(_vote: Attacked) -> None:
    await fetch("DELETE FROM box")


async def alter_in_the_box(vote: Attacked) -> None:
    await fetch("UPDATE box SET ct = {} WHERE t1 = {}", b"x" * OUTER_SIZE, vote.receipts["member"].t1)


async def replace_in_the_box(vote: Attacked) -> None:
    forged = vote.envelope()
    await fetch("UPDATE box SET t1 = {}, ct = {} WHERE t1 = {}", forged.t1, forged.outer, vote.receipts["member"].t1)


async def replace_in_the_box_under_the_old_code(vote: Attacked) -> None:
    await fetch("UPDATE box SET ct = {} WHERE t1 = {}", vote.envelope().outer, vote.receipts["member"].t1)


async def duplicate_in_the_box(vote: Attacked) -> None:
    [member] = await fetch("SELECT ct FROM box WHERE t1 = {}", vote.receipts["member"].t1)
    await Box(t1="A" * 24, poll=vote.poll.id, ct=member["ct"]).save()


async def duplicate_over_another(vote: Attacked) -> None:
    [member] = await fetch("SELECT ct FROM box WHERE t1 = {}", vote.receipts["member"].t1)
    await fetch("UPDATE box SET ct = {} WHERE t1 = {}", member["ct"], vote.receipts["chair"].t1)


async def swap_in_the_box(vote: Attacked) -> None:
    await duplicate_over_another(vote)
    await fetch("UPDATE box SET ct = {} WHERE t1 = {}", vote.envelope("ada").outer, vote.receipts["member"].t1)


async def stuff_the_box(vote: Attacked) -> None:
    forged = vote.envelope()
    await Box(t1=forged.t1, poll=vote.poll.id, ct=forged.outer).save()


async def stuff_the_box_and_write_who_it_was(vote: Attacked) -> None:
    await stuff_the_box(vote)
    await TookPart(id=uuid4(), poll=vote.poll.id, member=vote.cast.recused_member.id).save()


async def strike_out_who_took_part(vote: Attacked) -> None:
    await fetch("DELETE FROM took_part WHERE member = {}", vote.cast.member.id)


IN_THE_BOX = [
    drop_from_the_box,
    empty_the_box,
    alter_in_the_box,
    replace_in_the_box,
    replace_in_the_box_under_the_old_code,
    duplicate_in_the_box,
    duplicate_over_another,
    swap_in_the_box,
    stuff_the_box,
    stuff_the_box_and_write_who_it_was,
    strike_out_who_took_part,
]


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


async def alter_an_inner_envelope(_vote: Attacked) -> None:
    await fetch("UPDATE mixed SET ct = {}", b"x")


async def drop_an_inner_envelope(_vote: Attacked) -> None:
    await fetch("DELETE FROM mixed WHERE t2 = (SELECT min(t2) FROM mixed)")


async def recast(vote: Attacked, change: Callable[[list[Any]], list[Any]]) -> None:
    """Write other ballots, with a hash that fits them."""
    count = await Count.objects().get(Count.poll == vote.poll.id)
    assert count is not None
    written = json.dumps(sorted(change(json.loads(count.ballots)), key=str), separators=(",", ":"))
    known = sha256(written.encode()).hexdigest()
    await fetch("UPDATE count SET ballots = {}, ballots_hash = {} WHERE poll = {}", written, known, vote.poll.id)


async def alter_an_opened_ballot(vote: Attacked) -> None:
    await recast(vote, lambda ballots: [*ballots[1:], {"ranking": ["c2"]}])


async def drop_an_opened_ballot(vote: Attacked) -> None:
    await recast(vote, lambda ballots: ballots[1:])


async def duplicate_an_opened_ballot(vote: Attacked) -> None:
    await recast(vote, lambda ballots: [*ballots, ballots[0]])


async def swap_the_opened_ballots(vote: Attacked) -> None:
    await recast(vote, lambda ballots: json.loads(json.dumps(ballots).translate(str.maketrans("13", "31"))))


async def write_another_hash(vote: Attacked) -> None:
    await fetch("UPDATE count SET ballots_hash = {}", "ab" * 32)


async def write_another_winner(vote: Attacked) -> None:
    count = await Count.objects().get(Count.poll == vote.poll.id)
    assert count is not None
    await fetch("UPDATE count SET result = {}", json.dumps(json.loads(count.result) | {"winners": ["c3"]}))


async def erase_the_count(_vote: Attacked) -> None:
    await fetch("DELETE FROM count")


@pytest.mark.parametrize(
    "attack",
    [
        alter_an_inner_envelope,
        drop_an_inner_envelope,
        alter_an_opened_ballot,
        drop_an_opened_ballot,
        duplicate_an_opened_ballot,
        swap_the_opened_ballots,
        write_another_hash,
        write_another_winner,
        erase_the_count,
    ],
)
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


# The log.


async def links() -> list[dict[str, Any]]:
    return await Audit.select().order_by(Audit.seq)


async def rewrite_the_log(db: Database, change: Callable[[dict[str, Any]], dict[str, Any]], *, rebuilt: bool) -> None:
    """Edit bodies, past the triggers; `rebuilt`: with hashes that fit again."""
    if db.is_sqlite:
        triggers = await fetch("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit'")
        for trigger in triggers:
            await db.engine.run_ddl(f'DROP TRIGGER "{trigger["name"]}"')
    async with transaction():
        if not db.is_sqlite:
            await fetch("SET LOCAL session_replication_role = replica")
        prev, kept = GENESIS, await links()
        await fetch("DELETE FROM audit")
        for link in kept:
            body = json.dumps(change(json.loads(link["body"])), sort_keys=True, separators=(",", ":"))
            hash = link_hash(prev, body) if rebuilt else link["hash"]
            await Audit(seq=link["seq"], body=body, prev=prev if rebuilt else link["prev"], hash=hash).save()
            prev = hash


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
