"""How it stands with the questions to nominators."""

from datetime import datetime
from typing import Any
from uuid import UUID

from awards.db import fetch
from awards.screening import rules
from awards.screening.tables import Inquiry


async def inquiries_of(nomination: UUID, now: datetime) -> list[dict[str, Any]]:
    """The questions about one nomination in the order in which they were asked, each with its `state`."""
    rows = await (
        Inquiry.select(
            Inquiry.id,
            Inquiry.question,
            Inquiry.asked_at,
            Inquiry.answer_by,
            Inquiry.reminded_at,
            Inquiry.answer,
            Inquiry.answered_at,
            Inquiry.by.name.as_alias("by_name"),
        )
        .where(Inquiry.nomination == nomination)
        .order_by(Inquiry.asked_at)
    )
    for row in rows:
        row["state"] = rules.inquiry_state(row["answered_at"], row["answer_by"], now)
    return rows


async def newest_inquiries(round_id: UUID, now: datetime) -> dict[UUID, str]:
    """For each nomination of the round about which something was asked: the state of the latest question."""
    rows = await fetch(
        "SELECT i.nomination, i.answered_at, i.answer_by FROM inquiry i JOIN nomination n ON n.id = i.nomination "
        "JOIN prize p ON p.id = n.prize WHERE p.round = {} ORDER BY i.asked_at",
        round_id,
    )
    return {row["nomination"]: rules.inquiry_state(row["answered_at"], row["answer_by"], now) for row in rows}
