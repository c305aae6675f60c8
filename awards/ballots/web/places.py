"""Where a request around a vote stands: a round, or one prize of it, as the person who asks meets it."""

from dataclasses import dataclass

from litestar.di import NamedDependency, Provide
from litestar.params import FromPath

from awards.ballots.queries import PrizeCase, case_of, cases_of
from awards.councils.standing import Standing
from awards.errors import NotFound
from awards.rounds.places import InRound


@dataclass(frozen=True, slots=True)
class AtRound(InRound):
    """A round in which there are votes."""

    async def cases(self) -> list[PrizeCase]:
        """The prizes of the round as the person meets them."""
        return await cases_of(self.round.id, self.standing.actor.id)


@dataclass(frozen=True, slots=True)
class AtPrize(AtRound):
    """A prize of the round. `path`: its path, without a slash at the end."""

    slug: str

    @property
    def path(self) -> str:
        return f"{self.here}/{self.slug}"

    async def case(self, *roles: str) -> PrizeCase:
        """The prize, for any of `roles`, and for those recused from it too. Raises NotFound for others."""
        self.standing.require(*roles)
        return await case_of(self.round.id, self.slug, self.standing.actor.id)

    async def own_case(self, *roles: str) -> PrizeCase:
        """The prize, for any of `roles`. Raises NotFound for others and, in every role, for whoever is recused."""
        case = await self.case(*roles)
        if case.is_out:
            raise NotFound
        return case


async def at_round(standing: NamedDependency[Standing], year: FromPath[int]) -> AtRound:
    return await AtRound.of(standing, year)


async def at_prize(standing: NamedDependency[Standing], year: FromPath[int], prize: FromPath[str]) -> AtPrize:
    return AtPrize(standing, (await at_round(standing, year)).round, prize)


# Of every path below `/{council:str}/{year:int}`; a handler asks for the one that its path has.
PLACES = {"at_round": Provide(at_round), "at": Provide(at_prize)}
