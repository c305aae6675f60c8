"""Who acts as chair and as secretary in a prize: the first in office, in order, who is not recused from it."""

import json
from datetime import date
from uuid import UUID

from awards.ballots.meetings import MEETING, present_at
from awards.ballots.recusals import recused_from
from awards.ballots.tables import Poll
from awards.councils.queries import officers_on
from awards.counting.procedure import acting_chair
from awards.counting.tables import MeetingDecision

CAPACITIES = {"chair": ("chair", "vice_chair"), "secretary": ("secretary", "deputy_secretary")}


async def acting(council: UUID, prize: UUID, capacity: str, day: date) -> UUID | None:
    """Who acts as `chair` or `secretary` in a prize on `day`: the first in office, in order, who is not recused."""
    officers = await officers_on(council, day, *CAPACITIES[capacity])
    out = (await recused_from([prize]))[prize]
    return acting_chair([person.id for person in officers], out)


async def leading(council: UUID, poll: Poll, day: date) -> UUID | None:
    """Who opens or closes a vote as chair: as `acting`, and at a meeting the first of those who are present."""
    officers = await officers_on(council, day, *CAPACITIES["chair"])
    there = present_at(poll)
    out = (await recused_from([poll.prize]))[poll.prize]
    return acting_chair([person.id for person in officers if poll.kind != MEETING or person.id in there], out)


async def acting_for_decision(decision: MeetingDecision, council: UUID, day: date) -> UUID | None:
    """Who acts as chair for a decision made at a meeting: as `acting`, by those whom the meeting noted as recused and
    those who said so themselves."""
    officers = await officers_on(council, day, *CAPACITIES["chair"])
    noted = {UUID(id) for id in json.loads(decision.recused)}
    out = (await recused_from([decision.prize]))[decision.prize]
    return acting_chair([person.id for person in officers], noted | out)
