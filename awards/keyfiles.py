"""Secrets as files: made once, whole and durable, also when several processes start at the same time."""

import contextlib
import hashlib
import os
import secrets
from collections.abc import Callable
from pathlib import Path


def obtain(path: Path, make: Callable[[], bytes] = lambda: secrets.token_bytes(32)) -> bytes:
    """The content of `path`; the first caller makes it (mode 0600, fsynced), the others read what the first made."""
    with contextlib.suppress(FileNotFoundError):
        return path.read_bytes()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(make())
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)  # atomic, and refuses to replace another process's file
    finally:
        draft.unlink()
    fsync_directory(path.parent)
    return path.read_bytes()


def numbered(directory: Path, name: str) -> list[bytes]:
    """The secrets `<name>-1.key`, `<name>-2.key` …, newest first: the newest signs, all verify."""
    obtain(directory / f"{name}-1.key")
    paths = sorted(directory.glob(f"{name}-*.key"), key=lambda path: int(path.stem.rpartition("-")[2]), reverse=True)
    return [path.read_bytes() for path in paths]


def fingerprint(directory: Path) -> str:
    """Names the key directory in the database, so that a host with another one refuses to start."""
    return hashlib.sha256(b"awards key directory\0" + obtain(directory / "identity.key")).hexdigest()


def fsync_directory(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
