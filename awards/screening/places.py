"""Where a request of the screening stands: a round, or one nomination of it. Only the secretary gets there."""

from dataclasses import dataclass
from uuid import UUID

from litestar.di import NamedDependency, Provide
from litestar.params import FromPath

from awards.councils.standing import Standing
from awards.rounds.places import InRound
from awards.rounds.tables import Round
from awards.screening.panel import Panel, panel_of
from awards.screening.queries import Case, case_of
from awards.web.pages import Request


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
    """A nomination of the round. `path`: its path; `panel`: its two assessors, as `viewer` may see them, if the round
    asks for two."""

    case: Case
    panel: Panel | None
    viewer: UUID | None

    @property
    def path(self) -> str:
        return f"{self.inbox}/{self.case.nomination.reference}"

    async def again(self) -> "AtNomination":
        """As the case stands now."""
        return await load(self.standing, self.round, self.case.nomination.reference, self.viewer)


async def load(standing: Standing, round: Round, reference: str, viewer: UUID | None) -> AtNomination:
    """Raises NotFound."""
    case = await case_of(round.id, reference)
    criteria = [row["id"] for row in case.criteria]
    panel = await panel_of(case.nomination.id, criteria, viewer) if round.assessors > 1 else None
    return AtNomination(standing, round, case, panel, viewer)


async def at_round(standing: NamedDependency[Standing], year: FromPath[int]) -> AtRound:
    """Raises NotFound for everybody but the secretary."""
    standing.require("secretary")
    return await AtRound.of(standing, year)


async def at_nomination(
    request: Request, standing: NamedDependency[Standing], year: FromPath[int], reference: FromPath[str]
) -> AtNomination:
    """Raises NotFound for everybody but the secretary."""
    round = (await at_round(standing, year)).round
    return await load(standing, round, reference, request.actor.person_id)


# Of every path below `/{council:str}/{year:int}`; a handler asks for the one that its path has.
PLACES = {"at_round": Provide(at_round), "at": Provide(at_nomination)}
