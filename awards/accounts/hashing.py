"""Slow hashing of passwords and card codes: argon2id, in threads of its own, never more at once than there are cores.

Twenty log-ins at once would otherwise take the machine's memory and every other request's time.
"""

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from awards.errors import Busy

T = TypeVar("T")

CORES = os.cpu_count() or 1
WAITING = 16 * CORES  # about a second of queue
_ARGON2 = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)  # OWASP's minimum, 20 MB and 40 ms

_threads = ThreadPoolExecutor(CORES, thread_name_prefix="argon2")
_queued = 0


async def hash_secret(secret: str) -> str:
    """The hash to store. Raises Busy when too many wait. Never inside a transaction."""
    return await _in_turn(lambda: _ARGON2.hash(secret))


async def verify_secret(stored: str | None, secret: str) -> bool:
    """Whether `secret` is what `stored` was made of. With nothing stored it costs the same and is False: how long an
    answer takes must not tell who has an account. Raises Busy when too many wait. Never inside a transaction."""
    matches = await _in_turn(lambda: _matches(stored or _decoy(), secret))
    return matches and bool(stored)


def _matches(stored: str, secret: str) -> bool:
    try:
        return _ARGON2.verify(stored, secret)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _decoy() -> str:
    return _ARGON2.hash("nobody's")


async def _in_turn(work: Callable[[], T]) -> T:
    global _queued
    if _queued >= WAITING:
        raise Busy(2)
    _queued += 1
    try:
        return await asyncio.get_running_loop().run_in_executor(_threads, work)
    finally:
        _queued -= 1
