"""Facts about this installation as a whole, and access that waits for a second person."""

from uuid import uuid4

from piccolo.columns import UUID, Boolean, ForeignKey, Integer, OnDelete, Timestamptz, Varchar
from piccolo.table import Table

from awards.accounts.tables import Person
from awards.councils.tables import Council
from awards.db.constraints import check, index, unique


class Installation(Table):
    """One row, id 1. `demonstration` is set only in an empty database; `key_fingerprint` names the key directory."""

    id = Integer(primary_key=True, null=False, default=1)
    demonstration = Boolean(null=False, default=False)
    key_fingerprint = Varchar(64, null=False, default="")
    created_at = Timestamptz(null=False)


class AccessRequest(Table):
    """A new card or address for somebody whose vote is open: the secretary asks, the acting chair confirms.

    kind: card or address. email: the new address, empty once it is settled. state: asked, confirmed (a card may be
    made, once), done, refused, withdrawn or lapsed.
    """

    id = UUID(primary_key=True, default=uuid4)
    council = ForeignKey(Council, null=False, on_delete=OnDelete.cascade, default=None)
    person = ForeignKey(Person, null=False, on_delete=OnDelete.cascade, default=None)
    kind = Varchar(10, null=False, default="")
    email = Varchar(254, null=False, default="")
    state = Varchar(10, null=False, default="asked")
    asked_by = ForeignKey(Person, null=True, on_delete=OnDelete.set_null, default=None)
    asked_at = Timestamptz(null=False)
    decided_by = ForeignKey(Person, null=True, on_delete=OnDelete.set_null, default=None)
    decided_at = Timestamptz(null=True, default=None)


CONSTRAINTS = [
    check(Installation, "single", "id = 1"),
    unique(AccessRequest.person, AccessRequest.kind, where="state IN ('asked', 'confirmed')"),
    index(AccessRequest.council, AccessRequest.state),
]
