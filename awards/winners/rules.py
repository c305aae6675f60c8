"""When a winner may be seen, and how winners are named."""

from collections.abc import Sequence
from datetime import datetime


def is_public(published_at: datetime | None, embargo_until: datetime | None, now: datetime) -> bool:
    """Published, and not before the embargo ends."""
    return published_at is not None and (embargo_until is None or now >= embargo_until)


def public_from(now: datetime, embargo_until: datetime | None) -> datetime:
    """The moment from which what is published now can be seen."""
    return max(now, embargo_until) if embargo_until else now


def place_of(municipality: str) -> str:
    """`Køge Kommune` → `Køge`, as people speak of where they live."""
    return municipality.removesuffix(" Kommune").removesuffix(" kommune").strip()


def joined(names: Sequence[str], and_: str) -> str:
    """`Ada`, `Ada og Bo`, `Ada, Bo og Cem`."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {and_} {names[-1]}"
