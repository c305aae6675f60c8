"""Where a request stands: in a round; and in its set-up, at the round or one prize of it, as the secretary alone."""

from dataclasses import dataclass
from typing import Self

from litestar.di import NamedDependency, Provide
from litestar.params import FromPath

from awards.councils.standing import Standing
from awards.rounds.queries import prize_of, round_of
from awards.rounds.rules import is_frozen
from awards.rounds.tables import Prize, Round


@dataclass(frozen=True, slots=True)
class InRound:
    """A round of the council, and what the person who asks is there. `here`: its path, without a slash at the end."""

    standing: Standing
    round: Round

    @classmethod
    async def of(cls, standing: Standing, year: int) -> Self:
        """Raises NotFound when the council has no round of that year."""
        return cls(standing, await round_of(standing.council.id, year))

    @property
    def here(self) -> str:
        return f"/{self.standing.council.slug}/{self.round.year}"


@dataclass(frozen=True, slots=True)
class AtRound(InRound):
    """A round in the set-up. `here`: its path there, without a slash at the end."""

    @property
    def here(self) -> str:
        return f"/{self.standing.council.slug}/opsaetning/runder/{self.round.year}"

    @property
    def is_frozen(self) -> bool:
        """Whether the round has opened, so that its terms stand."""
        return is_frozen(self.round)

    async def read_again(self) -> "AtRound":
        """As it is now, after somebody else may have changed it. Raises NotFound."""
        return await at_round(self.standing, self.round.year)


@dataclass(frozen=True, slots=True)
class AtPrize(AtRound):
    """A prize of the round. `path`: its path in the set-up, without a slash at the end."""

    prize: Prize

    @property
    def path(self) -> str:
        return f"{self.here}/priser/{self.prize.slug}"

    async def read_again(self) -> "AtPrize":
        return await at_prize(self.standing, self.round.year, self.prize.slug)


async def at_round(standing: NamedDependency[Standing], year: FromPath[int]) -> AtRound:
    """Raises NotFound for everybody but the secretary."""
    standing.require("secretary")
    return await AtRound.of(standing, year)


async def at_prize(standing: NamedDependency[Standing], year: FromPath[int], prize: FromPath[str]) -> AtPrize:
    """Raises NotFound for everybody but the secretary."""
    round = (await at_round(standing, year)).round
    return AtPrize(standing, round, await prize_of(round.id, prize))


# Of every path below `/{council:str}/opsaetning/runder/{year:int}`; a handler asks for the one that its path has.
PLACES = {"at_round": Provide(at_round), "at": Provide(at_prize)}
