"""Reading sessions: where a person is signed in."""

from datetime import datetime
from uuid import UUID

from awards.accounts.tables import Session


async def sessions_of(person: UUID, now: datetime) -> list[Session]:
    """The person's sessions that have not ended, the newest first."""
    return (
        await Session.objects()
        .where(Session.person == person, Session.expires_at > now)
        .order_by(Session.created_at, ascending=False)
    )
