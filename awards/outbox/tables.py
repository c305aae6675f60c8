"""Mail as rows: written in the transaction that causes them, sent by the worker."""

from uuid import uuid4

from piccolo.columns import JSON, UUID, Integer, Text, Timestamptz, Varchar
from piccolo.table import Table

from awards.db.constraints import index


class Mail(Table):
    """A mail to send. `context` (JSON) holds ids and short facts, never bodies or tokens.

    state: queued, sent, dead (given up, staff see it) or returned (came back, marked by staff).
    council: whose staff see it; null for the installation's own mail.
    leased_until: a worker has taken it until then.
    """

    id = UUID(primary_key=True, default=uuid4)
    council = UUID(null=True, default=None, index=True)
    template = Varchar(60, null=False, default="")
    recipient = Varchar(254, null=False, default="")
    recipient_name = Varchar(200, null=False, default="")
    language = Varchar(5, null=False, default="da")
    context = JSON(null=False, default="{}")
    reference = Varchar(40, null=False, default="")
    message_id = Varchar(200, null=False, default="")
    state = Varchar(10, null=False, default="queued")
    attempts = Integer(null=False, default=0)
    next_attempt_at = Timestamptz(null=False)
    leased_until = Timestamptz(null=True, default=None)
    last_error = Text(null=False, default="")
    created_at = Timestamptz(null=False)
    sent_at = Timestamptz(null=True, default=None)


CONSTRAINTS = [
    index(Mail.state, Mail.next_attempt_at),
]
