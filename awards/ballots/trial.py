"""The trial vote "Coffee or tea?": a real ballot paper of a poll that does not exist, so that nothing can be cast."""

from datetime import UTC, datetime
from functools import cache
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from awards.ballots.ballot import Paper
from awards.ballots.booth import Booth
from awards.ballots.manifest import Entry, Manifest, lock_to_hex, manifest_hash, receipt_key_to_hex
from awards.ballots.tables import Poll
from awards.rounds.tables import Prize

NOBODY = UUID(int=0)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def trial_booth(member: UUID, title: str, names: tuple[str, ...]) -> Booth:
    """The trial as `member` meets it. Its rows are in no table, and are never saved."""
    manifest, stored = _manifest(names)
    prize = Prize(id=NOBODY, round=NOBODY, title=title)
    poll = Poll(
        id=NOBODY, prize=NOBODY, manifest=stored, manifest_hash=manifest_hash(stored.encode()), created_at=LONG_AGO
    )
    return Booth(prize, poll, manifest, member, 0, "")


@cache
def _manifest(names: tuple[str, ...]) -> tuple[Manifest, str]:
    """Made once in each process for a language's names. Its keys are thrown away here: nobody can open an envelope."""
    entries = tuple(Entry(f"c{n}", name, None) for n, name in enumerate(names, start=1))
    manifest = Manifest(
        poll=NOBODY,
        prize=NOBODY,
        parent=None,
        paper=Paper("ranked", tuple(entry.id for entry in entries)),
        majority=False,
        entries=entries,
        opens_at=LONG_AGO,
        closes_at=LONG_AGO,
        roll=(),
        succession=(),
        quorum_rule="half",
        quorum_number=None,
        tie_rule="chair",
        disclosure="winner",
        lock_a=lock_to_hex(ec.generate_private_key(ec.SECP256R1()).public_key()),
        lock_b=lock_to_hex(ec.generate_private_key(ec.SECP256R1()).public_key()),
        receipts=receipt_key_to_hex(Ed25519PrivateKey.generate().public_key()),
    )
    return manifest, manifest.to_bytes().decode()
