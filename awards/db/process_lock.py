"""One `serve` for a SQLite file: two would each believe to be the only writer and scheduler."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from awards.settings import Settings


class AlreadyServing(Exception):
    """Another process serves this database; the message says what to do."""


@contextmanager
def hold_serve_lock(settings: Settings) -> Iterator[None]:
    """Hold the right to serve while the block runs. Raises AlreadyServing when another process holds it.

    With PostgreSQL any number may serve, and nothing is held. The operating system lets go when the process ends,
    however it ends.
    """
    if settings.database_url:
        yield
        return
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    path = settings.data_dir / "serve.lock"
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise AlreadyServing(
                f"Another process already serves {settings.sqlite_path} (it holds {path}). "
                "Stop it first, or use PostgreSQL (DATABASE_URL) to run several."
            ) from error
        yield
    finally:
        os.close(descriptor)
