"""What the mails of screening say."""

from datetime import date
from typing import Any
from uuid import UUID

from awards.accounts.links import link_token
from awards.councils.tables import Council
from awards.errors import NotFound
from awards.nominations.tables import Nomination
from awards.outbox.letters import address, letter
from awards.rounds.tables import Prize
from awards.screening.tables import Candidate, Decision, Inquiry
from awards.settings import Settings


@letter("screening/rejected")
async def rejected(context: dict[str, Any], _settings: Settings) -> dict[str, Any]:
    nomination = await Nomination.objects(Nomination.prize).get(Nomination.id == UUID(context["nomination"]))
    if nomination is None:
        raise NotFound
    decision = (
        await Decision.objects()
        .where((Decision.nomination == nomination.id) & (Decision.outcome == "rejected"))
        .order_by(Decision.at, ascending=False)
        .first()
    )
    reason = decision.reason.strip() if decision else ""
    return {
        "prize": nomination.prize.title,
        "candidate": nomination.nominee,
        "reason": reason if reason.endswith((".", "!", "?")) else f"{reason}.",
        "answer_by": date.fromisoformat(context["answer_by"]),
    }


@letter("screening/merged")
@letter("screening/parted")
async def gathered(context: dict[str, Any], _settings: Settings) -> dict[str, Any]:
    nomination = await Nomination.objects(Nomination.prize).get(Nomination.id == UUID(context["nomination"]))
    if nomination is None:
        raise NotFound
    return {"prize": nomination.prize.title, "candidate": nomination.nominee}


@letter("screening/question")
@letter("screening/question_reminder")
async def question(context: dict[str, Any], settings: Settings) -> dict[str, Any]:
    """The question itself stands behind the link: it may tell about the candidate, and an address may be mistyped."""
    inquiry = await Inquiry.objects(Inquiry.nomination).get(Inquiry.id == UUID(context["inquiry"]))
    prize = await Prize.objects().get(Prize.id == inquiry.nomination.prize) if inquiry else None
    if inquiry is None or prize is None:
        raise NotFound
    token = await link_token(UUID(context["link"]), settings)
    return {
        "prize": prize.title,
        "answer_by": inquiry.answer_by,
        "link": address(settings, f"/svar/{token}"),
    }


@letter("screening/shortlisted")
async def shortlisted(context: dict[str, Any], settings: Settings) -> dict[str, Any]:
    candidate = await Candidate.objects().get(Candidate.id == UUID(context["candidate"]))
    if candidate is None:
        raise NotFound
    prize = await Prize.objects(Prize.round).get(Prize.id == candidate.prize)
    council = await Council.objects().get(Council.id == prize.round.council) if prize else None
    if prize is None or council is None:
        raise NotFound
    token = await link_token(UUID(context["link"]), settings)
    return {
        "prize": prize.title,
        "year": prize.round.year,
        "link": address(settings, f"/kandidat/{token}"),
        "municipality": council.municipality,
        "contact": council.email,
        "basis": council.legal_basis,
        "months": council.nominations_kept_months,
        "officer": council.data_protection_officer,
    }
