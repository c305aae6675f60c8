"""Acts that begin at the same moment, as two tabs, two people or two processes send them."""

import asyncio
from collections.abc import Awaitable
from datetime import datetime, timedelta

from awards.errors import NotFound, RuleBroken

MOMENT = timedelta(microseconds=1)


async def at_once(*acts: Awaitable[object]) -> list[object]:
    """Run all of them at once. What each gave, in order: its value, or the refusal in words that it ended in.

    Any other error is a failure of the test.
    """
    outcomes = await asyncio.gather(*acts, return_exceptions=True)
    for outcome in outcomes:
        if isinstance(outcome, BaseException) and not isinstance(outcome, (RuleBroken, NotFound)):
            raise outcome
    return list(outcomes)


class RunsOut:
    """A clock that reaches `deadline` while acts are under way: `readings` of it are a moment before, all later ones
    are exactly then."""

    def __init__(self, deadline: datetime, readings: int) -> None:
        self._deadline = deadline
        self._left = readings

    def now(self) -> datetime:
        self._left -= 1
        return self._deadline - MOMENT if self._left >= 0 else self._deadline
