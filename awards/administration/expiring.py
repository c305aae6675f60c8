"""What the scheduler will delete next, and when: `retention` and `counting.due` told ahead."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from awards.administration.rules import DRAFTS_KEPT, READINGS_KEPT, mails_kept, months_after
from awards.ballots.tables import Poll
from awards.councils.tables import Council
from awards.db import fetch
from awards.rounds.tables import Round
from awards.web.i18n import N_

KINDS = {
    "drafts": N_("Drafts that were not sent"),
    "nominations": N_("Nominations with all that was written and attached, and the candidates' addresses"),
    "ballots": N_("Opened ballots and their keys"),
    "mails": N_("Mails that we sent"),
    "readings": N_("Who has read the nominations"),
}
AT_ONCE = ("nominations", "ballots")


@dataclass(frozen=True, slots=True)
class Expiring:
    """Data of one kind (`KINDS`). n: how many there are now. at: when the first of them goes; of the kinds in `AT_ONCE`
    all go then. of: the round or prize that they belong to, or empty."""

    kind: str
    n: int
    at: datetime
    of: str = ""


async def expiring(council: Council) -> list[Expiring]:
    """The soonest first; nothing of what waits for a moment that is not set yet. Six queries whatever the size."""
    found: list[Expiring] = []
    rounds = await Round.objects().where(Round.council == council.id, Round.closes_at.is_not_null())
    drafts = await _moments(
        "SELECT p.round AS whose, d.updated_at AS at FROM draft d JOIN prize p ON p.id = d.prize "
        "JOIN round r ON r.id = p.round WHERE r.council = {} AND CAST(d.answers AS TEXT) <> {}",
        council.id,
        "{}",
    )
    nominations = await _moments(
        "SELECT p.round AS whose, n.received_at AS at FROM nomination n JOIN prize p ON p.id = n.prize "
        "JOIN round r ON r.id = p.round WHERE r.council = {}",
        council.id,
    )
    for round in rounds:
        if round.id in drafts:
            first = max(round.closes_at, min(drafts[round.id]) + DRAFTS_KEPT)
            found.append(Expiring("drafts", len(drafts[round.id]), first, round.title))
        if round.id in nominations:
            at = months_after(round.announce_at or round.closes_at, council.nominations_kept_months)
            found.append(Expiring("nominations", len(nominations[round.id]), at, round.title))
    mails = await _moments("SELECT council AS whose, created_at AS at FROM mail WHERE council = {}", council.id)
    for of_council in mails.values():
        first = min(of_council) + mails_kept(council.nominations_kept_months)
        found.append(Expiring("mails", len(of_council), first))
    readings = await _moments(
        "SELECT r.council AS whose, a.at AS at FROM access_log a JOIN nomination n ON n.id = a.subject "
        "JOIN prize p ON p.id = n.prize JOIN round r ON r.id = p.round WHERE r.council = {}",
        council.id,
    )
    for of_council in readings.values():
        found.append(Expiring("readings", len(of_council), min(of_council) + READINGS_KEPT))
    return sorted([*found, *await _ballots(council)], key=lambda one: one.at)


async def _moments(sql: str, *values: object) -> dict[UUID, list[datetime]]:
    found: dict[UUID, list[datetime]] = {}
    for row in await fetch(sql, *values):
        found.setdefault(row["whose"], []).append(row["at"])
    return found


async def _ballots(council: Council) -> list[Expiring]:
    prize: Any = Poll.prize  # Piccolo makes a foreign key's columns at run time.
    polls = await Poll.objects(prize).where(
        prize.round.council == council.id,
        Poll.state.is_in(["approved", "void"]),
        Poll.opens_at.is_not_null(),
        Poll.destroyed_at.is_null(),
        Poll.closes_at.is_not_null(),
    )
    kept = timedelta(days=council.ballots_kept_days)
    return [Expiring("ballots", 1, poll.closes_at + kept, poll.prize.title) for poll in polls]
