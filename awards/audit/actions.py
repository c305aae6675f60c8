"""Append to the chain, last in the transaction of the act it records."""

import json
from uuid import UUID

from awards.audit.chain import GENESIS, link_hash
from awards.audit.tables import Audit
from awards.db import fetch, insert, is_sqlite
from awards.web.identity import Actor

LOCK = 0x617564  # one number for every process: appends come one at a time


async def append(what: str, *, by: Actor, at: object, **facts: str | int | bool | UUID | None) -> str:
    """Record `what` (`room.verb`, past tense) in the chain; returns the new head.

    `facts` are ids, codes, counts and hashes: never a name or free text, so that a person can be erased.
    """
    if not is_sqlite():
        await fetch("SELECT pg_advisory_xact_lock({})", LOCK)
    newest = await fetch("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1")
    seq, prev = (newest[0]["seq"] + 1, newest[0]["hash"]) if newest else (1, GENESIS)
    record = {"what": what, "by": by.person_id or by.name, "at": at, **facts}
    body = json.dumps(record, default=str, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    head = link_hash(prev, body)
    await insert(Audit(seq=seq, body=body, prev=prev, hash=head))
    return head
