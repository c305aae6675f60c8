"""What every act of the secretariat begins and ends with: the nomination locked, the list open, the step noted.

All run inside the caller's transaction.
"""

from datetime import datetime
from uuid import UUID, uuid4

from awards.db import lock
from awards.errors import NotFound, RuleBroken
from awards.nominations.tables import Nomination
from awards.rounds.tables import Prize
from awards.screening import rules
from awards.screening.tables import Decision, Shortlist
from awards.web.identity import Actor


async def locked(nomination_id: UUID) -> Nomination:
    nomination = await lock(Nomination, Nomination.id == nomination_id)
    if nomination is None:
        raise NotFound
    return nomination


async def waiting(nomination_id: UUID) -> Nomination:
    nomination = await locked(nomination_id)
    if nomination.state == rules.WITHDRAWN:
        raise RuleBroken("The nominator has withdrawn the nomination.")
    if nomination.state != rules.WAITING:
        raise RuleBroken("The nomination is already settled. Take it up again first.")
    return nomination


async def accepted(nomination_id: UUID) -> Nomination:
    nomination = await locked(nomination_id)
    if nomination.state != rules.ACCEPTED:
        raise RuleBroken("Only an accepted nomination lies in a dossier.")
    await shortlist_is_open(nomination.prize)
    return nomination


async def shortlist_is_open(prize_id: UUID) -> None:
    if await lock(Prize, Prize.id == prize_id) is None:
        raise NotFound
    await shortlist_is_not_confirmed(prize_id)


async def shortlist_is_not_confirmed(prize_id: UUID) -> None:
    if await Shortlist.exists().where(Shortlist.prize == prize_id):
        raise RuleBroken("The candidates of this prize are confirmed.")


async def note(nomination_id: UUID, outcome: str, reason: str, by: Actor, now: datetime) -> None:
    await Decision(id=uuid4(), nomination=nomination_id, outcome=outcome, reason=reason, by=by.person_id, at=now).save()
