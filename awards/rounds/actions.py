"""A round from its creation to its opening, and the deadline after that."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from piccolo.columns import Column

from awards import audit
from awards.clock import Clock
from awards.councils.actions import lock_council
from awards.councils.tables import Council
from awards.db import lock, transaction
from awards.db.versions import require_version
from awards.errors import DeadlinePassed, NotFound, RuleBroken
from awards.rounds.queries import criteria_of, prizes_of, readiness
from awards.rounds.readiness import may_open, order_faults
from awards.rounds.rules import is_frozen
from awards.rounds.tables import Criterion, Prize, Round
from awards.web.identity import Actor


@dataclass(frozen=True, slots=True)
class Timetable:
    """When what happens in a round, as instants; None while it is not decided. Deadlines are exclusive."""

    opens_at: datetime | None
    closes_at: datetime | None
    screening_ends_at: datetime | None
    voting_ends_at: datetime | None
    announce_at: datetime | None
    ceremony_at: datetime | None
    ceremony_ends_at: datetime | None
    ceremony_place: str


async def create_round(
    round_id: UUID, council: UUID, year: int, title: str, *, copy_of: UUID | None = None, by: Actor, clock: Clock
) -> Round:
    """A round to set up. `copy_of` brings prizes, criteria and texts of an earlier round along, without its dates.

    Twice with one id gives the same one. Raises RuleBroken when the year has a round, NotFound for another
    council's round.
    """
    async with transaction():
        await lock_council(council)
        known = await Round.objects().where(Round.id == round_id, Round.council == council).first()
        if known is not None:
            return known
        if await Round.exists().where(Round.council == council, Round.year == year):
            raise RuleBroken("There is a round of %(year)s already.", year=year)
        now = clock.now()
        round = Round(id=round_id, council=council, year=year, title=title, created_at=now)
        if copy_of is None:
            await round.save()
        else:
            old = await Round.objects().where(Round.id == copy_of, Round.council == council).first()
            if old is None:
                raise NotFound
            round.introduction = old.introduction
            round.publish_nominees = old.publish_nominees
            round.assessors = old.assessors
            round.ceremony_place = old.ceremony_place
            await round.save()
            await _copy_prizes(old.id, round_id)
        await audit.append("rounds.created", by=by, at=now, round=round_id, council=council, copy_of=copy_of)
        return round


async def _copy_prizes(source: UUID, target: UUID) -> None:
    prizes = await prizes_of(source)
    criteria = await criteria_of(prize.id for prize in prizes)
    for prize in prizes:
        columns = prize.to_dict() | {"id": uuid4(), "round": target, "outcome": "", "outcome_reason": ""}
        copy = Prize(**columns)
        await copy.save()
        for criterion in criteria[prize.id]:
            await Criterion(**criterion.to_dict() | {"id": uuid4(), "prize": copy.id}).save()


async def describe_round(
    round_id: UUID,
    title: str,
    introduction: str,
    publish_nominees: bool,
    *,
    assessors: int = 1,
    seen: str,
    by: Actor,
    clock: Clock,
) -> None:
    """What the front page tells about the round, whether nominees are published, and how many assess each nomination.

    Raises NotFound, Stale.
    """
    async with transaction():
        round = await lock_round(round_id)
        require_version(round, seen)
        await Round.update(
            {
                Round.title: title,
                Round.introduction: introduction,
                Round.publish_nominees: publish_nominees,
                Round.assessors: assessors,
            }
        ).where(Round.id == round_id)
        told = {"nominees": publish_nominees, "assessors": assessors}
        await audit.append("rounds.described", by=by, at=clock.now(), round=round_id, **told)


async def plan_round(round_id: UUID, timetable: Timetable, *, seen: str, by: Actor, clock: Clock) -> None:
    """Set the timetable. Raises NotFound, Stale, and RuleBroken when it is out of order, or when the opening or the
    deadline would change after the round was opened (`extend_deadline` does that)."""
    async with transaction():
        round = await lock_round(round_id)
        require_version(round, seen)
        values: dict[Column | str, Any] = dict(asdict(timetable).items())
        if order_faults({str(name): value for name, value in values.items() if name != "ceremony_place"}):
            raise RuleBroken("The timetable is out of order.")
        if is_frozen(round) and (timetable.opens_at, timetable.closes_at) != (round.opens_at, round.closes_at):
            raise RuleBroken("The round is open, so the deadline can only be extended.")
        await Round.update(values).where(Round.id == round_id)
        await audit.append("rounds.planned", by=by, at=clock.now(), round=round_id)


async def open_round(round_id: UUID, *, by: Actor, clock: Clock) -> None:
    """Make the round public and freeze its criteria; nominations begin at `opens_at`. Twice opens once.

    Raises NotFound, and RuleBroken while something is missing.
    """
    async with transaction():
        round = await lock_round(round_id)
        if is_frozen(round):
            return
        now = clock.now()
        council = await Council.objects().get(Council.id == round.council)
        if council is None or not may_open(await readiness(council, round, now)):
            raise RuleBroken("Something is missing before the round can open. See the list.")
        await Round.update({Round.opened_at: now, Round.first_closes_at: round.closes_at}).where(Round.id == round_id)
        await audit.append("rounds.opened", by=by, at=now, round=round_id, closes_at=str(round.closes_at))


async def extend_deadline(round_id: UUID, closes_at: datetime, *, seen: str, by: Actor, clock: Clock) -> None:
    """A later deadline for nominations; the announced one stays in `first_closes_at`.

    Raises NotFound, Stale, DeadlinePassed after the present deadline, and RuleBroken for one that is not later, or
    not before screening ends.
    """
    async with transaction():
        round = await lock_round(round_id)
        now = clock.now()
        if round.opened_at is None or round.closes_at is None:
            raise RuleBroken("The round is not open yet. Change the timetable instead.")
        if now >= round.closes_at:
            raise DeadlinePassed("The deadline has passed, so it cannot be extended.")
        require_version(round, seen)
        if closes_at <= round.closes_at:
            raise RuleBroken("The new deadline must be later than the present one.")
        if round.screening_ends_at is not None and closes_at >= round.screening_ends_at:
            raise RuleBroken("The new deadline must come before the screening ends. Change the timetable first.")
        await Round.update({Round.closes_at: closes_at}).where(Round.id == round_id)
        await audit.append(
            "rounds.extended", by=by, at=now, round=round_id, before=str(round.closes_at), after=str(closes_at)
        )


async def lock_round(round_id: UUID) -> Round:
    """The round's row, locked: whoever changes its prizes and criteria waits here. Raises NotFound."""
    round = await lock(Round, Round.id == round_id)
    if round is None:
        raise NotFound
    return round
