"""What was counted and decided of a poll, with names instead of the short ids of the ballot."""

from dataclasses import dataclass
from uuid import UUID

from awards.accounts.tables import Person
from awards.ballots.casting import manifest_of
from awards.ballots.manifest import Entry, Manifest
from awards.ballots.tables import Poll
from awards.counting.closing import result_of
from awards.counting.result import Result
from awards.counting.tables import Approval, ChairDecision


@dataclass(frozen=True, slots=True)
class Outcome:
    """A counted poll. `decision` is the chair's of a tie, `decided_by` who made it; both None without one."""

    poll: Poll
    manifest: Manifest
    result: Result
    decision: ChairDecision | None
    decided_by: Person | None

    @property
    def winners(self) -> list[Entry]:
        """Who has the prize, by the ballots or by the chair's decision; empty while a tie waits."""
        if self.decision is not None:
            return [entry for entry in self.manifest.entries if entry.candidate == self.decision.choice]
        return [entry for entry in self.manifest.entries if entry.id in self.result.winners]

    @property
    def counted(self) -> list[Entry]:
        """Those who stood when it was counted, without whoever withdrew since the ballots were cast."""
        standing = self.result.scores if self.result.scores is not None else self.result.pairwise or {}
        return [entry for entry in self.manifest.entries if entry.id in standing]

    @property
    def tied(self) -> list[Entry]:
        return [entry for entry in self.manifest.entries if entry.id in self.result.tied]


async def outcome_of(poll: Poll) -> Outcome:
    """Raises RuleBroken before the poll is counted."""
    result = await result_of(poll.id)
    decision = await ChairDecision.objects().get(ChairDecision.poll == poll.id)
    decided_by = await Person.objects().get(Person.id == decision.person) if decision else None
    return Outcome(poll, manifest_of(poll), result, decision, decided_by)


async def approvals_of(poll: UUID) -> dict[str, tuple[Approval, str]]:
    """By capacity, the newest word of chair and secretary, with the person's name."""
    given = await Approval.objects().where(Approval.poll == poll)
    ids = [row.person for row in given]
    names = {row.id: row.name for row in await Person.objects().where(Person.id.is_in(ids))} if ids else {}
    return {row.capacity: (row, names[row.person]) for row in given}
