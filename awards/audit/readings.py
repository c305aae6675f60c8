"""Who read what about whom: for whoever asks who has seen what was written about them (GDPR articles 5(2) and 15).

Kept for a year, and gone with what it is about. It tells who opened a page, never what anybody voted.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from awards.audit.tables import AccessLog
from awards.db import fetch, insert, places
from awards.web.formats import local
from awards.web.identity import Actor

AGAIN_AFTER = timedelta(hours=1)
"""Whoever turns the pages back and forth has read once."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Somebody read about a subject on a day. what: the page, as `note_reading` was told."""

    on: date
    name: str
    what: str


async def note_reading(what: str, about: Iterable[UUID], *, by: Actor, at: datetime) -> None:
    """Note that `by` opened a page that tells about these nominations."""
    ids = list(about)
    if not ids:
        return
    known = await fetch(
        "SELECT subject FROM access_log WHERE person = {} AND what = {} AND at > {} "  # noqa: S608
        f"AND subject IN ({places(ids)})",
        by.id,
        what,
        at - AGAIN_AFTER,
        *ids,
    )
    new = set(ids) - {row["subject"] for row in known}
    if new:
        await insert(*(AccessLog(id=uuid4(), at=at, person=by.id, what=what, subject=id) for id in sorted(new)))


async def readings_of(subject: UUID) -> list[Reading]:
    """Who has read about the subject on which day, newest first; each once a day. Empty name: the person is erased."""
    rows = await fetch(
        "SELECT a.at, a.what, p.name FROM access_log a LEFT JOIN person p ON p.id = a.person "
        "WHERE a.subject = {} ORDER BY a.at DESC",
        subject,
    )
    return list(dict.fromkeys(Reading(local(row["at"]).date(), row["name"] or "", row["what"]) for row in rows))
