"""Candidates (dossiers of one or more nominations), how nominations are gone through, and the shortlist."""

from uuid import uuid4

from piccolo.columns import UUID, Boolean, ForeignKey, OnDelete, Text, Timestamptz, Varchar
from piccolo.table import Table

from awards.accounts.tables import Person
from awards.db.constraints import index, unique
from awards.nominations.tables import Nomination
from awards.rounds.tables import Criterion, Prize


class Candidate(Table):
    """Somebody nominated for a prize, with one dossier of all nominations.

    state: proposed (accepted nominations), shortlisted, withdrawn.
    may_show_name, may_show_photo: the candidate's own answer; null while unanswered, which shows neither.
    """

    id = UUID(primary_key=True, default=uuid4)
    prize = ForeignKey(Prize, null=False, on_delete=OnDelete.restrict, default=None)
    name = Varchar(300, null=False, default="")
    kind = Varchar(20, null=False, default="")
    cvr = Varchar(8, null=False, default="")
    email = Varchar(254, null=False, default="")
    phone = Varchar(40, null=False, default="")
    state = Varchar(20, null=False, default="proposed")
    may_show_name = Boolean(null=True, default=None)
    may_show_photo = Boolean(null=True, default=None)
    informed_at = Timestamptz(null=True, default=None)
    answered_at = Timestamptz(null=True, default=None)


class Placement(Table):
    """A nomination lies in a candidate's dossier; each in at most one."""

    id = UUID(primary_key=True, default=uuid4)
    nomination = ForeignKey(Nomination, null=False, on_delete=OnDelete.cascade, default=None, unique=True)
    candidate = ForeignKey(Candidate, null=False, on_delete=OnDelete.cascade, default=None)


class Verdict(Table):
    """Screening of one nomination against one criterion: met, not_met or unsure, with a note."""

    id = UUID(primary_key=True, default=uuid4)
    nomination = ForeignKey(Nomination, null=False, on_delete=OnDelete.cascade, default=None)
    criterion = ForeignKey(Criterion, null=False, on_delete=OnDelete.cascade, default=None)
    verdict = Varchar(10, null=False, default="")
    note = Text(null=False, default="")
    by = ForeignKey(Person, null=True, on_delete=OnDelete.set_null, default=None)
    at = Timestamptz(null=False)


class Decision(Table):
    """A step in a nomination's screening: assessed, accepted, rejected, brought_back, reopened (by the nominator),
    moved, merged, parted.

    reason: what was written, or the verdicts that an assessment changed (`words.told_verdicts`).
    """

    id = UUID(primary_key=True, default=uuid4)
    nomination = ForeignKey(Nomination, null=False, on_delete=OnDelete.cascade, default=None)
    outcome = Varchar(20, null=False, default="")
    reason = Text(null=False, default="")
    by = ForeignKey(Person, null=True, on_delete=OnDelete.set_null, default=None)
    at = Timestamptz(null=False)


class Inquiry(Table):
    """A question to the nominator, to be answered before `answer_by`; the answer belongs to what the council reads.

    typed: what the nominator has written and not sent yet.   reminded_at: when they were reminded.
    """

    id = UUID(primary_key=True, default=uuid4)
    nomination = ForeignKey(Nomination, null=False, on_delete=OnDelete.cascade, default=None)
    question = Text(null=False, default="")
    asked_at = Timestamptz(null=False)
    by = ForeignKey(Person, null=True, on_delete=OnDelete.set_null, default=None)
    answer_by = Timestamptz(null=False)
    reminded_at = Timestamptz(null=True, default=None)
    typed = Text(null=False, default="")
    answer = Text(null=False, default="")
    answered_at = Timestamptz(null=True, default=None)


class StaffNote(Table):
    """What the secretariat notes about a nomination for itself; the council does not see it."""

    id = UUID(primary_key=True, default=uuid4)
    nomination = ForeignKey(Nomination, null=False, on_delete=OnDelete.cascade, default=None)
    text = Text(null=False, default="")
    by = ForeignKey(Person, null=True, on_delete=OnDelete.set_null, default=None)
    at = Timestamptz(null=False)


class Redaction(Table):
    """What the council reads in place of one part of a nomination; the nomination keeps its words for the secretariat.

    part: `story`, `relation`, `organisation`, `answer:` with a criterion's id, `inquiry:` with its id, `danish:` with
    one of these, or `file:` with the id of an attachment which the council does not get.
    original: the words it was made from, to see that they have been changed since.
    """

    id = UUID(primary_key=True, default=uuid4)
    nomination = ForeignKey(Nomination, null=False, on_delete=OnDelete.cascade, default=None)
    part = Varchar(60, null=False, default="")
    original = Text(null=False, default="")
    text = Text(null=False, default="")
    by = ForeignKey(Person, null=True, on_delete=OnDelete.set_null, default=None)
    at = Timestamptz(null=False)


class DanishText(Table):
    """What staff wrote in Danish for one part of a nomination in another language; parts as in `Redaction`.

    original: the words it was made from, to see that they have been changed since.
    """

    id = UUID(primary_key=True, default=uuid4)
    nomination = ForeignKey(Nomination, null=False, on_delete=OnDelete.cascade, default=None)
    part = Varchar(60, null=False, default="")
    original = Text(null=False, default="")
    text = Text(null=False, default="")
    by = ForeignKey(Person, null=True, on_delete=OnDelete.set_null, default=None)
    at = Timestamptz(null=False)


class Opinion(Table):
    """One of two assessors' verdict on a criterion, hidden from the other until both are in. Where they agree, and
    where they settle it, it becomes a `Verdict`."""

    id = UUID(primary_key=True, default=uuid4)
    nomination = ForeignKey(Nomination, null=False, on_delete=OnDelete.cascade, default=None)
    criterion = ForeignKey(Criterion, null=False, on_delete=OnDelete.cascade, default=None)
    person = ForeignKey(Person, null=False, on_delete=OnDelete.cascade, default=None)
    verdict = Varchar(10, null=False, default="")
    note = Text(null=False, default="")
    at = Timestamptz(null=False)


class Shortlist(Table):
    """The candidates of a prize were confirmed; from then on members answer the inhabilitet question."""

    id = UUID(primary_key=True, default=uuid4)
    prize = ForeignKey(Prize, null=False, on_delete=OnDelete.cascade, default=None, unique=True)
    confirmed_at = Timestamptz(null=False)
    by = ForeignKey(Person, null=True, on_delete=OnDelete.set_null, default=None)


CONSTRAINTS = [
    index(Candidate.prize),
    index(Placement.candidate),
    unique(Verdict.nomination, Verdict.criterion),
    index(Decision.nomination),
    index(Inquiry.nomination),
    index(StaffNote.nomination),
    unique(Redaction.nomination, Redaction.part),
    unique(DanishText.nomination, DanishText.part),
    unique(Opinion.nomination, Opinion.criterion, Opinion.person),
]
