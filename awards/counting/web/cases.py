"""Loading what the pages after a count show, through who may see it."""

from datetime import date

from awards.ballots.queries import PrizeCase, case_of
from awards.clock import Clock
from awards.councils.standing import Standing
from awards.counting.offices import CAPACITIES, acting
from awards.errors import NotFound
from awards.rounds.queries import round_of
from awards.rounds.tables import Round
from awards.web.formats import local


async def case_for(standing: Standing, year: int, slug: str, *roles: str) -> tuple[Round, PrizeCase]:
    """The prize, for any of `roles`. Raises NotFound for others and, in every role, for whoever is recused from it."""
    standing.require(*roles)
    round = await round_of(standing.council.id, year)
    case = await case_of(round.id, slug, standing.actor.id)
    if case.is_out:
        raise NotFound
    return round, case


async def capacities_of(standing: Standing, case: PrizeCase, day: date) -> list[str]:
    """The capacities (`chair`, `secretary`) in which the actor acts for this prize today."""
    return [
        capacity
        for capacity in CAPACITIES
        if await acting(standing.council.id, case.prize.id, capacity, day) == standing.actor.id
    ]


def today(clock: Clock) -> date:
    return local(clock.now()).date()
