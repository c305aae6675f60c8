"""Mailed links: a row says what for, until when and whether used; the token is an HMAC over it.

The token is computed when the mail is sent, so neither the database nor a backup holds one that works.
GET shows a button; only the POST acts, so that a mail scanner uses nothing up.
"""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from datetime import datetime
from hashlib import sha256
from secrets import token_urlsafe
from uuid import UUID, uuid4

from awards import keyfiles
from awards.accounts.tables import Link
from awards.db import insert, row
from awards.errors import NotFound, RuleBroken
from awards.settings import Settings


async def make_link(purpose: str, subject: UUID, *, now: datetime, expires_at: datetime) -> UUID:
    """Write a link for `purpose` about row `subject`, inside the caller's transaction; returns its id."""
    link = Link(
        id=uuid4(), purpose=purpose, subject=subject, nonce=token_urlsafe(16), created_at=now, expires_at=expires_at
    )
    await insert(link)
    return link.id


async def link_token(link_id: UUID, settings: Settings) -> str:
    """The token that stands in the mail. Raises NotFound when the link is gone."""
    link = await row(Link, "WHERE id = {}", link_id)
    if link is None:
        raise NotFound
    secret = keyfiles.numbered(settings.key_dir, "links")[0]
    return urlsafe_b64encode(link.id.bytes + _mac(secret, link)).rstrip(b"=").decode()


async def read_link(token: str, purpose: str, *, now: datetime, settings: Settings) -> Link:
    """The row behind `token`. Raises NotFound for a forged or foreign token, RuleBroken for one expired or used."""
    link = await known_link(token, purpose, settings)
    if link.used_at is not None:
        raise RuleBroken("The link has been used. Ask for a new one.")
    if now >= link.expires_at:
        raise RuleBroken("The link has expired. Ask for a new one.")
    return link


async def known_link(token: str, purpose: str, settings: Settings) -> Link:
    """The row behind `token`, also when it is expired or used. Raises NotFound for a forged or foreign token."""
    try:
        raw = urlsafe_b64decode(token + "=" * (-len(token) % 4))
        link = await row(Link, "WHERE id = {}", UUID(bytes=raw[:16]))
    except (NotBase64, ValueError):
        raise NotFound from None
    if link is None or link.purpose != purpose:
        raise NotFound
    secrets = keyfiles.numbered(settings.key_dir, "links")
    if not any(hmac.compare_digest(_mac(secret, link), raw[16:]) for secret in secrets):
        raise NotFound
    return link


async def use_up(link: Link, *, now: datetime) -> None:
    """Mark a single-use link as used, inside the caller's transaction. Raises RuleBroken when another was first."""
    taken = await Link.update({Link.used_at: now}).where(Link.id == link.id, Link.used_at.is_null()).returning(Link.id)
    if not taken:
        raise RuleBroken("The link has been used. Ask for a new one.")


def _mac(secret: bytes, link: Link) -> bytes:
    message = f"{link.id}|{link.purpose}|{link.subject}|{link.nonce}|{link.expires_at.timestamp():.0f}"
    return hmac.new(secret, message.encode(), sha256).digest()[:20]
