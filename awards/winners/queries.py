"""What the public sees of winners, and what the staff work on."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from awards.counting.deciding import winners_of_all
from awards.errors import NotFound
from awards.rounds.queries import PublicPrize, public_prize
from awards.rounds.tables import Laureate, Prize, Round
from awards.screening.tables import Candidate
from awards.winners.rules import is_public
from awards.winners.tables import Award, Correction, Photo


@dataclass(frozen=True, slots=True)
class WinnerCard:
    """A winner in a list. `path` leads to the page of the prize's winners, if there is one."""

    year: int
    prize: str
    series: str
    names: list[str]
    line: str
    path: str
    photo: str
    alt: str
    link: str


@dataclass(frozen=True, slots=True)
class PhotoText:
    """What stands with a photo: what it shows, and who took it."""

    alt: str
    credit: str


@dataclass(frozen=True, slots=True)
class PublicAward:
    """A published award with its prize, and its photo's alt text and credit (None without one)."""

    found: PublicPrize
    award: Award
    winners: list[str]
    photo: PhotoText | None
    corrected_at: datetime | None


async def winner_cards(council_id: UUID, slug: str, now: datetime, *, years: int | None = None) -> list[WinnerCard]:
    """Winners that the public may see, newest first, joint ones together; of the last `years` years that had any."""
    rows = (
        await Laureate.objects()
        .where((Laureate.council == council_id) & (Laureate.published_at <= now))
        .order_by(Laureate.year, ascending=False)
        .order_by(Laureate.series)
        .order_by(Laureate.name)
    )
    if years is not None:
        newest = sorted({row.year for row in rows}, reverse=True)[:years]
        rows = [row for row in rows if row.year in newest]
    photos = await _photo_texts([row.prize for row in rows if row.prize])
    grouped: dict[tuple[int, str, UUID | None, str], list[Laureate]] = {}
    for row in rows:
        # Joint winners share a row's prize; typed-in ones share their line.
        grouped.setdefault((row.year, row.series, row.prize, "" if row.prize else row.line), []).append(row)
    cards = []
    for (year, series, prize, _line), winners in grouped.items():
        path = f"/{slug}/{year}/{series}/vinder" if prize else ""
        cards.append(
            WinnerCard(
                year=year,
                prize=winners[0].prize_title,
                series=series,
                names=[winner.name for winner in winners],
                line=winners[0].line,
                path=path,
                photo=f"{path}/foto/lille" if prize in photos else "",
                alt=photos.get(prize, "") if prize else "",
                link=winners[0].link,
            )
        )
    return cards


async def public_nominees(round: Round) -> dict[UUID, list[str]]:
    """By prize the names of the confirmed candidates, where the council publishes them before the ceremony: of those
    alone who have said that their name may be shown."""
    if not round.publish_nominees:
        return {}
    rows = (
        await Candidate.select(Candidate.prize, Candidate.name)
        .where(Candidate.prize.round == round.id, Candidate.state == "shortlisted", Candidate.may_show_name.eq(True))
        .order_by(Candidate.name)
    )
    named: dict[UUID, list[str]] = {}
    for row in rows:
        named.setdefault(row["prize"], []).append(row["name"])
    return named


async def _photo_texts(prize_ids: Sequence[UUID]) -> dict[UUID | None, str]:
    if not prize_ids:
        return {}
    rows = await Photo.select(Photo.alt, Photo.award.prize.as_alias("prize")).where(
        Photo.award.prize.is_in(list(prize_ids))
    )
    return {row["prize"]: row["alt"] for row in rows}


async def public_award(council: str, year: int, slug: str, now: datetime) -> PublicAward:
    """The winners' page of a prize. Raises NotFound until it is published and the embargo is over."""
    found = await public_prize(council, year, slug)
    shown = await award_of(found)
    if not is_public(shown.award.published_at, shown.award.embargo_until, now):
        raise NotFound
    return shown


async def award_of(found: PublicPrize) -> PublicAward:
    """The award of a prize as it stands, for a preview. Raises NotFound before anything is written."""
    award = await Award.objects().get(Award.prize == found.prize.id)
    if award is None:
        raise NotFound
    photo = await Photo.select(Photo.alt, Photo.credit).where(Photo.award == award.id).first()
    newest = (
        await Correction.select(Correction.at)
        .where(Correction.award == award.id)
        .order_by(Correction.at, ascending=False)
        .first()
    )
    return PublicAward(
        found, award, json.loads(award.winners), PhotoText(**photo) if photo else None, newest["at"] if newest else None
    )


async def photo_bytes(prize_id: UUID, size: str) -> bytes:
    """The JPEG of an award's photo: `lille` or `stor`. Raises NotFound."""
    column = {"lille": Photo.small, "stor": Photo.data}.get(size)
    if column is None:
        raise NotFound
    row = await Photo.select(column.as_alias("data")).where(Photo.award.prize == prize_id).first()
    if row is None:
        raise NotFound
    return bytes(row["data"])


@dataclass(frozen=True, slots=True)
class DeskRow:
    """A prize on the staff's list of what is to be published."""

    prize: Prize
    winners: list[Candidate]
    award: Award | None

    @property
    def stage(self) -> str:
        """undecided, not_awarded, unwritten, written or published."""
        if self.prize.outcome == "not_awarded":
            return "not_awarded"
        if not self.winners:
            return "undecided"
        if self.award is None:
            return "unwritten"
        return "published" if self.award.published_at else "written"


async def desk_rows(round: Round) -> list[DeskRow]:
    prizes = await Prize.objects().where(Prize.round == round.id).order_by(Prize.position)
    awards = {award.prize: award for award in await Award.objects().where(Award.prize.round == round.id)}
    won = await winners_of_all([prize.id for prize in prizes])
    return [DeskRow(prize, won[prize.id], awards.get(prize.id)) for prize in prizes]


async def corrections_of(award_id: UUID) -> list[Correction]:
    return await Correction.objects().where(Correction.award == award_id).order_by(Correction.at, ascending=False)
