"""The story's clock and calendar."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from awards.councils.tables import Council
from awards.rounds.tables import Round
from awards.settings import Settings
from awards.web.formats import LOCAL, to_utc


class StoryClock:
    """Stands where the story is. It never overtakes the real time at which the story is told."""

    def __init__(self, told_at: datetime) -> None:
        self._told_at = told_at
        self._now = told_at

    def now(self) -> datetime:
        return self._now

    def move_to(self, moment: datetime) -> None:
        self._now = min(moment.astimezone(UTC), self._told_at)


@dataclass(frozen=True, slots=True)
class Calendar:
    """When everything happens in the demonstration's round."""

    opens_at: datetime
    closes_at: datetime
    screening_ends_at: datetime
    voting_ends_at: datetime
    ceremony_at: datetime
    ceremony_ends_at: datetime
    announce_at: datetime

    @property
    def year(self) -> int:
        return self.opens_at.astimezone(LOCAL).year

    @classmethod
    def around(cls, told_at: datetime, days_to_deadline: int) -> "Calendar":
        """The calendar whose deadline for nominations is so many days from now; negative when it has passed."""
        deadline = told_at.astimezone(LOCAL).date() + timedelta(days=days_to_deadline)
        ceremony = deadline + timedelta(days=24)
        return cls(
            opens_at=_at(deadline - timedelta(days=62), 8),
            closes_at=_at(deadline, 12),
            screening_ends_at=_at(deadline + timedelta(days=9), 12),
            voting_ends_at=_at(deadline + timedelta(days=17), 12),
            ceremony_at=_at(ceremony, 17),
            ceremony_ends_at=_at(ceremony, 19, 30),
            announce_at=_at(ceremony, 18),
        )


@dataclass(frozen=True, slots=True)
class Story:
    """What every step of the story works with."""

    clock: StoryClock
    calendar: Calendar
    settings: Settings
    council: Council
    round: Round


def _at(day: date, hour: int, minute: int = 0) -> datetime:
    return to_utc(day, time(hour, minute))
