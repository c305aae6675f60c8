"""How often something may be done, counted in this process's memory alone: a cast must leave no other trace."""

from datetime import datetime, timedelta
from uuid import UUID

from awards.errors import TooMany


class Pace:
    """`limit` times for each person in `per`, from the first time on."""

    def __init__(self, limit: int, per: timedelta) -> None:
        self._limit = limit
        self._per = per
        self._counts: dict[UUID, tuple[int, datetime]] = {}

    def take(self, person: UUID, now: datetime) -> None:
        """Count one time. Raises TooMany with the seconds to wait."""
        self._counts = {who: (n, until) for who, (n, until) in self._counts.items() if until > now}
        n, until = self._counts.get(person, (0, now + self._per))
        if n >= self._limit:
            raise TooMany(max(1, int((until - now).total_seconds())))
        self._counts[person] = (n + 1, until)


CASTS = Pace(20, timedelta(minutes=10))
