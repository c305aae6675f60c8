"""What somebody does to a vote who writes into the database past the program, step by step of its life."""

import json
from collections.abc import Awaitable, Callable
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

from awards.administration.audit import verify_all
from awards.audit.chain import GENESIS, link_hash
from awards.audit.tables import Audit
from awards.ballots import keys
from awards.ballots.ballot import Ballot
from awards.ballots.casting import manifest_of
from awards.ballots.codes import code_of
from awards.ballots.receipts import Receipt
from awards.ballots.sealing import OUTER_SIZE, Sealed, seal
from awards.ballots.tables import Box, TookPart
from awards.counting import closing
from awards.counting.tables import Count
from awards.db import Database, fetch, transaction
from awards.outbox.tables import Mail
from tests.builders import FakeClock
from tests.votes import Vote, a_vote

VOTERS = ("chair", "vice_chair", "second_vice_chair", "member")
Attack = Callable[["Attacked"], Awaitable[None]]


class Attacked(Vote):
    """An open vote whose electors have voted: the member for cem, the others for ada."""

    def __init__(self, vote: Vote) -> None:
        vars(self).update(vars(vote))
        self.receipts: dict[str, Receipt] = {}

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
    """Opened, and voted in by these of the cast."""
    made = Attacked(await a_vote(clock, key_dir))
    await made.everybody_answers()
    await made.open()
    for who in voters:
        made.receipts[who] = await made.vote(getattr(made.cast, who), "cem" if who == "member" else "ada")
    return made


# While the vote is open: the slots.


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


WHILE_OPEN = [
    # attack, invalid ballots, whether the member is told that they took part
    (alter, 1, True),
    (alter_and_name_anew, 1, True),
    (replace, 0, True),
    (replace_under_the_old_code, 0, True),
    (move_in_from_another_vote, 1, True),
    (drop, 0, False),
    (erase, 0, False),
    (erase_the_envelope_alone, 0, False),
]


# After the close: the box.


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


AFTER_THE_COUNT = [
    alter_an_inner_envelope,
    drop_an_inner_envelope,
    alter_an_opened_ballot,
    drop_an_opened_ballot,
    duplicate_an_opened_ballot,
    swap_the_opened_ballots,
    write_another_hash,
    write_another_winner,
    erase_the_count,
]


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


async def faults(head: str | None = None) -> list[str]:
    """What `awards audit verify` tells."""
    return [fault.partition(": ")[2] for fault in (await verify_all(head)).faults]
