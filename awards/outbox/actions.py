"""Put a mail in the outbox, in the transaction that causes it."""

import json
from datetime import datetime
from uuid import UUID, uuid4

from awards.outbox.tables import Mail


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
    await mail.save()
    return mail.id
