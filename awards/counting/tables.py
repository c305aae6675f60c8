"""The count of a poll, the chair's decision of a tie, approvals, and decisions made at a meeting."""

from uuid import uuid4

from piccolo.columns import JSON, UUID, Date, ForeignKey, OnDelete, Text, Timestamptz, Varchar
from piccolo.table import Table

from awards.accounts.tables import Person
from awards.ballots.tables import Poll
from awards.db.constraints import index, unique
from awards.rounds.tables import Prize
from awards.screening.tables import Candidate


class Count(Table):
    """The opened ballots, sorted, and the result as `counting.rules` gives it."""

    id = UUID(primary_key=True, default=uuid4)
    poll = ForeignKey(Poll, null=False, on_delete=OnDelete.restrict, default=None, unique=True)
    ballots = Text(null=False, default="")
    ballots_hash = Varchar(64, null=False, default="")
    result = JSON(null=False, default="{}")


class ChairDecision(Table):
    """The acting chair's open decision of a tie, with its reason."""

    id = UUID(primary_key=True, default=uuid4)
    poll = ForeignKey(Poll, null=False, on_delete=OnDelete.restrict, default=None, unique=True)
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict, default=None)
    choice = UUID(null=False, default=uuid4)
    reason = Text(null=False, default="")
    at = Timestamptz(null=False)


class Approval(Table):
    """Chair or secretary (`capacity`) approves that the rules were kept, or says why not (`objection`)."""

    id = UUID(primary_key=True, default=uuid4)
    poll = ForeignKey(Poll, null=False, on_delete=OnDelete.restrict, default=None)
    capacity = Varchar(20, null=False, default="")
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict, default=None)
    objection = Text(null=False, default="")
    at = Timestamptz(null=False)


class MeetingDecision(Table):
    """The council decided at a meeting, without a poll. JSON lists hold ids of persons and candidates."""

    id = UUID(primary_key=True, default=uuid4)
    prize = ForeignKey(Prize, null=False, on_delete=OnDelete.restrict, default=None, unique=True)
    held_on = Date(null=False)
    present = JSON(null=False, default="[]")
    recused = JSON(null=False, default="[]")
    winners = JSON(null=False, default="[]")
    reason = Text(null=False, default="")
    registered_by = ForeignKey(Person, null=False, on_delete=OnDelete.restrict, default=None)
    registered_at = Timestamptz(null=False)
    approved_by = ForeignKey(Person, null=True, on_delete=OnDelete.restrict, default=None)
    approved_at = Timestamptz(null=True, default=None)


class Withdrawal(Table):
    """A candidate took themselves out after the candidates were confirmed. poll: the newest one at that time."""

    id = UUID(primary_key=True, default=uuid4)
    candidate = ForeignKey(Candidate, null=False, on_delete=OnDelete.restrict, default=None, unique=True)
    poll = ForeignKey(Poll, null=True, on_delete=OnDelete.restrict, default=None)
    reason = Text(null=False, default="")
    at = Timestamptz(null=False)
    by = ForeignKey(Person, null=True, on_delete=OnDelete.set_null, default=None)


CONSTRAINTS = [
    index(Withdrawal.poll),
    unique(Approval.poll, Approval.capacity, where="objection = ''"),
]
