"""Put a mail in the outbox, in the transaction that causes it; send it again, or note that it came back."""

import json
from datetime import datetime
from uuid import UUID, uuid4

from awards import audit
from awards.clock import Clock
from awards.db import insert, lock, transaction
from awards.errors import NotFound, RuleBroken
from awards.outbox.tables import Mail
from awards.web.identity import Actor


async def enqueue(
    template: str,
    *,
    to: str,
    name: str = "",
    language: str = "da",
    council: UUID | None = None,
    reference: str = "",
    now: datetime,
    **context: object,
) -> UUID:
    """Queue the mail `templates/mail/<template>` for `to`; the row lives and dies with the caller's transaction.

    `context` holds ids and short facts only; the letter's loader (`outbox.letters`) fetches the rest when the mail is
    made. Returns the mail's id.
    """
    mail = Mail(
        id=uuid4(),
        council=council,
        template=template,
        recipient=to,
        recipient_name=name,
        language=language,
        context=json.dumps(context, default=str, sort_keys=True),
        reference=reference,
        next_attempt_at=now,
        created_at=now,
    )
    await insert(mail)
    return mail.id


async def send_again(mail_id: UUID, *, by: Actor, clock: Clock) -> None:
    """Queue a mail once more, to the same address. One that waits goes out at once.

    What was delivered before goes out as a new mail of today, or mail programs would hide it. Raises NotFound.
    """
    async with transaction():
        mail = await _locked(mail_id)
        now = clock.now()
        if mail.state != "queued":
            mail.state, mail.attempts = "queued", 0
            if mail.sent_at is not None:
                mail.created_at = now
                mail.message_id = f"<{uuid4()}@{mail.message_id.strip('<>').rpartition('@')[2]}>"
        mail.next_attempt_at = now
        await mail.save([Mail.state, Mail.attempts, Mail.created_at, Mail.message_id, Mail.next_attempt_at])
        await audit.append("outbox.sent_again", by=by, at=now, mail=mail_id)


async def mark_returned(mail_id: UUID, *, by: Actor, clock: Clock) -> None:
    """Staff saw it come back from the recipient's mail system. Raises NotFound, RuleBroken unless it was sent."""
    async with transaction():
        mail = await _locked(mail_id)
        if mail.state == "returned":
            return
        if mail.state != "sent":
            raise RuleBroken("Only a mail that was sent can have come back.")
        await Mail.update({Mail.state: "returned"}).where(Mail.id == mail_id)
        await audit.append("outbox.returned", by=by, at=clock.now(), mail=mail_id)


async def _locked(mail_id: UUID) -> Mail:
    mail = await lock(Mail, Mail.id == mail_id)
    if mail is None:
        raise NotFound
    return mail
