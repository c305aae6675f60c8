"""Two tabs, one row: a form carries the version of the row that it shows, and an old one overwrites nothing."""

from hashlib import sha256

from piccolo.table import Table

from awards.errors import Stale


def version(row: Table) -> str:
    """A short code of everything in `row`; another value anywhere gives another code."""
    columns = [column._meta.name for column in row._meta.columns]
    return sha256(repr([(name, str(getattr(row, name))) for name in columns]).encode()).hexdigest()[:16]


def require_version(row: Table, seen: str) -> None:
    """Raises Stale unless `seen` is the version of `row`, which the transaction has locked."""
    if seen != version(row):
        raise Stale("Somebody else has changed this meanwhile.")
