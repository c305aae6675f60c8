"""Reading rounds, prizes, criteria and laureates. What is public is loaded by the `public_…` functions."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from awards.councils.queries import council_by_slug, officers_on
from awards.councils.rules import is_slug
from awards.councils.tables import Council
from awards.db import places, row, rows
from awards.errors import NotFound
from awards.rounds.readiness import ORDER, PrizeFacts, Task, tasks
from awards.rounds.rules import NomineeRules, Winner
from awards.rounds.tables import Criterion, Laureate, Prize, Round
from awards.web.formats import local


async def round_of(council: UUID, year: int) -> Round:
    """The council's round of `year`. Raises NotFound."""
    # An address may hold any number; a column holds 32 bits.
    if not 0 < year < 10_000:
        raise NotFound
    round = await row(Round, "WHERE council = {} AND year = {}", council, year)
    if round is None:
        raise NotFound
    return round


async def newest_round(council: UUID, *, opened: bool = False) -> Round | None:
    """The council's round of the latest year; `opened` counts only those that the secretary has opened."""
    query = Round.objects().where(Round.council == council)
    if opened:
        query = query.where(Round.opened_at.is_not_null())
    return await query.order_by(Round.year, ascending=False).first()


async def rounds_of(council: UUID) -> list[Round]:
    """All rounds, newest first."""
    return await Round.objects().where(Round.council == council).order_by(Round.year, ascending=False)


async def published_rounds(council: UUID) -> set[UUID]:
    """Rounds each of whose prizes has a published winner or is not awarded; two queries whatever the number."""
    prizes = await Prize.select(Prize.id, Prize.round, Prize.outcome).where(Prize.round.council == council)
    won = set(
        await Laureate.select(Laureate.prize)
        .where(Laureate.council == council, Laureate.prize.is_not_null())
        .output(as_list=True)
    )
    waiting = {prize["round"] for prize in prizes if prize["outcome"] != "not_awarded" and prize["id"] not in won}
    return {prize["round"] for prize in prizes} - waiting


async def prizes_of(round: UUID) -> list[Prize]:
    """The round's prizes in their order."""
    return await rows(Prize, "WHERE round = {} ORDER BY position", round)


async def prize_of(round: UUID, slug: str) -> Prize:
    """Raises NotFound."""
    prize = await row(Prize, "WHERE round = {} AND slug = {}", round, slug) if is_slug(slug) else None
    if prize is None:
        raise NotFound
    return prize


async def criteria_of(prizes: Iterable[UUID]) -> dict[UUID, list[Criterion]]:
    """Each prize's criteria in their order, in one query; a prize without any has an empty list."""
    found: dict[UUID, list[Criterion]] = {prize: [] for prize in prizes}
    if found:
        asked = f"WHERE prize IN ({places(found)}) ORDER BY position"
        for criterion in await rows(Criterion, asked, *found):
            found[criterion.prize].append(criterion)
    return found


async def laureates(council: UUID, series: str | None = None) -> list[Laureate]:
    """Winners of all years, newest first; of one series of prizes, or of all."""
    query = Laureate.objects().where(Laureate.council == council)
    if series is not None:
        query = query.where(Laureate.series == series)
    return await query.order_by(Laureate.year, ascending=False).order_by(Laureate.series).order_by(Laureate.name)


async def earlier_winners(council: UUID, series: str) -> list[Winner]:
    """Whom `rules.check_nominee` compares with."""
    return [Winner(row.name, row.year, row.cvr) for row in await laureates(council, series)]


def nominee_rules(prize: Prize, year: int) -> NomineeRules:
    """What `prize`, of the round of `year`, asks of a nominee."""
    return NomineeRules(
        year=year,
        kinds=listed(prize.kinds),
        ties=listed(prize.ties),
        organisation_ties=listed(prize.organisation_ties),
        excludes_members=prize.excludes_members,
        excludes_employees=prize.excludes_employees,
        excludes_self=prize.excludes_self,
        excludes_paid=prize.excludes_paid,
        winners_years=prize.excludes_winners_years,
    )


async def readiness(council: Council, round: Round, now: datetime) -> list[Task]:
    """What is done and what is missing before the round can open."""
    prizes = await prizes_of(round.id)
    criteria = await criteria_of(prize.id for prize in prizes)
    return tasks(
        council_is_complete=all(
            (council.email, council.phone, council.legal_basis, council.data_protection_officer),
        ),
        has_chair=bool(await officers_on(council.id, local(now).date(), "chair")),
        has_introduction=bool(round.introduction),
        moments={name: getattr(round, name) for name in (*ORDER, "ceremony_at", "ceremony_ends_at")},
        has_place=bool(round.ceremony_place),
        prizes=[
            PrizeFacts(
                prize.slug,
                prize.title,
                len(listed(prize.kinds)),
                len(criteria[prize.id]),
                sum(criterion.required for criterion in criteria[prize.id]),
                prize.criteria_rule,
                prize.criteria_minimum,
            )
            for prize in prizes
        ],
        now=now,
    )


def listed(column: str) -> list[str]:
    """A JSON list of a `Prize` as a list."""
    words: Sequence[str] = json.loads(column)
    return list(words)


@dataclass(frozen=True, slots=True)
class PublicRound:
    """A round that the public may see."""

    council: Council
    round: Round
    prizes: list[Prize]


@dataclass(frozen=True, slots=True)
class PublicPrize:
    """A prize that the public may see, with all that its page tells."""

    council: Council
    round: Round
    prize: Prize
    criteria: list[Criterion]


async def public_round(council: str, year: int) -> PublicRound:
    """The round at `/<council>/<year>`. Raises NotFound before it was opened."""
    found = await council_by_slug(council)
    round = await round_of(found.id, year)
    if round.opened_at is None:
        raise NotFound
    return PublicRound(found, round, await prizes_of(round.id))


async def public_prize(council: str, year: int, slug: str) -> PublicPrize:
    """The prize at `/<council>/<year>/<slug>`. Raises NotFound before its round was opened."""
    found = await council_by_slug(council)
    round = await round_of(found.id, year)
    if round.opened_at is None:
        raise NotFound
    prize = await prize_of(round.id, slug)
    return PublicPrize(found, round, prize, (await criteria_of([prize.id]))[prize.id])
