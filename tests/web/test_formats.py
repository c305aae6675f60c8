"""Dates, times and money as people write them."""

from datetime import UTC, datetime

from awards.web.formats import show_date, show_day, show_days_left, show_deadline, show_money, show_time
from awards.web.i18n import speaking

NOON = datetime(2026, 11, 4, 11, tzinfo=UTC)
MIDNIGHT = datetime(2026, 11, 22, 23, tzinfo=UTC)


def test_danish_dates_name_the_weekday_in_full() -> None:
    assert show_day(NOON) == "onsdag den 4. november 2026"


def test_english_dates() -> None:
    with speaking("en"):
        assert show_day(NOON) == "Wednesday 4 November 2026"
        assert show_time(NOON) == "at 12:00"


def test_a_deadline_at_midnight_is_the_day_before_at_2359() -> None:
    assert show_deadline(MIDNIGHT) == "søndag den 22. november 2026 kl. 23.59"


def test_a_deadline_with_a_time_is_shown_as_it_is() -> None:
    assert show_deadline(NOON) == "onsdag den 4. november 2026 kl. 12.00"


def test_days_left_are_counted_in_danish_days() -> None:
    assert show_days_left(NOON, datetime(2026, 11, 3, 23, 30, tzinfo=UTC)) == "I dag er sidste dag – senest kl. 12.00."
    assert show_days_left(NOON, datetime(2026, 11, 3, 12, tzinfo=UTC)) == "Der er 1 dag tilbage."
    assert show_days_left(MIDNIGHT, datetime(2026, 11, 22, 8, tzinfo=UTC)) == "I dag er sidste dag – senest kl. 23.59."
    assert show_days_left(NOON, NOON) == "Fristen er udløbet."


def test_money_is_written_the_danish_way() -> None:
    assert show_money(1_000_000) == "10.000 kr."
    assert show_money(123_450) == "1.234,50 kr."


def test_dates_alone() -> None:
    assert show_date(NOON.date()) == "4. november 2026"
