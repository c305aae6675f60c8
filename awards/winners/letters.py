"""What the mails of publication say."""

import json
from typing import Any
from uuid import UUID

from awards.councils.tables import Council
from awards.errors import NotFound
from awards.nominations.tables import Nomination
from awards.outbox.letters import address, letter
from awards.rounds.tables import Prize
from awards.settings import Settings
from awards.web.i18n import _
from awards.winners.rules import joined
from awards.winners.tables import Award


async def _facts(context: dict[str, Any], settings: Settings) -> dict[str, Any]:
    prize = await Prize.objects(Prize.round).get(Prize.id == UUID(context["prize"]))
    award = await Award.objects().get(Award.prize == UUID(context["prize"]))
    council = await Council.objects().get(Council.id == prize.round.council) if prize else None
    if prize is None or award is None or council is None:
        raise NotFound
    return {
        "prize": prize.title,
        "year": prize.round.year,
        "winners": joined(json.loads(award.winners), _("and")),
        "line": award.line,
        "ceremony_at": award.ceremony_at,
        "ceremony_place": award.ceremony_place,
        "link": address(settings, f"/{council.slug}/{prize.round.year}/{prize.slug}/vinder"),
    }


@letter("winners/nominee")
async def nominee(context: dict[str, Any], settings: Settings) -> dict[str, Any]:
    return await _facts(context, settings) | {"won": context["won"]}


@letter("winners/nominator")
async def nominator(context: dict[str, Any], settings: Settings) -> dict[str, Any]:
    nomination = await Nomination.objects().get(Nomination.id == UUID(context["nomination"]))
    if nomination is None:
        raise NotFound
    return await _facts(context, settings) | {"candidate": nomination.nominee}


@letter("winners/member")
async def member(context: dict[str, Any], settings: Settings) -> dict[str, Any]:
    return await _facts(context, settings)
