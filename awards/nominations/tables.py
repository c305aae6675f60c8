"""Drafts and nominations with their answers, attachments and history."""

from uuid import uuid4

from piccolo.columns import JSON, UUID, Bytea, ForeignKey, Integer, OnDelete, Text, Timestamptz, Varchar
from piccolo.table import Table

from awards.accounts.tables import Person, Session
from awards.db.constraints import index, unique
from awards.rounds.tables import Criterion, Prize


class Draft(Table):
    """What somebody has typed so far, as typed. Its id is the submit key: the nomination takes the same id.

    answers: JSON of field names and texts; emptied once the nomination is received.
    """

    id = UUID(primary_key=True, default=uuid4)
    prize = ForeignKey(Prize, null=False, on_delete=OnDelete.cascade, default=None)
    answers = JSON(null=False, default="{}")
    language = Varchar(5, null=False, default="da")
    created_at = Timestamptz(null=False)
    updated_at = Timestamptz(null=False)


class DraftHolder(Table):
    """A session that may open a draft."""

    id = UUID(primary_key=True, default=uuid4)
    draft = ForeignKey(Draft, null=False, on_delete=OnDelete.cascade, default=None)
    session = ForeignKey(Session, null=False, on_delete=OnDelete.cascade, default=None)


class Nomination(Table):
    """A nomination received.

    reference: what people read on the phone, such as `2026-K7QF`.
    state: received, accepted, rejected, withdrawn.
    source: web, paper or phone; `entered_by` when staff typed it in.
    kind: nominee kind; tie: lives, works, effort, address, none or empty; aware (does the nominee know): yes, no or
    empty.
    language: of the pages, in which the nominator is written to; written_in: of their text (`nominations.languages`),
    empty when nobody has told.
    search: names, reference and all that was written, folded (`awards.finding`).
    confirmed_at: the nominator confirmed the e-mail address; a nomination received in time counts without it.
    reminded_at: when the nominator was reminded to confirm.
    """

    id = UUID(primary_key=True, default=uuid4)
    reference = Varchar(20, null=False, default="", unique=True)
    prize = ForeignKey(Prize, null=False, on_delete=OnDelete.restrict, default=None)
    state = Varchar(20, null=False, default="received")
    source = Varchar(10, null=False, default="web")
    entered_by = ForeignKey(Person, null=True, on_delete=OnDelete.set_null, default=None)
    language = Varchar(5, null=False, default="da")
    written_in = Varchar(5, null=False, default="")
    kind = Varchar(20, null=False, default="")
    nominee = Varchar(300, null=False, default="")
    cvr = Varchar(8, null=False, default="")
    nominee_email = Varchar(254, null=False, default="")
    nominee_phone = Varchar(40, null=False, default="")
    tie = Varchar(20, null=False, default="")
    aware = Varchar(5, null=False, default="")
    story = Text(null=False, default="")
    nominator = Varchar(200, null=False, default="")
    email = Varchar(254, null=False, default="")
    phone = Varchar(40, null=False, default="")
    organisation = Varchar(200, null=False, default="")
    relation = Varchar(300, null=False, default="")
    search = Text(null=False, default="")
    received_at = Timestamptz(null=False)
    confirmed_at = Timestamptz(null=True, default=None)
    reminded_at = Timestamptz(null=True, default=None)
    withdrawn_at = Timestamptz(null=True, default=None)


class Answer(Table):
    """What the nominator wrote to one criterion's question."""

    id = UUID(primary_key=True, default=uuid4)
    nomination = ForeignKey(Nomination, null=False, on_delete=OnDelete.cascade, default=None)
    criterion = ForeignKey(Criterion, null=False, on_delete=OnDelete.cascade, default=None)
    text = Text(null=False, default="")


class Attachment(Table):
    """A PDF, or an image re-encoded without metadata; `owner` is the id that draft and nomination share."""

    id = UUID(primary_key=True, default=uuid4)
    owner = UUID(null=False, default=uuid4, index=True)
    name = Varchar(200, null=False, default="")
    media_type = Varchar(60, null=False, default="")
    size = Integer(null=False, default=0)
    data = Bytea(null=False, default=b"")
    added_at = Timestamptz(null=False)


class Revision(Table):
    """How a nomination stood before a change: JSON of its fields, who changed it and when."""

    id = UUID(primary_key=True, default=uuid4)
    nomination = ForeignKey(Nomination, null=False, on_delete=OnDelete.cascade, default=None)
    at = Timestamptz(null=False)
    by = ForeignKey(Person, null=True, on_delete=OnDelete.set_null, default=None)
    what = Varchar(40, null=False, default="")
    body = JSON(null=False, default="{}")


CONSTRAINTS = [
    unique(DraftHolder.draft, DraftHolder.session),
    index(DraftHolder.session),
    index(Nomination.prize, Nomination.state),
    index(Nomination.email),
    unique(Answer.nomination, Answer.criterion),
    index(Revision.nomination),
]
