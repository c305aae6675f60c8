"""How long personal data are kept. Values in, values out."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import datetime, timedelta

DRAFTS_KEPT = timedelta(days=60)
LINKS_KEPT = timedelta(days=30)
MAILS_KEPT = timedelta(days=90)
ACCESSES_KEPT = timedelta(days=180)


def months_after(moment: datetime, months: int) -> datetime:
    """The same day and time so many months later; the month's last day where it has no such day."""
    month = moment.month - 1 + months
    year, month = moment.year + month // 12, month % 12 + 1
    return moment.replace(year=year, month=month, day=min(moment.day, monthrange(year, month)[1]))


def erase_at(timetable: Iterable[datetime | None], months: int) -> datetime | None:
    """When a round's nominations are erased: `months` after the last moment of its timetable, or None without one."""
    known = [moment for moment in timetable if moment is not None]
    return months_after(max(known), months) if known else None
