"""What tests are built from. The fixed cast and its rooms come from here."""

from datetime import UTC, datetime, timedelta


class FakeClock:
    """A clock that stands still until it is moved. It starts on 1 October 2026 at 09:00 UTC, 11:00 in Denmark."""

    def __init__(self, start: datetime = datetime(2026, 10, 1, 9, tzinfo=UTC)) -> None:
        self._now = start

    def now(self) -> datetime:
        return self._now

    def set(self, now: datetime) -> None:
        self._now = now.astimezone(UTC)

    def advance(self, by: timedelta) -> None:
        self._now += by
