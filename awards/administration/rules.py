"""How long personal data are kept: the numbers that the privacy page tells and the scheduler keeps to."""

from calendar import monthrange
from datetime import datetime, timedelta

DRAFTS_KEPT = timedelta(days=30)
"""After the last change, and not before the deadline: somebody who was refused may want to copy the text."""

MAILS_KEPT = timedelta(days=90)
"""Mails of the installation itself, of no council."""

READINGS_KEPT = timedelta(days=365)


def mails_kept(months: int) -> timedelta:
    """How long a council keeps its mails: as long as its nominations, counted from when each was written."""
    return timedelta(days=31 * months)


def months_after(moment: datetime, months: int) -> datetime:
    """The same day and time so many months later; the month's last day where it has no such day."""
    month = moment.month - 1 + months
    year, month = moment.year + month // 12, month % 12 + 1
    return moment.replace(year=year, month=month, day=min(moment.day, monthrange(year, month)[1]))
