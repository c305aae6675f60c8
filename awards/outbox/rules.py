"""When a mail is tried again, and when it is given up."""

from datetime import timedelta

ATTEMPTS = 10
"""After so many failures a mail is dead; with the waits between them that is more than a day."""

LEASE = timedelta(minutes=5)
"""A worker that has taken a mail and not come back by then is believed dead. Longer than any sending takes."""

_LONGEST = timedelta(hours=6)


def wait_after(attempts: int) -> timedelta:
    """How long to wait after the given number of failed attempts: 1 minute, 3, 9, … at most 6 hours."""
    return min(timedelta(minutes=3 ** min(attempts - 1, 6)), _LONGEST)


def is_given_up(attempts: int, *, permanent: bool) -> bool:
    """Whether a mail that failed for the `attempts`-th time is dead. A permanent refusal is not tried again."""
    return permanent or attempts >= ATTEMPTS
