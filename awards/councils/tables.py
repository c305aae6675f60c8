"""Councils, the seats in them, who sits there and who holds which office."""

from uuid import uuid4

from piccolo.columns import UUID, Boolean, Bytea, Date, ForeignKey, Integer, OnDelete, Text, Timestamptz, Varchar
from piccolo.table import Table

from awards.accounts.tables import Person
from awards.db.constraints import check, index


class Council(Table):
    """A council, how it is reached, and its rules of procedure.

    quorum_rule: `half` (at least half of the filled seats), `majority` (more than half) or `number`
    (at least `quorum_number`).
    tie_rule: `chair` (the chair decides) or `new_poll`.
    accent: 1–8, one of the colours tested for contrast.
    logo: the name of the picture in `Logo`, which changes with it; empty without one. Its size is in CSS pixels.
    """

    id = UUID(primary_key=True, default=uuid4)
    slug = Varchar(60, null=False, default="", unique=True)
    name = Varchar(200, null=False, default="")
    municipality = Varchar(200, null=False, default="")
    email = Varchar(254, null=False, default="")
    phone = Varchar(40, null=False, default="")
    address = Text(null=False, default="")
    accent = Integer(null=False, default=1)
    logo = Varchar(16, null=False, default="")
    logo_width = Integer(null=False, default=0)
    logo_height = Integer(null=False, default=0)
    legal_basis = Text(null=False, default="")
    data_protection_officer = Text(null=False, default="")
    quorum_rule = Varchar(20, null=False, default="half")
    quorum_number = Integer(null=True, default=None)
    tie_rule = Varchar(20, null=False, default="chair")
    ballots_kept_days = Integer(null=False, default=28)
    nominations_kept_months = Integer(null=False, default=12)
    created_at = Timestamptz(null=False)


class Logo(Table):
    """The picture of a council, as PNG: apart, since every page reads its council."""

    council = ForeignKey(Council, primary_key=True, null=False, on_delete=OnDelete.cascade, default=None)
    picture = Bytea(null=False, default=b"")


class Seat(Table):
    """A place in the council and whom it represents."""

    id = UUID(primary_key=True, default=uuid4)
    council = ForeignKey(Council, null=False, on_delete=OnDelete.restrict, default=None)
    position = Integer(null=False, default=1)
    represents = Varchar(200, null=False, default="")
    abolished = Boolean(null=False, default=False)


class Term(Table):
    """A person holds a seat from `starts` to `ends`, both days included."""

    id = UUID(primary_key=True, default=uuid4)
    seat = ForeignKey(Seat, null=False, on_delete=OnDelete.restrict, default=None)
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict, default=None)
    starts = Date(null=False)
    ends = Date(null=True, default=None)


class Office(Table):
    """A grant of a role in a council; grants add up. `rank` orders vice-chairs and deputies, 1 first.

    role: chair, vice_chair, secretary, deputy_secretary, communications.
    """

    id = UUID(primary_key=True, default=uuid4)
    council = ForeignKey(Council, null=False, on_delete=OnDelete.restrict, default=None)
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict, default=None)
    role = Varchar(20, null=False, default="")
    rank = Integer(null=False, default=1)
    starts = Date(null=False)
    ends = Date(null=True, default=None)


CONSTRAINTS = [
    index(Seat.council, Seat.position),
    index(Term.seat),
    index(Term.person),
    index(Office.council, Office.role),
    index(Office.person),
    check(Term, "order", "ends IS NULL OR starts <= ends"),
    check(Office, "order", "ends IS NULL OR starts <= ends"),
]
