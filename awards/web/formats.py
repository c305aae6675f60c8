"""Dates, times and money as people write them; local time is Europe/Copenhagen."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal

from awards.web.i18n import _, language, ngettext

LOCAL = ZoneInfo("Europe/Copenhagen")


class NoSuchLocalTime(ValueError):
    """The clocks go forward over this local time, or back, so that it comes twice."""


def to_utc(day: date, at: time) -> datetime:
    """A local day and time as an instant. Raises NoSuchLocalTime when it does not exist or comes twice."""
    first = datetime.combine(day, at, LOCAL)
    second = first.replace(fold=1)
    if first.utcoffset() != second.utcoffset():
        raise NoSuchLocalTime(first.isoformat())
    return first.astimezone(UTC)


def local(moment: datetime) -> datetime:
    return moment.astimezone(LOCAL)


def end_of_day(day: date) -> datetime:
    """A date alone as a deadline ends at the next midnight (exclusive)."""
    return to_utc(day + timedelta(days=1), time(0))


def show_date(day: date | datetime) -> str:
    """`22. november 2026`."""
    if isinstance(day, datetime):
        day = local(day).date()
    return format_date(day, "d MMMM y" if language() == "en" else "long", locale=language())


def show_day(day: date | datetime) -> str:
    """`søndag den 22. november 2026`."""
    if isinstance(day, datetime):
        day = local(day).date()
    weekday = format_date(day, "EEEE", locale=language())
    return _("%(weekday)s %(date)s", weekday=weekday, date=show_date(day))


def show_time(moment: datetime | time) -> str:
    """`kl. 23.59`."""
    at = local(moment).time() if isinstance(moment, datetime) else moment
    clock = at.strftime("%H.%M") if language() == "da" else at.strftime("%H:%M")
    return _("at %(time)s", time=clock)


def show_datetime(moment: datetime) -> str:
    """`22. november 2026 kl. 12.00`."""
    return f"{show_date(moment)} {show_time(moment)}"


def show_deadline(moment: datetime) -> str:
    """An exclusive deadline as the last moment in time: midnight is shown as 23.59 of the day before."""
    if local(moment).time() == time(0):
        moment -= timedelta(minutes=1)
    return f"{show_day(moment)} {show_time(moment)}"


def days_left(deadline: datetime, now: datetime) -> int:
    """Whole local days from today to the deadline's last day; 0 on the last day."""
    return (local(deadline - timedelta(microseconds=1)).date() - local(now).date()).days


def show_days_left(deadline: datetime, now: datetime) -> str:
    """`Der er 3 dage tilbage.`, `I dag er sidste dag – senest kl. 12.00.`, or that it has passed."""
    if now >= deadline:
        return _("The deadline has passed.")
    days = days_left(deadline, now)
    if days == 0:
        last = deadline if local(deadline).time() != time(0) else deadline - timedelta(minutes=1)
        return _("Today is the last day – no later than %(time)s.", time=show_time(last))
    return ngettext("There is %(n)s day left.", "There are %(n)s days left.", days) % {"n": days}


def show_money(ore: int) -> str:
    """`10.000 kr.`; øre are shown only when there are any."""
    kroner, rest = divmod(ore, 100)
    number = format_decimal(kroner, locale=language())
    if rest:
        number += ("," if language() == "da" else ".") + f"{rest:02}"
    return _("%(amount)s kr.", amount=number)


def show_number(number: int) -> str:
    return str(format_decimal(number, locale=language()))


def show_names(names: Iterable[str]) -> str:
    """`Ada, Bo og Cem`."""
    return format_list(list(names), locale=language())


def show_size(size: int) -> str:
    """A file's size, `820 kB` or `1,4 MB`; `size` is in bytes."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} kB"
    return f"{format_decimal(round(size / 1_000_000, 1), locale=language())} MB"
