"""Where a request of the screening stands: a round, or one nomination of it. Only the secretary gets there."""

from dataclasses import dataclass

from litestar.di import NamedDependency, Provide
from litestar.params import FromPath

from awards.councils.standing import Standing
from awards.rounds.places import InRound
from awards.screening.queries import Case, case_of


@dataclass(frozen=True, slots=True)
class AtRound(InRound):
    """`inbox`: the path of its nominations, `shortlist`: of its candidates."""

    @property
    def inbox(self) -> str:
        return f"{self.here}/indstillinger"

    @property
    def shortlist(self) -> str:
        return f"{self.here}/nominerede"


@dataclass(frozen=True, slots=True)
class AtNomination(AtRound):
    """A nomination of the round. `path`: its path."""

    case: Case

    @property
    def path(self) -> str:
        return f"{self.inbox}/{self.case.nomination.reference}"

    async def again(self) -> "AtNomination":
        """As the case stands now."""
        return AtNomination(self.standing, self.round, await case_of(self.round.id, self.case.nomination.reference))


async def at_round(standing: NamedDependency[Standing], year: FromPath[int]) -> AtRound:
    """Raises NotFound for everybody but the secretary."""
    standing.require("secretary")
    return await AtRound.of(standing, year)


async def at_nomination(
    standing: NamedDependency[Standing], year: FromPath[int], reference: FromPath[str]
) -> AtNomination:
    """Raises NotFound for everybody but the secretary."""
    round = (await at_round(standing, year)).round
    return AtNomination(standing, round, await case_of(round.id, reference))


# Of every path below `/{council:str}/{year:int}`; a handler asks for the one that its path has.
PLACES = {"at_round": Provide(at_round), "at": Provide(at_nomination)}
