from datetime import timedelta

from awards.outbox.rules import ATTEMPTS, is_given_up, wait_after


def test_waits_grow_from_a_minute_to_six_hours() -> None:
    waits = [wait_after(attempts) for attempts in range(1, ATTEMPTS + 1)]
    assert waits[:3] == [timedelta(minutes=1), timedelta(minutes=3), timedelta(minutes=9)]
    assert waits == sorted(waits)
    assert waits[-1] == timedelta(hours=6)


def test_all_attempts_together_take_more_than_a_day() -> None:
    assert sum((wait_after(n) for n in range(1, ATTEMPTS)), timedelta()) > timedelta(days=1)


def test_a_permanent_refusal_is_not_tried_again() -> None:
    assert is_given_up(1, permanent=True)
    assert not is_given_up(1, permanent=False)
    assert is_given_up(ATTEMPTS, permanent=False)
