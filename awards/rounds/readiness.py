"""What is missing before a round can open. Values in, values out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

# A timetable runs in this order; each moment comes after the one before.
ORDER = ("opens_at", "closes_at", "screening_ends_at", "voting_ends_at", "announce_at")


def order_faults(moments: dict[str, datetime | None]) -> dict[str, str]:
    """Moments out of order, each with the earlier one that it must come after. What is not set is left out."""
    faults: dict[str, str] = {}
    before: tuple[str, datetime] | None = None
    for name in ORDER:
        moment = moments.get(name)
        if moment is None:
            continue
        if before is not None and moment <= before[1]:
            faults[name] = before[0]
        else:
            before = (name, moment)
    starts, ends = moments.get("ceremony_at"), moments.get("ceremony_ends_at")
    if starts and ends and ends <= starts:
        faults["ceremony_ends_at"] = "ceremony_at"
    return faults


@dataclass(frozen=True, slots=True)
class PrizeFacts:
    """What readiness asks of one prize."""

    slug: str
    title: str
    kinds: int
    criteria: int
    required: int
    rule: str
    minimum: int


@dataclass(frozen=True, slots=True)
class Task:
    """One thing on the list: `done`, `missing` (it must be done before opening) or `later` (it can wait).

    key: council, people, about, timetable, ceremony, prizes or prize. `prize`: slug, with its `title`.
    why: what a missing one lacks; a key of `rounds.desk_words`.
    """

    key: str
    state: Literal["done", "missing", "later"]
    why: str = ""
    prize: str = ""
    title: str = ""


def tasks(
    *,
    council_is_complete: bool,
    has_chair: bool,
    has_introduction: bool,
    moments: dict[str, datetime | None],
    has_place: bool,
    prizes: Sequence[PrizeFacts],
    now: datetime,
) -> list[Task]:
    """Everything to do before opening, in the order in which a secretary would do it."""
    found = [
        Task("council", "done") if council_is_complete else Task("council", "missing", "council"),
        Task("people", "done") if has_chair else Task("people", "later", "people"),
        Task("about", "done") if has_introduction else Task("about", "missing", "about"),
        _timetable(moments, now),
        Task("ceremony", "done") if has_place and moments.get("ceremony_at") else Task("ceremony", "later", "ceremony"),
    ]
    if not prizes:
        found.append(Task("prizes", "missing", "prizes"))
    return found + [_prize(prize) for prize in prizes]


def may_open(found: Sequence[Task]) -> bool:
    return all(task.state != "missing" for task in found)


def _timetable(moments: dict[str, datetime | None], now: datetime) -> Task:
    if any(moments.get(name) is None for name in ORDER):
        return Task("timetable", "missing", "timetable")
    if order_faults(moments):
        return Task("timetable", "missing", "order")
    closes = moments["closes_at"]
    if closes is not None and closes <= now:
        return Task("timetable", "missing", "past")
    return Task("timetable", "done")


def _prize(prize: PrizeFacts) -> Task:
    why = ""
    if not prize.kinds:
        why = "kinds"
    elif not prize.criteria:
        why = "criteria"
    elif prize.rule == "at_least" and prize.minimum > prize.criteria - prize.required:
        why = "minimum"
    return Task("prize", "missing" if why else "done", why, prize.slug, prize.title)
