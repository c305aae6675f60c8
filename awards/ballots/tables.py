"""Polls, recusals and the sealed ballots. No time, address or serial number stands beside a ballot."""

from uuid import uuid4

from piccolo.columns import JSON, UUID, Bytea, ForeignKey, Integer, OnDelete, Text, Timestamptz, Varchar
from piccolo.table import Table

from awards.accounts.tables import Person
from awards.db.constraints import index, unique
from awards.rounds.tables import Prize
from awards.screening.tables import Candidate


class Poll(Table):
    """One vote that decides one prize.

    state: draft, armed, open, closed, counted, tie, decided, approved, destroyed or void (`void_reason`).
    kind: remote or meeting. present: JSON list of the persons at the meeting.
    manifest: canonical JSON of the opening facts; its hash binds every envelope.
    salt: secret of the slots, deleted at close. scrubbed_at: when freed pages were overwritten after close.
    destroyed_at: when envelopes, ballots and keys went. finalists: JSON list of the candidates of a second round, once
    a count found that it needs one.
    """

    id = UUID(primary_key=True, default=uuid4)
    prize = ForeignKey(Prize, null=False, on_delete=OnDelete.restrict, default=None)
    parent: ForeignKey["Poll"] = ForeignKey("self", null=True, on_delete=OnDelete.restrict, default=None)
    state = Varchar(20, null=False, default="draft")
    kind = Varchar(10, null=False, default="remote")
    present = JSON(null=False, default="[]")
    method = Varchar(20, null=False, default="")
    options = JSON(null=False, default="{}")
    opens_at = Timestamptz(null=True, default=None)
    closes_at = Timestamptz(null=True, default=None)
    salt = Bytea(null=True, default=None)
    manifest = Text(null=False, default="")
    manifest_hash = Varchar(64, null=False, default="")
    disclosure = Varchar(20, null=False, default="winner")
    void_reason = Text(null=False, default="")
    scrubbed_at = Timestamptz(null=True, default=None)
    destroyed_at = Timestamptz(null=True, default=None)
    finalists = JSON(null=False, default="[]")
    created_at = Timestamptz(null=False)


class ClosingChange(Table):
    """The secretary asks for a later closing time of an open poll; it holds once the acting chair agrees."""

    id = UUID(primary_key=True, default=uuid4)
    poll = ForeignKey(Poll, null=False, on_delete=OnDelete.restrict, default=None)
    closes_at = Timestamptz(null=False)
    asked_by = ForeignKey(Person, null=False, on_delete=OnDelete.restrict, default=None)
    asked_at = Timestamptz(null=False)
    agreed_by = ForeignKey(Person, null=True, on_delete=OnDelete.restrict, default=None)
    agreed_at = Timestamptz(null=True, default=None)


class Recusal(Table):
    """A member's answer about one candidate: none, recused or doubt.

    decision: the council's, of a doubt: recused or habile, with its own reason.
    """

    id = UUID(primary_key=True, default=uuid4)
    prize = ForeignKey(Prize, null=False, on_delete=OnDelete.restrict, default=None)
    member = ForeignKey(Person, null=False, on_delete=OnDelete.restrict, default=None)
    candidate = ForeignKey(Candidate, null=False, on_delete=OnDelete.restrict, default=None)
    answer = Varchar(10, null=False, default="")
    decision = Varchar(10, null=False, default="")
    decision_reason = Text(null=False, default="")
    reason = Text(null=False, default="")
    answered_at = Timestamptz(null=False)
    decided_at = Timestamptz(null=True, default=None)


class Elector(Table):
    """The roll: this member may vote in this poll."""

    id = UUID(primary_key=True, default=uuid4)
    poll = ForeignKey(Poll, null=False, on_delete=OnDelete.restrict, default=None)
    member = ForeignKey(Person, null=False, on_delete=OnDelete.restrict, default=None)


class Slot(Table):
    """Holds one elector's sealed ballot while the poll is open. `tag` is an HMAC that only the slot key can make."""

    tag = Varchar(64, primary_key=True, null=False, default="")
    poll = ForeignKey(Poll, null=False, on_delete=OnDelete.restrict, default=None)
    seq = Integer(null=False, default=0)
    ct = Bytea(null=True, default=None)
    t1 = Varchar(24, null=True, default=None, unique=True)


class Box(Table):
    """The ballot box after close: outer envelopes by their code."""

    t1 = Varchar(24, primary_key=True, null=False, default="")
    poll = ForeignKey(Poll, null=False, on_delete=OnDelete.restrict, default=None)
    ct = Bytea(null=False, default=b"")


class Mixed(Table):
    """Inner envelopes after lock A was opened, by their own code: the order no longer carries anything."""

    t2 = Varchar(24, primary_key=True, null=False, default="")
    poll = ForeignKey(Poll, null=False, on_delete=OnDelete.restrict, default=None)
    ct = Bytea(null=False, default=b"")


class TookPart(Table):
    """Who took part, written at close and never before."""

    id = UUID(primary_key=True, default=uuid4)
    poll = ForeignKey(Poll, null=False, on_delete=OnDelete.restrict, default=None)
    member = ForeignKey(Person, null=False, on_delete=OnDelete.restrict, default=None)


CONSTRAINTS = [
    unique(ClosingChange.poll, where="agreed_at IS NULL"),
    unique(Poll.prize, where="state IN ('draft', 'armed', 'open', 'closed', 'counted', 'tie')"),
    unique(Recusal.prize, Recusal.member, Recusal.candidate),
    unique(Elector.poll, Elector.member),
    index(Slot.poll),
    index(Box.poll),
    index(Mixed.poll),
    unique(TookPart.poll, TookPart.member),
]
