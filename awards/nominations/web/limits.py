"""How much one visitor may ask of us. Generous: a library or a school is many people behind one address."""

from datetime import datetime, timedelta
from uuid import UUID

from awards.accounts.attempts import bucket, take
from awards.web.pages import Request

AN_HOUR = timedelta(hours=1)


async def limit_drafts(request: Request, now: datetime) -> None:
    """New drafts from one address. Raises TooMany."""
    await take(bucket("draft-from", _address(request)), limit=60, per=AN_HOUR, now=now)


async def limit_files(draft: UUID, now: datetime) -> None:
    """Rounds of files of one draft: painting pictures anew is work. Raises TooMany."""
    await take(bucket("files-of", draft), limit=30, per=AN_HOUR, now=now)


async def limit_mails(request: Request, to: str, now: datetime) -> None:
    """Mails that somebody makes us send to an address they wrote. Raises TooMany, whether or not we know it."""
    await take(bucket("mail-from", _address(request)), limit=30, per=AN_HOUR, now=now)
    await take(bucket("mail-to", to), limit=5, per=AN_HOUR, now=now)


def _address(request: Request) -> str:
    return request.client.host if request.client else ""
