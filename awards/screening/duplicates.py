"""Which nominations of a round may be about the same candidate, in one query whatever the number."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from awards.db import fetch
from awards.screening import rules


@dataclass(frozen=True, slots=True)
class Lookalike:
    """A nomination that may be about the same candidate. candidate: the dossier in which it lies, if any."""

    id: UUID
    reference: str
    nominee: str
    cvr: str
    nominator: str
    state: str
    prize: UUID
    prize_title: str
    candidate: UUID | None


async def lookalikes_of(round_id: UUID, nominations: Sequence[UUID]) -> dict[UUID, list[Lookalike]]:
    """For each of these nominations the others of its round that look alike, the most alike first.

    Withdrawn and rejected ones are left out, and those that lie in one dossier with it already.
    """
    if not nominations:
        return {}
    rows = await fetch(
        "SELECT n.id, n.reference, n.nominee, n.cvr, n.nominator, n.state, n.prize, p.title AS prize_title, "
        "d.candidate FROM nomination n JOIN prize p ON p.id = n.prize LEFT JOIN placement d ON d.nomination = n.id "
        "WHERE p.round = {}",
        round_id,
    )
    everybody = {row["id"]: Lookalike(**row) for row in rows}
    others = [one for one in everybody.values() if one.state in (rules.WAITING, rules.ACCEPTED)]
    named = [rules.Named(one.id, one.nominee, one.cvr) for one in others]
    ones = [rules.Named(id, everybody[id].nominee, everybody[id].cvr) for id in nominations]
    return {
        id: [
            everybody[other]
            for other in alike
            if everybody[other].candidate is None or everybody[other].candidate != everybody[id].candidate
        ]
        for id, alike in rules.lookalikes(ones, named).items()
    }
