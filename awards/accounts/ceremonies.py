"""The two ceremonies of WebAuthn: a device makes a credential, and signs with it (py_webauthn does the checking).

The device has to have recognised its owner each time, by finger, face or code: that, and having the device, are two
factors. Where the browser was is checked exactly; which make of device it is, is nobody's business (no attestation).
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    AuthenticatorTransport,
    PublicKeyCredentialDescriptor,
    PublicKeyCredentialHint,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from awards.accounts.challenges import LASTS
from awards.accounts.tables import Passkey, Person
from awards.settings import Settings

SITE = "Integrationspriserne"
TIMEOUT = int(LASTS.total_seconds()) * 1000  # milliseconds
TRANSPORTS = frozenset(transport.value for transport in AuthenticatorTransport)


class NotVerified(Exception):
    """What the device sent is not what it was asked for: another site, challenge or key, or its owner was not there."""


@dataclass(frozen=True, slots=True)
class Made:
    """A credential as a device made it; the fields are those of `tables.Passkey`."""

    credential: str
    public_key: bytes
    sign_count: int
    transports: str
    backed_up: bool


def site_of(settings: Settings) -> str:
    """The relying party's id: the host of the address that people type."""
    return urlsplit(settings.base_url).hostname or ""


def origin_of(settings: Settings) -> str:
    """Scheme, host and port, as browsers report where a page came from."""
    address = urlsplit(settings.base_url)
    return f"{address.scheme}://{address.netloc}".lower()


def options_to_make(challenge: bytes, person: Person, known: Iterable[Passkey], settings: Settings) -> dict[str, Any]:
    """What `navigator.credentials.create` is given. A device that is among `known` already refuses."""
    options = generate_registration_options(
        rp_id=site_of(settings),
        rp_name=SITE,
        user_id=person.id.bytes,  # says nothing to whoever finds the device
        user_name=person.email,
        user_display_name=person.name or person.email,
        challenge=challenge,
        timeout=TIMEOUT,
        exclude_credentials=_descriptors(known),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
        hints=[PublicKeyCredentialHint.CLIENT_DEVICE],
    )
    return _as_json(options)


def options_to_sign(challenge: bytes, known: Iterable[Passkey], settings: Settings) -> dict[str, Any]:
    """What `navigator.credentials.get` is given: any of `known`, or with none whichever the device has for us."""
    options = generate_authentication_options(
        rp_id=site_of(settings),
        challenge=challenge,
        timeout=TIMEOUT,
        allow_credentials=_descriptors(known),
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return _as_json(options)


def verify_made(answer: Mapping[str, Any], challenge: bytes, settings: Settings) -> Made:
    """The credential that a device made for `challenge`. Raises NotVerified."""
    try:
        verified = verify_registration_response(
            credential=dict(answer),
            expected_challenge=challenge,
            expected_rp_id=site_of(settings),
            expected_origin=origin_of(settings),
            require_user_verification=True,
        )
        told = answer["response"].get("transports") or []
        transports = sorted(TRANSPORTS.intersection(told))
    except Exception as error:  # parsers of what a stranger sent raise all there is
        raise NotVerified from error
    return Made(
        credential=bytes_to_base64url(verified.credential_id),
        public_key=verified.credential_public_key,
        sign_count=verified.sign_count,
        transports=" ".join(transports),
        backed_up=verified.credential_backed_up,
    )


def verify_signed(
    answer: Mapping[str, Any], challenge: bytes, passkey: Passkey, settings: Settings
) -> tuple[int, bool]:
    """The device's new count of signatures, and whether the credential is backed up. Raises NotVerified, also when the
    count has not grown: then there are two of a key that should be one."""
    try:
        verified = verify_authentication_response(
            credential=dict(answer),
            expected_challenge=challenge,
            expected_rp_id=site_of(settings),
            expected_origin=origin_of(settings),
            credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
    except Exception as error:  # as above
        raise NotVerified from error
    return verified.new_sign_count, verified.credential_backed_up


def holder_told(answer: Mapping[str, Any]) -> UUID | None:
    """Whose credential the device says it is; None where it says nothing. Raises NotVerified for nonsense."""
    try:
        handle = answer["response"].get("userHandle")
        return UUID(bytes=base64url_to_bytes(handle)) if handle else None
    except Exception as error:  # as above
        raise NotVerified from error


def _descriptors(passkeys: Iterable[Passkey]) -> list[PublicKeyCredentialDescriptor]:
    return [
        PublicKeyCredentialDescriptor(
            id=base64url_to_bytes(passkey.credential),
            transports=[AuthenticatorTransport(transport) for transport in passkey.transports.split()],
        )
        for passkey in passkeys
    ]


def _as_json(options: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(options_to_json(options))
    return found
