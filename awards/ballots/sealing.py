"""The double envelope of a postal vote: HPKE_A(HPKE_B(ballot)).

HPKE is RFC 9180, base mode, single shot, with DHKEM(P-256, HKDF-SHA256), HKDF-SHA256 and AES-256-GCM, empty aad. On the
wire: `enc‖ct`. The info, `awards/1|A|<manifest hash>` (B for the inner one), binds an envelope to its poll and to its
layer: moved elsewhere, it does not open.

Sizes: ballot padded with spaces to 1024 bytes → inner 1105 → outer 1186. Each layer adds 65 bytes of ephemeral key and
16 bytes of tag.
"""

from dataclasses import dataclass
from typing import Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from awards.ballots.ballot import BALLOT_SIZE
from awards.ballots.codes import code_of

SUITE = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
LAYER_SIZE = 65 + 16
INNER_SIZE = BALLOT_SIZE + LAYER_SIZE
OUTER_SIZE = INNER_SIZE + LAYER_SIZE

Lock = Literal["A", "B"]


class EnvelopeError(ValueError):
    """The envelope or what is in it is not as it should be."""


class WrongSize(EnvelopeError):
    """Too long or too short: not an envelope of ours, or cut off on the way."""


class DoesNotOpen(EnvelopeError):
    """Altered, or sealed for another lock, another layer or another poll."""


class BadPadding(EnvelopeError):
    """The ballot is not padded with spaces alone, or nothing is left without them."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """An outer envelope, ready to be cast, and its code."""

    outer: bytes
    t1: str


def seal(
    ballot: bytes, lock_a: ec.EllipticCurvePublicKey, lock_b: ec.EllipticCurvePublicKey, manifest_hash: str
) -> Sealed:
    """Seal a ballot, as `write_ballot` gives it, for lock B and then for lock A.

    manifest_hash: 64 hex digits. Raises WrongSize when the ballot is larger than 1024 bytes, BadPadding when it is
    empty or has white space around it.
    """
    inner = SUITE.encrypt(_pad(ballot), lock_b, info_of("B", manifest_hash))
    outer = SUITE.encrypt(inner, lock_a, info_of("A", manifest_hash))
    return Sealed(outer, code_of(outer))


def open_outer(outer: bytes, lock_a: ec.EllipticCurvePrivateKey, manifest_hash: str) -> bytes:
    """The inner envelope. Raises WrongSize or DoesNotOpen."""
    return _open(outer, OUTER_SIZE, lock_a, info_of("A", manifest_hash))


def open_inner(inner: bytes, lock_b: ec.EllipticCurvePrivateKey, manifest_hash: str) -> bytes:
    """The ballot without its padding. Raises WrongSize, DoesNotOpen or BadPadding."""
    return _unpad(_open(inner, INNER_SIZE, lock_b, info_of("B", manifest_hash)))


def info_of(lock: Lock, manifest_hash: str) -> bytes:
    """What HPKE binds the envelope to."""
    return f"awards/1|{lock}|{manifest_hash}".encode("ascii")


def _open(envelope: bytes, size: int, lock: ec.EllipticCurvePrivateKey, info: bytes) -> bytes:
    if len(envelope) != size:
        raise WrongSize(f"an envelope of {len(envelope)} bytes instead of {size}")
    try:
        return SUITE.decrypt(envelope, lock, info)
    except (InvalidTag, ValueError) as error:  # ValueError: the ephemeral key is no point of the curve
        raise DoesNotOpen("the envelope does not open with this lock") from error


def _pad(ballot: bytes) -> bytes:
    if len(ballot) > BALLOT_SIZE:
        raise WrongSize(f"a ballot of {len(ballot)} bytes; at most {BALLOT_SIZE} fit")
    if not ballot or ballot != ballot.strip():
        raise BadPadding("a ballot that is empty or has white space around it")
    return ballot.ljust(BALLOT_SIZE, b" ")


def _unpad(padded: bytes) -> bytes:
    ballot = padded.rstrip(b" ")
    if not ballot or ballot != ballot.strip():
        raise BadPadding("a ballot that is not padded with spaces alone")
    return ballot
