"""In which capacities somebody acts for a prize today."""

from datetime import date

from awards.ballots.queries import PrizeCase
from awards.clock import Clock
from awards.councils.standing import Standing
from awards.counting.offices import CAPACITIES, acting
from awards.web.formats import local


async def capacities_of(standing: Standing, case: PrizeCase, day: date) -> list[str]:
    """The capacities (`chair`, `secretary`) in which the actor acts for this prize today."""
    return [
        capacity
        for capacity in CAPACITIES
        if await acting(standing.council.id, case.prize.id, capacity, day) == standing.actor.id
    ]


def today(clock: Clock) -> date:
    return local(clock.now()).date()
