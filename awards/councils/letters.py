"""Mails of a council are signed by it."""

from uuid import UUID

from awards.councils.tables import Council
from awards.db import row
from awards.errors import NotFound
from awards.outbox.letters import Sender, sender_of_council


@sender_of_council
async def council_as_sender(council_id: UUID) -> Sender:
    """Raises NotFound when the council is gone."""
    council = await row(Council, "WHERE id = {}", council_id)
    if council is None:
        raise NotFound
    return Sender(name=council.name, email=council.email, phone=council.phone, municipality=council.municipality)
