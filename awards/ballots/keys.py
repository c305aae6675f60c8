"""Keys of voting, as files of the key directory: outside the database and never in a backup.

`slots.key` (32 random bytes) and `receipts.key` (Ed25519) belong to the installation; `poll-<id>-A.key` and
`poll-<id>-B.key` (P-256) to one poll. Private keys are unencrypted PKCS #8 in PEM; files are made by `keyfiles.obtain`.
Lock A and lock B are read by separate calls, so that a later version can give them to two different hands.
"""

import os
import secrets
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from awards import keyfiles
from awards.ballots.sealing import Lock

LOCKS: tuple[Lock, ...] = ("A", "B")


class KeyMissing(Exception):
    """A key file is not there or cannot be read as a key: without it the envelopes stay shut."""


def slot_key(directory: Path) -> bytes:
    """The key of the slots' tags; made at the first call."""
    return keyfiles.obtain(directory / "slots.key")


def receipt_key(directory: Path) -> Ed25519PrivateKey:
    """The key that signs receipts; made at the first call. Raises KeyMissing for a damaged file."""
    path = directory / "receipts.key"
    key = _read(path, keyfiles.obtain(path, lambda: _pem(Ed25519PrivateKey.generate())))
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyMissing(f"{path.name}: a key of another kind")
    return key


def make_lock(directory: Path, poll: UUID, lock: Lock) -> ec.EllipticCurvePublicKey:
    """Make a lock of a poll, before it is armed; again, or in two processes at once, it is the same one."""
    path = _path(directory, poll, lock)
    pem = keyfiles.obtain(path, lambda: _pem(ec.generate_private_key(ec.SECP256R1())))
    return _lock(path, pem).public_key()


def load_lock(directory: Path, poll: UUID, lock: Lock) -> ec.EllipticCurvePrivateKey:
    """The key that opens the envelopes of one layer. Raises KeyMissing; never makes a new one."""
    path = _path(directory, poll, lock)
    try:
        return _lock(path, path.read_bytes())
    except OSError as error:
        raise KeyMissing(f"{path.name}: {error.strerror}") from error


def missing(directory: Path, poll: UUID) -> list[str]:
    """The key files that an open poll needs and that are not there, by name."""
    needed = [directory / "slots.key", *(_path(directory, poll, lock) for lock in LOCKS)]
    return [path.name for path in needed if not path.exists()]


def destroy_locks(directory: Path, poll: UUID) -> None:
    """Overwrite and remove both locks of a poll, and what a process left that died while it made one; again, nothing
    happens.

    Overwriting does not reach copies that a journalling file system, a snapshot or a flash drive keeps of its own.
    """
    for path in [*(_path(directory, poll, lock) for lock in LOCKS), *directory.glob(f".poll-{poll}-*")]:
        try:
            with path.open("r+b") as file:
                file.write(secrets.token_bytes(path.stat().st_size))
                file.flush()
                os.fsync(file.fileno())
            path.unlink()
        except FileNotFoundError:  # destroyed before, or by another process meanwhile
            continue
    keyfiles.fsync_directory(directory)


def _path(directory: Path, poll: UUID, lock: Lock) -> Path:
    return directory / f"poll-{poll}-{lock}.key"


def _pem(key: Ed25519PrivateKey | ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _lock(path: Path, pem: bytes) -> ec.EllipticCurvePrivateKey:
    key = _read(path, pem)
    if not (isinstance(key, ec.EllipticCurvePrivateKey) and isinstance(key.curve, ec.SECP256R1)):
        raise KeyMissing(f"{path.name}: a key of another kind")
    return key


def _read(path: Path, pem: bytes) -> object:
    try:
        return load_pem_private_key(pem, password=None)
    except ValueError as error:
        raise KeyMissing(f"{path.name}: not a key file") from error
