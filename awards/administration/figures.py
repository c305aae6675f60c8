"""How the nominations of a round are spread: over time, by prize, kind, language and how they came."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from awards.charts import Bar, bars
from awards.nominations.tables import Nomination
from awards.rounds.tables import Prize, Round
from awards.rounds.words import KINDS
from awards.web.formats import local, show_date
from awards.web.i18n import LANGUAGES, N_, _

SOURCES = {"web": N_("Online"), "paper": N_("On paper"), "phone": N_("By phone")}
MOST_BARS = 45
"""More days than this are told by the week."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart and what its table is called."""

    title: str
    bars: list[Bar]


async def figures(round: Round, now: datetime) -> list[Figure]:
    """What was not withdrawn, in two queries."""
    prizes = await Prize.select(Prize.id, Prize.title).where(Prize.round == round.id).order_by(Prize.position)
    titles: dict[UUID, str] = {row["id"]: row["title"] for row in prizes}
    rows = await Nomination.select(
        Nomination.received_at, Nomination.prize, Nomination.kind, Nomination.language, Nomination.source
    ).where(Nomination.prize.is_in(list(titles) or [round.id]), Nomination.state != "withdrawn")
    if not rows:
        return []
    days = Counter(local(row["received_at"]).date() for row in rows)
    first = min(min(days), local(round.opens_at).date()) if round.opens_at else min(days)
    last = max(max(days), min(local(now).date(), local(round.closes_at or now).date()))
    found = [
        by_time(days, first, last),
        Figure(_("By prize"), bars(_named(Counter(row["prize"] for row in rows), titles))),
        Figure(_("By kind"), bars(_named(Counter(row["kind"] for row in rows), {k: _(w) for k, w in KINDS.items()}))),
        Figure(_("By language"), bars(_named(Counter(row["language"] for row in rows), LANGUAGES))),
        Figure(
            _("How they came"),
            bars(_named(Counter(row["source"] for row in rows), {k: _(w) for k, w in SOURCES.items()})),
        ),
    ]
    return [found[0], *(figure for figure in found[1:] if len(figure.bars) > 1)]


def by_time(days: Mapping[date, int], first: date, last: date) -> Figure:
    """A bar for each day from `first` to `last`, or for each week where that would be too many."""
    length = (last - first).days + 1
    step = 1 if length <= MOST_BARS else 7
    starts = [first + timedelta(days=at) for at in range(0, length, step)]
    counts = [
        (show_date(start), sum(days.get(start + timedelta(days=each), 0) for each in range(step))) for start in starts
    ]
    return Figure(_("Day by day") if step == 1 else _("Week by week"), bars(counts))


def _named(counts: Mapping[Any, int], names: Mapping[Any, str]) -> list[tuple[str, int]]:
    """In the order of `names`; what has no name any more goes together at the end."""
    found = [(name, counts[key]) for key, name in names.items() if counts.get(key)]
    rest = sum(n for key, n in counts.items() if key not in names)
    return [*found, (_("Other"), rest)] if rest else found
