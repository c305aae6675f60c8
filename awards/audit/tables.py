"""The append-only chain, and the deletable log of who read what."""

from uuid import uuid4

from piccolo.columns import UUID, BigInt, Text, Timestamptz, Varchar
from piccolo.table import Table

from awards.db.constraints import append_only


class Audit(Table):
    """One link of the chain: hash = sha256(prev ‖ body). Bodies hold ids, codes and hashes, never names or text."""

    seq = BigInt(primary_key=True, null=False, default=0)
    body = Text(null=False, default="")
    prev = Varchar(64, null=False, default="", unique=True)
    hash = Varchar(64, null=False, default="", unique=True)


class AccessLog(Table):
    """Who read what about whom; erased with its subject."""

    id = UUID(primary_key=True, default=uuid4)
    at = Timestamptz(null=False)
    person = UUID(null=True, default=None)
    what = Varchar(60, null=False, default="")
    subject = UUID(null=True, default=None, index=True)


CONSTRAINTS = [
    append_only(Audit),
]
