"""Keys are files: made once, kept apart, destroyed in the end."""

import stat
import sys
from pathlib import Path
from subprocess import PIPE, Popen
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from awards.ballots.keys import LOCKS, KeyMissing, destroy_locks, load_lock, make_lock, receipt_key, slot_key
from awards.ballots.manifest import lock_to_hex
from awards.ballots.sealing import open_inner, open_outer, seal

POLL = uuid4()
MAKE_LOCK = """
import sys; from pathlib import Path; from uuid import UUID
from awards.ballots.keys import make_lock; from awards.ballots.manifest import lock_to_hex
sys.stdin.readline(); print(lock_to_hex(make_lock(Path(sys.argv[1]), UUID(sys.argv[2]), "A")))
"""


def test_the_locks_of_a_poll_seal_and_open(tmp_path: Path) -> None:
    public = [make_lock(tmp_path, POLL, lock) for lock in LOCKS]
    outer = seal(b"{}", public[0], public[1], "ab" * 32).outer
    inner = open_outer(outer, load_lock(tmp_path, POLL, "A"), "ab" * 32)
    assert open_inner(inner, load_lock(tmp_path, POLL, "B"), "ab" * 32) == b"{}"


def test_a_lock_is_made_once(tmp_path: Path) -> None:
    assert make_lock(tmp_path, POLL, "A") == make_lock(tmp_path, POLL, "A")
    assert make_lock(tmp_path, POLL, "A") != make_lock(tmp_path, POLL, "B")
    assert make_lock(tmp_path, POLL, "A") != make_lock(tmp_path, uuid4(), "A")


def test_processes_that_make_a_lock_at_once_get_the_same(tmp_path: Path) -> None:
    command = [sys.executable, "-c", MAKE_LOCK, str(tmp_path), str(POLL)]
    processes = [Popen(command, stdin=PIPE, stdout=PIPE, text=True) for _ in range(4)]
    for process in processes:  # all are started and wait; now they go together
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    made = {process.communicate()[0].strip() for process in processes}
    assert made == {lock_to_hex(load_lock(tmp_path, POLL, "A").public_key())}
    assert [path.name for path in tmp_path.iterdir()] == [f"poll-{POLL}-A.key"]


def test_keys_are_readable_by_their_owner_alone(tmp_path: Path) -> None:
    directory = tmp_path / "keys"
    slot_key(directory)
    receipt_key(directory)
    make_lock(directory, POLL, "A")
    assert stat.S_IMODE(directory.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in directory.iterdir()} == {0o600}


def test_the_keys_of_the_installation_stay(tmp_path: Path) -> None:
    assert slot_key(tmp_path) == slot_key(tmp_path)
    assert len(slot_key(tmp_path)) == 32
    assert receipt_key(tmp_path).public_key() == receipt_key(tmp_path).public_key()


def test_a_missing_lock_is_never_replaced_by_a_new_one(tmp_path: Path) -> None:
    with pytest.raises(KeyMissing):
        load_lock(tmp_path, POLL, "A")
    assert not list(tmp_path.iterdir())


def test_destroyed_locks_are_gone_and_the_others_stay(tmp_path: Path) -> None:
    other = uuid4()
    for poll in (POLL, other):
        for lock in LOCKS:
            make_lock(tmp_path, poll, lock)
    destroy_locks(tmp_path, POLL)
    destroy_locks(tmp_path, POLL)
    for lock in LOCKS:
        with pytest.raises(KeyMissing):
            load_lock(tmp_path, POLL, lock)
        load_lock(tmp_path, other, lock)


def test_a_destroyed_lock_is_overwritten_first(tmp_path: Path) -> None:
    make_lock(tmp_path, POLL, "A")
    path = tmp_path / f"poll-{POLL}-A.key"
    witness = tmp_path / "witness"
    witness.hardlink_to(path)
    before = witness.read_bytes()
    destroy_locks(tmp_path, POLL)
    assert len(witness.read_bytes()) == len(before)
    assert b"PRIVATE KEY" not in witness.read_bytes()


def test_a_damaged_key_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / f"poll-{POLL}-A.key"
    other_curve = ec.generate_private_key(ec.SECP384R1()).private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    for content, why in ((b"", "not a key file"), (b"nonsense", "not a key file"), (other_curve, "another kind")):
        path.write_bytes(content)
        with pytest.raises(KeyMissing, match=rf"{path.name}: .*{why}"):
            load_lock(tmp_path, POLL, "A")
    (tmp_path / "receipts.key").write_bytes(other_curve)
    with pytest.raises(KeyMissing, match=r"receipts\.key"):
        receipt_key(tmp_path)
