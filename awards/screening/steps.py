"""What every act of the secretariat begins and ends with: the nomination locked, the list open, the step noted.

All run inside the caller's transaction.
"""

from datetime import datetime
from uuid import UUID, uuid4

from awards.db import fetch, lock
from awards.errors import NotFound, RuleBroken, Stale
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


async def waiting(nomination_id: UUID, seen: str | None = None) -> Nomination:
    """Raises Stale when it is settled already, or has changed since whoever acts saw it (`seen`)."""
    nomination = await locked(nomination_id)
    if nomination.state == rules.WITHDRAWN:
        raise RuleBroken("The nominator has withdrawn the nomination.")
    if nomination.state != rules.WAITING:
        raise Stale("The nomination is already settled. Take it up again first.")
    await must_have_seen(nomination_id, seen)
    return nomination


async def state_seen(nomination_id: UUID) -> str:
    """Names how far the case has come: another value means that something has happened to it since."""
    [row] = await fetch(
        "SELECT (SELECT count(*) FROM decision WHERE nomination = {}) + (SELECT count(*) FROM revision WHERE "
        "nomination = {}) + (SELECT count(*) FROM inquiry WHERE nomination = {} AND answered_at IS NOT NULL) AS n",
        nomination_id,
        nomination_id,
        nomination_id,
    )
    return str(row["n"])


async def must_have_seen(nomination_id: UUID, seen: str | None) -> None:
    """Raises Stale when something has happened since `seen`; None asks for nothing."""
    if seen is not None and seen != await state_seen(nomination_id):
        raise Stale("Something has happened to the nomination since you opened it.")


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
