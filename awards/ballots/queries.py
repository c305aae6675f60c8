"""What the pages around a vote read. Everything is loaded as one person may see it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from awards.accounts.tables import Person
from awards.ballots.recusals import HABILE, RECUSED, RUNNING, SETTLED, answered, recused_from
from awards.ballots.tables import Elector, Poll, Recusal
from awards.errors import NotFound
from awards.names import normalise
from awards.rounds.queries import prizes_of
from awards.rounds.tables import Prize
from awards.screening.rules import ACCEPTED
from awards.screening.tables import Candidate, Placement, Shortlist


@dataclass(frozen=True, slots=True)
class PrizeCase:
    """A prize around its vote, as one person meets it.

    poll: the newest. earlier: those before it that were opened, the oldest first. is_confirmed: its candidates are.
    has_answered: the person has, about inhabilitet. is_out: the person takes no part in this prize, in any role.
    """

    prize: Prize
    poll: Poll | None
    earlier: tuple[Poll, ...]
    is_confirmed: bool
    has_answered: bool
    is_out: bool

    @property
    def state(self) -> str:
        return self.poll.state if self.poll else ""

    @property
    def opened(self) -> tuple[Poll, ...]:
        """All that were opened, the oldest first."""
        return (*self.earlier, self.poll) if self.poll and self.poll.opens_at else self.earlier

    @property
    def before(self) -> Poll | None:
        """The vote without a result that the newest one, or the one to come, follows."""
        if self.state == "void":
            return self.opened[-1] if self.opened else None
        return self.earlier[-1] if self.earlier else None


async def cases_of(round_id: UUID, person: UUID) -> list[PrizeCase]:
    """The round's prizes in their order, without those that are not awarded; five queries."""
    prizes = [prize for prize in await prizes_of(round_id) if prize.outcome != "not_awarded"]
    ids = [prize.id for prize in prizes]
    if not ids:
        return []
    confirmed = {row["prize"] for row in await Shortlist.select(Shortlist.prize).where(Shortlist.prize.is_in(ids))}
    polls: dict[UUID, list[Poll]] = {id: [] for id in ids}
    for poll in await Poll.objects().where(Poll.prize.is_in(ids)).order_by(Poll.created_at):
        polls[poll.prize].append(poll)
    out, done = await recused_from(ids), await answered(ids)
    return [
        PrizeCase(
            prize=prize,
            poll=polls[prize.id][-1] if polls[prize.id] else None,
            earlier=tuple(poll for poll in polls[prize.id][:-1] if poll.opens_at),
            is_confirmed=prize.id in confirmed,
            has_answered=person in done[prize.id],
            is_out=person in out[prize.id],
        )
        for prize in prizes
    ]


async def case_of(round_id: UUID, slug: str, person: UUID) -> PrizeCase:
    """One prize of the round. Raises NotFound."""
    for case in await cases_of(round_id, person):
        if case.prize.slug == slug:
            return case
    raise NotFound


@dataclass(frozen=True, slots=True)
class Line:
    """One candidate on the page about inhabilitet, with what the person has answered.

    is_own: the person nominated this candidate. is_fixed: the answer can no longer be changed.
    only_recused: the council found the person habile; stepping back is still possible.
    """

    candidate: UUID
    name: str
    nominators: list[str]
    is_own: bool
    answer: str
    reason: str
    decision: str
    is_fixed: bool

    @property
    def only_recused(self) -> bool:
        return self.decision == HABILE and not self.is_fixed


@dataclass(frozen=True, slots=True)
class Question:
    """The question about one prize: its candidates, and whether anything can still be answered."""

    case: PrizeCase
    lines: list[Line]


async def questions_for(cases: list[PrizeCase], person: Person) -> list[Question]:
    """The question of inhabilitet about each prize whose candidates are confirmed; three queries."""
    asked = [case for case in cases if case.is_confirmed]
    ids = [case.prize.id for case in asked]
    if not ids:
        return []
    candidates = await (
        Candidate.select(Candidate.id, Candidate.prize, Candidate.name)
        .where(Candidate.prize.is_in(ids), Candidate.state == "shortlisted")
        .order_by(Candidate.name, Candidate.id)
    )
    nominations = await nominations_of(ids)
    answers = {row.candidate: row for row in await Recusal.objects().where(Recusal.member == person.id)}
    return [
        Question(
            case,
            [
                _line(row, nominations.get(row["id"], []), answers.get(row["id"]), case, person)
                for row in candidates
                if row["prize"] == case.prize.id
            ],
        )
        for case in asked
    ]


def _line(
    candidate: dict[str, Any], nominations: list[dict[str, Any]], given: Recusal | None, case: PrizeCase, person: Person
) -> Line:
    decision = given.decision if given else ""
    return Line(
        candidate=candidate["id"],
        name=candidate["name"],
        nominators=list(dict.fromkeys(row["nominator"] for row in nominations)),
        is_own=any(is_by(row, person) for row in nominations),
        answer=given.answer if given else "",
        reason=given.reason if given else "",
        decision=decision,
        is_fixed=decision == RECUSED or case.state in SETTLED or (case.state in RUNNING and case.is_out),
    )


def is_by(nomination: dict[str, Any], person: Person) -> bool:
    """Whether the person seems to have written the nomination: the same address, or the same name."""
    return nomination["email"].lower() == person.email or normalise(nomination["nominator"]) == normalise(person.name)


async def nominations_of(prizes: list[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    """Per candidate of these prizes, who nominated: `nominator` and `email` of each accepted nomination."""
    found: dict[UUID, list[dict[str, Any]]] = {}
    for row in await (
        Placement.select(
            Placement.candidate,
            Placement.nomination.nominator.as_alias("nominator"),
            Placement.nomination.email.as_alias("email"),
        )
        .where(Placement.candidate.prize.is_in(prizes), Placement.nomination.state == ACCEPTED)
        .order_by(Placement.nomination.received_at)
    ):
        found.setdefault(row["candidate"], []).append(row)
    return found


async def electors_of(poll_id: UUID) -> list[Person]:
    """Everybody on the roll, by name; nobody when all have stepped back."""
    roll = await Elector.select(Elector.member).where(Elector.poll == poll_id).output(as_list=True)
    return await Person.objects().where(Person.id.is_in(roll)).order_by(Person.name, Person.id) if roll else []
