"""What the mails after a count say."""

from typing import Any

from awards.ballots.letters import poll_with_prize
from awards.ballots.words import void_words
from awards.outbox.letters import Attachment, address, letter
from awards.settings import Settings
from awards.web.i18n import _


@letter("counting/closed")
async def closed(context: dict[str, Any], settings: Settings) -> dict[str, Any]:
    _poll, prize, council = await poll_with_prize(context["poll"])
    facts = f"log: {context['head']}\nt1: {context['root']}\n"
    return {
        "prize": prize.title,
        "took_part": context["took_part"],
        "link": address(settings, f"/{council.slug}/{prize.round.year}/{prize.slug}/stemmeurne"),
        "attachments": [Attachment(_("control-numbers.txt"), "text/plain", facts.encode())],
    }


@letter("counting/tie")
async def tie(context: dict[str, Any], settings: Settings) -> dict[str, Any]:
    return await _to_act(context, settings, "stemmelighed")


@letter("counting/approve")
async def approve(context: dict[str, Any], settings: Settings) -> dict[str, Any]:
    return await _to_act(context, settings, "godkendelse")


@letter("counting/void")
async def void(context: dict[str, Any], settings: Settings) -> dict[str, Any]:
    poll, prize, council = await poll_with_prize(context["poll"])
    return {
        "prize": prize.title,
        "reason": void_words(poll),
        "link": address(settings, f"/{council.slug}/{prize.round.year}/afstemninger"),
    }


async def _to_act(context: dict[str, Any], settings: Settings, page: str) -> dict[str, Any]:
    _poll, prize, council = await poll_with_prize(context["poll"])
    return {
        "prize": prize.title,
        "link": address(settings, f"/{council.slug}/{prize.round.year}/{prize.slug}/{page}"),
    }
