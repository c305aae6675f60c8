"""Browsers that a person has signed in with before.

Such a browser has a bucket of attempts of its own. All others share one for the account, so a stranger who guesses at
it can fill that one only, and never locks the person out.
"""

import hmac
from hashlib import sha256
from secrets import token_hex
from uuid import UUID

from litestar.datastructures import Cookie

from awards import keyfiles
from awards.settings import Settings

LASTS_SECONDS = 400 * 24 * 3600  # the longest that browsers keep


SAVED = "s"  # begins the name of a browser on a saved device


def device_cookie(person: UUID, settings: Settings, *, saved: bool = False) -> Cookie:
    """Marks the browser as one that `person` has signed in with, and whether its device is saved. It grants nothing."""
    nonce = (SAVED if saved else "") + token_hex(8)
    mac = _mac(keyfiles.numbered(settings.key_dir, "devices")[0], person, nonce)
    return Cookie(
        key=device_cookie_name(settings),
        value=f"{nonce}.{mac}",
        path="/",
        max_age=LASTS_SECONDS,
        secure=settings.is_https,
        httponly=True,
        samesite="lax",
    )


def device_cookie_name(settings: Settings) -> str:
    return "__Host-device" if settings.is_https else "device"


def says_saved(cookie: str | None) -> bool:
    """Whether the device of the browser was saved once. Good enough to choose what a page shows first."""
    return (cookie or "").startswith(SAVED)


def device_of(cookie: str | None, person: UUID, settings: Settings) -> str:
    """The name of the browser among `person`'s, or `unknown`."""
    nonce, _dot, mac = (cookie or "").partition(".")
    known = any(
        hmac.compare_digest(_mac(secret, person, nonce).encode(), mac.encode())
        for secret in keyfiles.numbered(settings.key_dir, "devices")
    )
    return nonce if known else "unknown"


def _mac(secret: bytes, person: UUID, nonce: str) -> str:
    return hmac.new(secret, f"{person}|{nonce}".encode(), sha256).hexdigest()[:40]
