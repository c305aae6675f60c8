"""Doubts about inhabilitet as the chair sees them."""

from dataclasses import dataclass
from uuid import UUID

from awards.ballots.queries import cases_of
from awards.ballots.recusals import DOUBT, RUNNING, SETTLED
from awards.ballots.tables import Recusal


@dataclass(frozen=True, slots=True)
class Doubt:
    """A member's doubt about one or more candidates of a prize.

    about: name of each candidate and what the member wrote. decision: empty until the council has decided.
    is_closed: the roll is made, nothing can be recorded any more.
    """

    prize: UUID
    slug: str
    prize_title: str
    member: UUID
    name: str
    about: list[tuple[str, str]]
    decision: str
    reason: str
    is_closed: bool


async def doubts_of(round_id: UUID, reader: UUID) -> list[Doubt]:
    """The doubts of the round's prizes, but neither the reader's own nor those of prizes the reader is out of."""
    cases = {case.prize.id: case for case in await cases_of(round_id, reader) if not case.is_out}
    if not cases:
        return []
    rows = await (
        Recusal.select(
            Recusal.prize,
            Recusal.member,
            Recusal.member.name.as_alias("name"),
            Recusal.candidate.name.as_alias("candidate_name"),
            Recusal.reason,
            Recusal.decision,
            Recusal.decision_reason,
        )
        .where(Recusal.prize.is_in(list(cases)), Recusal.answer == DOUBT, Recusal.member != reader)
        .order_by(Recusal.member.name)
    )
    found: dict[tuple[UUID, UUID], Doubt] = {}
    for row in rows:
        case = cases[row["prize"]]
        doubt = found.setdefault(
            (row["prize"], row["member"]),
            Doubt(
                prize=case.prize.id,
                slug=case.prize.slug,
                prize_title=case.prize.title,
                member=row["member"],
                name=row["name"],
                about=[],
                decision=row["decision"],
                reason=row["decision_reason"],
                is_closed=case.state in (*RUNNING, *SETTLED),
            ),
        )
        doubt.about.append((row["candidate_name"], row["reason"]))
    return list(found.values())
