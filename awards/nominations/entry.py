"""Nominations that came on paper or by phone, typed in by the secretariat."""

from datetime import datetime
from typing import Any
from uuid import UUID

from awards import audit
from awards.clock import Clock
from awards.db import lock, transaction
from awards.errors import DeadlinePassed, NotFound, RuleBroken
from awards.nominations import rules
from awards.nominations.actions import changing, receive, round_of, send_link
from awards.nominations.drafts import add_attachments
from awards.nominations.tables import Nomination
from awards.pictures import Ready
from awards.rounds.tables import Prize
from awards.web.i18n import language
from awards.web.identity import Actor

SOURCES = ("paper", "phone")


async def enter_nomination(
    id: UUID,
    prize: UUID,
    answers: rules.Answers,
    files: list[Ready],
    *,
    source: str,
    received_at: datetime,
    by: Actor,
    clock: Clock,
) -> str:
    """Type in a nomination received at `received_at`; returns its reference. The same `id` again gives the same one.

    It may be typed in after the deadline when it came before. With an e-mail address the nominator gets the link to
    their own page. Raises DeadlinePassed when it came too late, RuleBroken for a moment in the future or once the
    candidates are confirmed.
    """
    async with transaction():
        row = await lock(Prize, Prize.id == prize)
        if row is None:
            raise NotFound
        typed_in = await Nomination.select(Nomination.reference).where(Nomination.id == id).first()
        if typed_in:
            return str(typed_in["reference"])
        round = await round_of(prize)
        now = clock.now()
        _check_moment(received_at, round.closes_at, now)
        known: dict[str, Any] = {
            "id": id,
            "prize": prize,
            "source": source,
            "entered_by": by.person_id,
            "language": language(),
            "received_at": received_at,
        }
        nomination = Nomination(**known | answers.columns)
        await changing.ask(nomination, by, now)
        await receive(nomination, answers.criteria, round.year)
        await add_attachments(id, files, now=now)
        if nomination.email:
            await send_link(nomination, "nominations/confirm", round.council, now=now)
        await audit.append("nominations.entered", by=by, at=now, nomination=id, reference=nomination.reference)
        return nomination.reference


def _check_moment(received_at: datetime, closes_at: datetime | None, now: datetime) -> None:
    if received_at > now:
        raise RuleBroken("The day it came cannot be in the future.")
    if closes_at is not None and received_at >= closes_at:
        raise DeadlinePassed("It came after the deadline, so it cannot take part.")
