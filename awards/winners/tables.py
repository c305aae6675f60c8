"""What is told about a prize's winners, and how it was corrected."""

from uuid import uuid4

from piccolo.columns import JSON, UUID, Bytea, ForeignKey, Integer, OnDelete, Text, Timestamptz, Varchar
from piccolo.table import Table

from awards.accounts.tables import Person
from awards.db.constraints import index
from awards.rounds.tables import Prize


class Award(Table):
    """The publication of one prize. `winners` is a JSON list of names, more than one when they share it."""

    id = UUID(primary_key=True, default=uuid4)
    prize = ForeignKey(Prize, null=False, on_delete=OnDelete.restrict, default=None, unique=True)
    title = Varchar(300, null=False, default="")
    winners = JSON(null=False, default="[]")
    line = Varchar(300, null=False, default="")
    citation = Text(null=False, default="")
    ceremony_at = Timestamptz(null=True, default=None)
    ceremony_place = Varchar(300, null=False, default="")
    embargo_until = Timestamptz(null=True, default=None)
    published_at = Timestamptz(null=True, default=None)
    updated_at = Timestamptz(null=False)


class Photo(Table):
    """A photo of an award, re-encoded without metadata, in two sizes."""

    id = UUID(primary_key=True, default=uuid4)
    award = ForeignKey(Award, null=False, on_delete=OnDelete.cascade, default=None, unique=True)
    alt = Varchar(300, null=False, default="")
    credit = Varchar(200, null=False, default="")
    media_type = Varchar(60, null=False, default="")
    width = Integer(null=False, default=0)
    height = Integer(null=False, default=0)
    data = Bytea(null=False, default=b"")
    small = Bytea(null=False, default=b"")


class Correction(Table):
    """How a published award read before it was corrected."""

    id = UUID(primary_key=True, default=uuid4)
    award = ForeignKey(Award, null=False, on_delete=OnDelete.cascade, default=None)
    at = Timestamptz(null=False)
    by = ForeignKey(Person, null=True, on_delete=OnDelete.set_null, default=None)
    reason = Text(null=False, default="")
    before = JSON(null=False, default="{}")


CONSTRAINTS = [
    index(Correction.award),
]
