"""The facts at the opening bind every envelope."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from awards.ballots.ballot import Criterion, Paper
from awards.ballots.canonical import canonical
from awards.ballots.manifest import (
    BadManifest,
    Entry,
    Manifest,
    lock_from_hex,
    lock_to_hex,
    manifest_hash,
    read_manifest,
    receipt_key_from_hex,
    receipt_key_to_hex,
)

IDS = [UUID(int=n) for n in range(1, 10)]
MANIFEST = Manifest(
    poll=IDS[0],
    prize=IDS[1],
    parent=None,
    paper=Paper("score", ("c1", "c2"), (Criterion("k1", 3),), 5),
    majority=False,
    entries=(Entry("c1", "Foreningen Æblet", IDS[2]), Entry("c2", "Ingen pris", None)),
    opens_at=datetime(2026, 11, 2, 8, tzinfo=UTC),
    closes_at=datetime(2026, 11, 4, 12, tzinfo=timezone(timedelta(hours=1))),
    roll=(IDS[3], IDS[4]),
    succession=(IDS[4], IDS[3]),
    quorum_rule="half",
    quorum_number=None,
    tie_rule="chair",
    disclosure="winner",
    lock_a="04" + "aa" * 64,
    lock_b="04" + "bb" * 64,
    receipts="cc" * 32,
)


def test_a_manifest_reads_back_as_it_was_written() -> None:
    stored = MANIFEST.to_bytes()
    assert manifest_hash(stored) == sha256(stored).hexdigest()
    assert read_manifest(stored, manifest_hash(stored)) == MANIFEST


def test_instants_are_written_in_utc() -> None:
    assert json.loads(MANIFEST.to_bytes())["closes_at"] == "2026-11-04T11:00:00Z"
    for moment in (datetime(2026, 11, 2, 8), datetime(2026, 11, 2, 8, microsecond=1, tzinfo=UTC)):  # noqa: DTZ001
        with pytest.raises(ValueError, match="whole second"):
            replace(MANIFEST, opens_at=moment).to_bytes()


def test_the_order_of_the_roll_carries_nothing_and_that_of_the_succession_does() -> None:
    assert replace(MANIFEST, roll=MANIFEST.roll[::-1]).to_bytes() == MANIFEST.to_bytes()
    assert replace(MANIFEST, succession=MANIFEST.succession[::-1]).to_bytes() != MANIFEST.to_bytes()


@pytest.mark.parametrize(
    "change",
    [
        {"poll": IDS[8]},
        {"prize": IDS[8]},
        {"parent": IDS[8]},
        {"paper": Paper("score", ("c1", "c2"), (Criterion("k1", 2),), 5)},
        {"majority": True},
        {"entries": (Entry("c1", "Foreningen Pæren", IDS[2]), MANIFEST.entries[1])},
        {"closes_at": MANIFEST.closes_at + timedelta(seconds=1)},
        {"roll": IDS[3:6]},
        {"quorum_rule": "majority"},
        {"tie_rule": "new_poll"},
        {"disclosure": "totals"},
        {"lock_a": MANIFEST.lock_b},
        {"receipts": "dd" * 32},
    ],
    ids=lambda change: next(iter(change)),
)
def test_every_fact_is_in_the_hash(change: dict[str, Any]) -> None:
    assert manifest_hash(replace(MANIFEST, **change).to_bytes()) != manifest_hash(MANIFEST.to_bytes())


def test_an_altered_manifest_shows() -> None:
    stored = MANIFEST.to_bytes()
    with pytest.raises(BadManifest, match="not the one"):
        read_manifest(stored.replace(b"winner", b"totals"), manifest_hash(stored))


@pytest.mark.parametrize(
    "distort",
    [
        lambda facts: {**facts, "extra": 1},
        lambda facts: {**facts, "version": "awards/2"},
        lambda facts: {**facts, "opens_at": "soon"},
        lambda facts: {**facts, "opens_at": "2026-11-02T08:00:00+00:00"},
        lambda facts: {**facts, "candidates": None},
        lambda facts: {**facts, "poll": 1},
        lambda facts: {key: facts[key] for key in facts if key != "keys"},
        lambda facts: [facts],
    ],
)
def test_what_is_no_manifest_is_refused_though_its_hash_fits(distort: Callable[[Any], Any]) -> None:
    stored = canonical(distort(MANIFEST.to_json()))
    with pytest.raises(BadManifest):
        read_manifest(stored, manifest_hash(stored))


def test_public_keys_are_named_in_hex() -> None:
    lock = ec.generate_private_key(ec.SECP256R1()).public_key()
    assert len(lock_to_hex(lock)) == 130
    assert lock_from_hex(lock_to_hex(lock)) == lock
    receipts = Ed25519PrivateKey.generate().public_key()
    assert receipt_key_from_hex(receipt_key_to_hex(receipts)) == receipts
    for read in (lock_from_hex, receipt_key_from_hex):
        for text in ("", "zz", "04" + "00" * 64):
            with pytest.raises(ValueError, match=r"."):
                read(text)
