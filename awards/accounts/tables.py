"""Persons who sign in, their sessions, mailed links and attempts."""

from uuid import uuid4

from piccolo.columns import UUID, BigInt, Boolean, Bytea, ForeignKey, Integer, OnDelete, Text, Timestamptz, Varchar
from piccolo.table import Table

from awards.db.constraints import index, unique


class Person(Table):
    """Somebody who can sign in. `email` is stored in lower case."""

    id = UUID(primary_key=True, default=uuid4)
    name = Varchar(200, null=False, default="")
    email = Varchar(254, null=False, default="", unique=True)
    phone = Varchar(40, null=False, default="")
    language = Varchar(5, null=False, default="da")
    password_hash = Text(null=False, default="")
    totp_secret = Text(null=False, default="")
    totp_step = BigInt(null=False, default=0)
    created_at = Timestamptz(null=False)
    disabled_at = Timestamptz(null=True, default=None)


class PollCard(Table):
    """A stemmekort: the paper code that, with a mailed link, signs a member in. One is valid at a time."""

    id = UUID(primary_key=True, default=uuid4)
    person = ForeignKey(Person, null=False, on_delete=OnDelete.cascade, default=None)
    code_hash = Text(null=False, default="")
    issued_at = Timestamptz(null=False)
    voided_at = Timestamptz(null=True, default=None)


class Passkey(Table):
    """A device that signs a person in with one touch: the public half of a WebAuthn credential.

    credential: its id, base64url as browsers write it. public_key: a COSE key. sign_count: how often the device says it
    has signed; 0 for ever where it does not count. transports: how browsers reach it, with spaces between. name: the
    kind of device, of `rules.device_kind`. backed_up: the person's other devices have it too, through their account
    with the maker.
    """

    id = UUID(primary_key=True, default=uuid4)
    person = ForeignKey(Person, null=False, on_delete=OnDelete.cascade, default=None, index=True)
    credential = Varchar(1400, null=False, default="", unique=True)
    public_key = Bytea(null=False, default=b"")
    sign_count = BigInt(null=False, default=0)
    transports = Varchar(100, null=False, default="")
    name = Varchar(40, null=False, default="")
    backed_up = Boolean(null=False, default=False)
    created_at = Timestamptz(null=False)
    last_used_at = Timestamptz(null=False)


class Session(Table):
    """A browser's session; anonymous while `person` is null. The token itself is only in the cookie.

    The token changes at sign-in and at step-up; `id` stays, so that drafts keep their holder. passkey: the device that
    the session is on, where that is known; it ends with it.
    """

    id = UUID(primary_key=True, default=uuid4)
    token_hash = Varchar(64, null=False, default="", unique=True)
    person = ForeignKey(Person, null=True, on_delete=OnDelete.cascade, default=None)
    created_at = Timestamptz(null=False)
    expires_at = Timestamptz(null=False)
    stepped_up_at = Timestamptz(null=True, default=None)
    agent = Varchar(200, null=False, default="")
    passkey = ForeignKey(Passkey, null=True, on_delete=OnDelete.cascade, default=None, index=True)


class Challenge(Table):
    """What a device is asked to sign, once: `nonce` was handed to the browser of `session`, for one `purpose`.

    A ballot's code that is signed with the nonce is never stored here, nor anywhere else beside a person.
    """

    id = UUID(primary_key=True, default=uuid4)
    session = ForeignKey(Session, null=False, on_delete=OnDelete.cascade, default=None, index=True)
    purpose = Varchar(20, null=False, default="")
    nonce = Bytea(null=False, default=b"")
    expires_at = Timestamptz(null=False)


class Link(Table):
    """A mailed link. Its token is an HMAC over this row, computed when the mail is sent."""

    id = UUID(primary_key=True, default=uuid4)
    purpose = Varchar(40, null=False, default="")
    subject = UUID(null=False, default=uuid4, index=True)
    nonce = Varchar(43, null=False, default="")
    created_at = Timestamptz(null=False)
    expires_at = Timestamptz(null=False)
    used_at = Timestamptz(null=True, default=None)


class Attempts(Table):
    """A bucket of the rate limiter: `n` attempts until `until`."""

    key = Varchar(200, primary_key=True, null=False, default="")
    n = Integer(null=False, default=0)
    until = Timestamptz(null=False)


CONSTRAINTS = [
    unique(PollCard.person, where="voided_at IS NULL"),
    index(Session.person),
]
