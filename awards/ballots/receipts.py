"""The receipt of a cast ballot: it proves that the envelope was received, and never how it was voted."""

import json
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from awards.ballots.canonical import canonical

# Signed in front of the receipt, so that no other signature of this key can pass for a receipt.
CONTEXT = b"awards/1|receipt|"


class BadReceipt(ValueError):
    """The receipt was altered, or this installation did not sign it."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the server confirms.

    poll: its id. manifest: its hash, hex. t1: code of the outer envelope. seq: how many ballots this elector has cast.
    """

    poll: str
    manifest: str
    t1: str
    seq: int

    def to_json(self) -> dict[str, object]:
        return {"poll": self.poll, "manifest": self.manifest, "t1": self.t1, "seq": self.seq}


def sign_receipt(receipt: Receipt, key: Ed25519PrivateKey) -> bytes:
    """Ed25519 (RFC 8032) over `awards/1|receipt|` and the receipt's canonical JSON: 64 bytes, the same every time."""
    return key.sign(CONTEXT + canonical(receipt.to_json()))


def verify_receipt(receipt: Receipt, signature: bytes, key: Ed25519PublicKey) -> None:
    """Raises BadReceipt unless `signature` is that of `sign_receipt`."""
    try:
        key.verify(signature, CONTEXT + canonical(receipt.to_json()))
    except InvalidSignature as error:
        raise BadReceipt("the signature does not fit the receipt") from error


def write_receipt(receipt: Receipt, key: Ed25519PrivateKey) -> bytes:
    """The receipt as a file: canonical JSON with its `signature` in hex."""
    return canonical(receipt.to_json() | {"signature": sign_receipt(receipt, key).hex()})


def read_receipt(written: bytes, key: Ed25519PublicKey) -> Receipt:
    """The receipt in a file. Raises BadReceipt when it is no receipt, was altered, or is another installation's."""
    try:
        fields = json.loads(written)
        signature = bytes.fromhex(fields.pop("signature"))
        receipt = Receipt(**fields)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise BadReceipt("this is no receipt") from error
    verify_receipt(receipt, signature, key)
    return receipt
