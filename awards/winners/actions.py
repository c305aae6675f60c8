"""Make a decision public: prepared, published, and corrected with its history."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID, uuid4

from awards import audit, outbox
from awards.clock import Clock
from awards.councils.queries import members_on
from awards.counting.deciding import winners_of
from awards.counting.withdrawals import withdrawing
from awards.db import lock, transaction
from awards.errors import NotFound, RuleBroken
from awards.nominations.tables import Nomination
from awards.rounds.tables import Laureate, Prize
from awards.screening.tables import Candidate
from awards.web.formats import local
from awards.web.identity import Actor
from awards.winners.photos import Developed
from awards.winners.queries import PhotoText
from awards.winners.rules import public_from
from awards.winners.tables import Award, Correction, Photo


@withdrawing.listen
async def not_once_published(prize_id: UUID) -> None:
    """A winner who is public is corrected where they are published. Raises RuleBroken."""
    if await Award.exists().where(Award.prize == prize_id, Award.published_at.is_not_null()):
        raise RuleBroken("The winner is published. Correct what is told about the winner instead.")


@dataclass(frozen=True, slots=True)
class Story:
    """What is told about a prize's winners.

    winners: names as they stand on the diploma. line: one sentence, after "gives the prize for". citation: the
    council's reason at length.
    """

    title: str
    winners: Sequence[str]
    line: str
    citation: str
    ceremony_at: datetime | None
    ceremony_place: str
    embargo_until: datetime | None


async def write_award(
    prize_id: UUID,
    story: Story,
    *,
    photo: PhotoText | None = None,
    picture: Developed | None = None,
    seen: str,
    reason: str = "",
    by: Actor,
    clock: Clock,
) -> None:
    """Write what will be told, or correct what was published (`reason` says why; how it read before is kept).

    photo: text of the photo, None for no photo; picture: a new one. seen: `seen_of` the award when the form was made.
    Raises RuleBroken before the decision is approved, for a stale form, or for a correction without a reason.
    """
    async with transaction():
        prize = await _decided(prize_id)
        now = clock.now()
        award = await Award.objects().get(Award.prize == prize_id)
        if seen != seen_of(award):
            raise RuleBroken("Somebody else has changed it meanwhile. Reload the page to see the new version.")
        if award is not None and award.published_at is not None:
            if not reason:
                raise RuleBroken("Say why you correct it.")
            await Correction(
                id=uuid4(), award=award.id, at=now, by=by.person_id, reason=reason, before=_as_json(award)
            ).save()
        award = award or Award(id=uuid4(), prize=prize_id, updated_at=now)
        for name, value in asdict(story).items():
            setattr(award, name, json.dumps(list(value), ensure_ascii=False) if name == "winners" else value)
        award.updated_at = now
        await award.save()
        await _write_photo(award.id, photo, picture)
        if award.published_at is not None:
            await _write_laureates(prize, award, public_from(award.published_at, award.embargo_until))
        await audit.append("winners.written", by=by, at=now, award=award.id, correction=bool(reason))


async def publish(prize_id: UUID, *, by: Actor, clock: Clock) -> None:
    """Publish: at once, or when the embargo ends. Everybody concerned is mailed then. Twice is once."""
    async with transaction():
        prize = await _decided(prize_id)
        award = await Award.objects().get(Award.prize == prize_id)
        if award is None:
            raise RuleBroken("Write the text about the winner first.")
        if award.published_at is not None:
            return
        now = clock.now()
        award.published_at = now
        await award.save([Award.published_at])
        shown_from = public_from(now, award.embargo_until)
        await _write_laureates(prize, award, shown_from)
        await _tell_everybody(prize, shown_from)
        await audit.append("winners.published", by=by, at=now, award=award.id)


def seen_of(award: Award | None) -> str:
    """Names the version of an award, so that a second tab notices a change."""
    return award.updated_at.isoformat() if award else "none"


async def _decided(prize_id: UUID) -> Prize:
    if await lock(Prize, Prize.id == prize_id) is None:
        raise NotFound
    prize = await Prize.objects(Prize.round).get(Prize.id == prize_id)
    if prize is None or not await winners_of(prize_id):
        raise RuleBroken("The decision is not approved yet.")
    return prize


def _as_json(award: Award) -> str:
    kept = ("title", "winners", "line", "citation", "ceremony_at", "ceremony_place", "embargo_until")
    return json.dumps({name: getattr(award, name) for name in kept}, default=str, ensure_ascii=False)


async def _write_photo(award: UUID, text: PhotoText | None, picture: Developed | None) -> None:
    if text is None:
        await Photo.delete().where(Photo.award == award)
        return
    photo = await Photo.objects().get(Photo.award == award)
    if picture is None and photo is None:
        return
    photo = photo or Photo(id=uuid4(), award=award, media_type="image/jpeg")
    photo.alt, photo.credit = text.alt, text.credit
    if picture is not None:
        photo.data, photo.small = picture.large, picture.small
    await photo.save()


async def _write_laureates(prize: Prize, award: Award, shown_from: datetime) -> None:
    await Laureate.delete().where(Laureate.prize == prize.id)
    cvr = {candidate.name: candidate.cvr for candidate in await winners_of(prize.id)}
    for name in json.loads(award.winners):
        await Laureate(
            id=uuid4(),
            council=prize.round.council,
            series=prize.slug,
            prize_title=prize.title,
            year=prize.round.year,
            name=name,
            cvr=cvr.get(name, ""),
            line=award.line,
            prize=prize.id,
            published_at=shown_from,
        ).save()


async def _tell_everybody(prize: Prize, shown_from: datetime) -> None:
    """One mail to each address: nominees, then nominators, then members."""
    told: set[str] = set()

    async def tell(template: str, to: str, name: str, language: str = "da", **ids: object) -> None:
        if to and to not in told:
            told.add(to)
            await outbox.enqueue(
                template,
                to=to,
                name=name,
                language=language,
                council=prize.round.council,
                reference=f"{prize.title} {prize.round.year}",
                now=shown_from,
                prize=prize.id,
                **ids,
            )

    won = {candidate.id for candidate in await winners_of(prize.id)}
    for candidate in await Candidate.objects().where(Candidate.prize == prize.id).order_by(Candidate.name):
        await tell("winners/nominee", candidate.email, candidate.name, won=candidate.id in won)
    for nomination in (
        await Nomination.objects()
        .where(Nomination.prize == prize.id, Nomination.state != "withdrawn")
        .order_by(Nomination.received_at)
    ):
        await tell(
            "winners/nominator", nomination.email, nomination.nominator, nomination.language, nomination=nomination.id
        )
    for member in await members_on(prize.round.council, local(shown_from).date()):
        await tell("winners/member", member.email, member.name, member.language)
