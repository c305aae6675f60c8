"""Whether the council could decide: how many of its members had to vote in a poll."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from awards.ballots.casting import manifest_of
from awards.ballots.recusals import recused_from
from awards.ballots.tables import Poll
from awards.councils.queries import members_on
from awards.counting.procedure import QuorumRule, quorum_needed
from awards.errors import NotFound
from awards.web.formats import local


@dataclass(frozen=True, slots=True)
class Quorum:
    """base: seats filled on the last day of the vote, without those recused. needed: ballots in the box."""

    base: int
    needed: int


async def quorum_of(poll: Poll, council: UUID) -> Quorum:
    """The same whenever it is asked, however late the votes are counted. Raises NotFound for a poll without a close."""
    if poll.closes_at is None:
        raise NotFound
    # The close is an exclusive instant: a vote that ends at midnight belongs to the day before.
    last_day = local(poll.closes_at - timedelta(microseconds=1)).date()
    out = (await recused_from([poll.prize]))[poll.prize]
    base = sum(member.id not in out for member in await members_on(council, last_day))
    manifest = manifest_of(poll)
    rule = QuorumRule(manifest.quorum_rule, manifest.quorum_number)  # type: ignore[arg-type]
    return Quorum(base, quorum_needed(base, rule))
