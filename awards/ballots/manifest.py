"""The manifest: the facts of a poll at its opening. Its hash binds every envelope and never changes.

Extensions and late recusals are audited amendments beside it.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from awards.ballots.ballot import Criterion, Paper
from awards.ballots.canonical import canonical, read_canonical

VERSION = "awards/1"


class BadManifest(ValueError):
    """The stored manifest is not the one that was hashed, or not a manifest."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A candidate on the ballot paper. id: short, `c1`, `c2` …; candidate: None is the entry "no prize"."""

    id: str
    name: str
    candidate: UUID | None


@dataclass(frozen=True, slots=True)
class Manifest:
    """Opening facts of a poll.

    opens_at, closes_at: aware, to the whole second; closing is exclusive and is the original one.
    roll: ids of the electors. succession: ids of chair and vice-chairs in their order.
    quorum_rule, quorum_number, tie_rule: the council's rules at the opening. disclosure: what is published.
    lock_a, lock_b: public keys of the envelopes, hex of the 65 bytes of the uncompressed point (SEC 1).
    receipts: public key of the receipts, hex of its 32 bytes (RFC 8032).
    """

    poll: UUID
    prize: UUID
    parent: UUID | None
    paper: Paper
    majority: bool
    entries: tuple[Entry, ...]
    opens_at: datetime
    closes_at: datetime
    roll: tuple[UUID, ...]
    succession: tuple[UUID, ...]
    quorum_rule: str
    quorum_number: int | None
    tie_rule: str
    disclosure: str
    lock_a: str
    lock_b: str
    receipts: str

    def to_json(self) -> dict[str, object]:
        return {
            "version": VERSION,
            "poll": str(self.poll),
            "prize": str(self.prize),
            "parent": None if self.parent is None else str(self.parent),
            "method": self.paper.method,
            "options": {
                "majority": self.majority,
                "criteria": [{"id": criterion.id, "weight": criterion.weight} for criterion in self.paper.criteria],
                "max_score": self.paper.max_score,
            },
            "candidates": [
                {
                    "id": entry.id,
                    "name": entry.name,
                    "candidate": None if entry.candidate is None else str(entry.candidate),
                }
                for entry in self.entries
            ],
            "opens_at": _instant(self.opens_at),
            "closes_at": _instant(self.closes_at),
            "roll": sorted(map(str, self.roll)),
            "succession": [str(person) for person in self.succession],
            "quorum": {"rule": self.quorum_rule, "number": self.quorum_number},
            "tie": self.tie_rule,
            "disclosure": self.disclosure,
            "keys": {"A": self.lock_a, "B": self.lock_b, "receipts": self.receipts},
        }

    def to_bytes(self) -> bytes:
        """Canonical JSON: what is stored and hashed."""
        return canonical(self.to_json())


def manifest_hash(stored: bytes) -> str:
    """Hex sha256 of the manifest's canonical JSON."""
    return sha256(stored).hexdigest()


def read_manifest(stored: bytes, expected_hash: str) -> Manifest:
    """The manifest that was hashed. Raises BadManifest when hash or content do not fit."""
    if manifest_hash(stored) != expected_hash:
        raise BadManifest("the manifest is not the one that was hashed")
    try:
        facts: Any = read_canonical(stored)
        manifest = _from_json(facts)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadManifest("this is no manifest") from error
    if manifest.to_json() != facts:
        raise BadManifest("the manifest holds more or other facts than this version knows")
    return manifest


def _from_json(facts: dict[str, Any]) -> Manifest:
    options, keys = facts["options"], facts["keys"]
    entries = tuple(
        Entry(entry["id"], entry["name"], None if entry["candidate"] is None else UUID(entry["candidate"]))
        for entry in facts["candidates"]
    )
    criteria = tuple(Criterion(criterion["id"], criterion["weight"]) for criterion in options["criteria"])
    return Manifest(
        poll=UUID(facts["poll"]),
        prize=UUID(facts["prize"]),
        parent=None if facts["parent"] is None else UUID(facts["parent"]),
        paper=Paper(facts["method"], tuple(entry.id for entry in entries), criteria, options["max_score"]),
        majority=options["majority"],
        entries=entries,
        opens_at=datetime.fromisoformat(facts["opens_at"]),
        closes_at=datetime.fromisoformat(facts["closes_at"]),
        roll=tuple(UUID(member) for member in facts["roll"]),
        succession=tuple(UUID(person) for person in facts["succession"]),
        quorum_rule=facts["quorum"]["rule"],
        quorum_number=facts["quorum"]["number"],
        tie_rule=facts["tie"],
        disclosure=facts["disclosure"],
        lock_a=keys["A"],
        lock_b=keys["B"],
        receipts=keys["receipts"],
    )


def lock_to_hex(key: ec.EllipticCurvePublicKey) -> str:
    """The public key of a lock as the manifest names it."""
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint).hex()


def lock_from_hex(text: str) -> ec.EllipticCurvePublicKey:
    """Raises ValueError when this is no point of P-256."""
    return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), bytes.fromhex(text))


def receipt_key_to_hex(key: Ed25519PublicKey) -> str:
    """The public key of the receipts as the manifest names it."""
    return key.public_bytes_raw().hex()


def receipt_key_from_hex(text: str) -> Ed25519PublicKey:
    """Raises ValueError when this is no key of 32 bytes."""
    return Ed25519PublicKey.from_public_bytes(bytes.fromhex(text))


def _instant(moment: datetime) -> str:
    """`2026-11-04T11:00:00Z`. Raises ValueError for a naive time or a fraction of a second."""
    if moment.tzinfo is None or moment.microsecond:
        raise ValueError("an instant of the manifest is aware and a whole second")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
