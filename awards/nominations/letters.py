"""What the mails of nominations say. The candidate is never named before the address is confirmed."""

from typing import Any
from uuid import UUID

from awards.accounts.links import link_token
from awards.nominations.queries import Terms, draft_terms, nomination_by_id
from awards.outbox.letters import address, letter
from awards.settings import Settings


@letter("nominations/confirm")
@letter("nominations/reminder")
@letter("nominations/link")
async def own_page(context: dict[str, Any], settings: Settings) -> dict[str, Any]:
    case = await nomination_by_id(UUID(context["nomination"]))
    token = await link_token(UUID(context["link"]), settings)
    is_confirmed = case.nomination.confirmed_at is not None
    path = f"/min-indstilling/{token}" if is_confirmed else f"/bekraeft/{token}"
    return _facts(case.terms) | {"link": address(settings, path), "is_confirmed": is_confirmed}


@letter("nominations/draft")
async def draft(context: dict[str, Any], settings: Settings) -> dict[str, Any]:
    terms = await draft_terms(UUID(context["draft"]))
    token = await link_token(UUID(context["link"]), settings)
    return _facts(terms) | {"link": address(settings, f"/fortsaet/{token}")}


def _facts(terms: Terms) -> dict[str, Any]:
    return {"prize": terms.prize.title, "deadline": terms.round.closes_at}
