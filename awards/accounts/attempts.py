"""How often something may be tried: buckets in the database, shared by all processes."""

from datetime import datetime, timedelta
from hashlib import sha256

from awards.accounts.tables import Attempts
from awards.db import fetch
from awards.errors import TooMany


async def take(key: str, *, limit: int, per: timedelta, now: datetime) -> None:
    """Count one attempt in the bucket `key`, of which `limit` are allowed in `per`. One statement, its own transaction:
    attempts that race are all counted. Raises TooMany with the seconds to wait."""
    counted = await fetch(
        "INSERT INTO attempts (key, n, until) VALUES ({}, 1, {}) ON CONFLICT (key) DO UPDATE SET "
        "n = CASE WHEN attempts.until <= {} THEN 1 ELSE attempts.n + 1 END, "
        "until = CASE WHEN attempts.until <= {} THEN excluded.until ELSE attempts.until END RETURNING n, until",
        key,
        now + per,
        now,
        now,
    )
    n, until = counted[0]["n"], counted[0]["until"]
    if n > limit:
        # SQLite gives the text back: RETURNING carries no column type.
        end = datetime.fromisoformat(until) if isinstance(until, str) else until
        raise TooMany(max(1, int((end - now).total_seconds())))


async def forget(key: str) -> None:
    """The attempts were the right person's: start afresh."""
    await Attempts.delete().where(Attempts.key == key)


async def forget_old(now: datetime) -> None:
    """Housekeeping: buckets that have run out."""
    await Attempts.delete().where(Attempts.until <= now)


def bucket(kind: str, *parts: object) -> str:
    """A key that names nobody: addresses and ids are hashed."""
    return f"{kind}:{sha256('|'.join(map(str, parts)).encode()).hexdigest()[:40]}"
