"""Codes of an authenticator app (RFC 6238: six digits, 30 seconds), each good for one sign-in."""

import hmac
from base64 import b32encode, b64decode, b64encode
from datetime import datetime
from hashlib import sha256
from secrets import token_bytes
from uuid import UUID

import pyotp
import segno
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from awards import keyfiles
from awards.settings import Settings

STEP_SECONDS = 30
ISSUER = "Integrationspriserne"


def secret_for_invitation(link: UUID, settings: Settings) -> str:
    """The secret an invitation offers: the same each time its page is opened, so nothing is stored until it is used."""
    key = keyfiles.numbered(settings.key_dir, "invitations")[0]
    return b32encode(hmac.new(key, link.bytes, sha256).digest()[:20]).decode()


def seal_secret(secret: str, person: UUID, settings: Settings) -> str:
    """`secret` as it is stored: AES-256-GCM under a key outside the database, bound to the person."""
    key, nonce = keyfiles.numbered(settings.key_dir, "totp")[0], token_bytes(12)
    return b64encode(nonce + AESGCM(key).encrypt(nonce, secret.encode(), person.bytes)).decode()


def open_secret(sealed: str, person: UUID, settings: Settings) -> str:
    """What `seal_secret` sealed. Raises ValueError when no key of ours opens it."""
    raw = b64decode(sealed)
    for key in keyfiles.numbered(settings.key_dir, "totp"):
        try:
            return AESGCM(key).decrypt(raw[:12], raw[12:], person.bytes).decode()
        except InvalidTag:
            continue
    raise ValueError("no key opens the secret")


def matching_step(secret: str, typed: str, now: datetime, after: int = 0) -> int | None:
    """The time step whose code was typed: now's or a neighbour's, as clocks differ, and later than `after`, so that a
    code works once. None for a wrong code."""
    code = "".join(typed.split())
    current = int(now.timestamp()) // STEP_SECONDS
    codes = pyotp.TOTP(secret)
    found = None
    for step in (current - 1, current, current + 1):
        if hmac.compare_digest(codes.generate_otp(step).encode(), code.encode()) and step > after:
            found = step
    return found


def enrolment_address(secret: str, email: str) -> str:
    """The otpauth address that the app reads from the QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=ISSUER)


def qr_image(address: str) -> str:
    """`address` as a QR code: an SVG in a data address, black on white in every colour scheme."""
    image: str = segno.make(address, error="m").svg_data_uri(scale=5, border=4, dark="#000", light="#fff")
    return image
