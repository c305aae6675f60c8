"""What the mails around a vote say. Codes stand in attachments: in the text they would look like fraud."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from awards.accounts.links import link_token
from awards.ballots.calendar import deadline_file
from awards.ballots.casting import manifest_of
from awards.ballots.meetings import MEETING
from awards.ballots.tables import Poll
from awards.ballots.words import void_words
from awards.councils.tables import Council
from awards.errors import NotFound
from awards.outbox.letters import Attachment, address, letter
from awards.rounds.tables import Prize, Round
from awards.settings import Settings
from awards.web.i18n import _


@letter("ballots/recusals")
async def recusals(context: dict[str, Any], settings: Settings) -> dict[str, Any]:
    round = await Round.objects(Round.council).get(Round.id == UUID(context["round"]))
    if round is None:
        raise NotFound
    back = f"/{round.council.slug}/{round.year}/inhabilitet"
    return {
        "round": round.title,
        "link": await _personal_link(context["link"], back, settings),
        "trial": _trial(round.council, settings),
    }


@letter("ballots/opened")
async def opened(context: dict[str, Any], settings: Settings) -> dict[str, Any]:
    poll, prize, council = await poll_with_prize(context["poll"])
    back = f"/{council.slug}/{prize.round.year}/afstemning"
    at_meeting = poll.kind == MEETING
    before = await Poll.objects().get(Poll.id == poll.parent) if poll.parent else None
    return {
        "again": void_words(before) if before else "",
        "prize": prize.title,
        "deadline": None if at_meeting else poll.closes_at,
        "link": await _personal_link(context["link"], back, settings),
        "trial": _trial(council, settings),
        "attachments": [
            *([] if at_meeting else [_calendar(poll, prize, address(settings, back))]),
            _control_numbers(poll),
        ],
    }


def _calendar(poll: Poll, prize: Prize, address: str) -> Attachment:
    manifest = manifest_of(poll)
    title = _("Last chance to vote about %(prize)s", prize=prize.title)
    entry = deadline_file(poll.id, title, manifest.closes_at, address=address, written=manifest.opens_at)
    return Attachment(_("voting-deadline.ics"), "text/calendar", entry)


def _control_numbers(poll: Poll) -> Attachment:
    manifest = manifest_of(poll)
    lines = (
        f"manifest: {poll.manifest_hash}",
        f"A: {manifest.lock_a}",
        f"B: {manifest.lock_b}",
        f"receipts: {manifest.receipts}",
        "",
    )
    return Attachment(_("control-numbers.txt"), "text/plain", "\n".join(lines).encode())


@letter("ballots/reminder")
async def reminder(context: dict[str, Any], settings: Settings) -> dict[str, Any]:
    poll, prize, council = await poll_with_prize(context["poll"])
    back = f"/{council.slug}/{prize.round.year}/afstemning"
    return {
        "prize": prize.title,
        "deadline": poll.closes_at,
        "link": await _personal_link(context["link"], back, settings),
    }


@letter("ballots/extended")
async def extended(context: dict[str, Any], settings: Settings) -> dict[str, Any]:
    _poll, prize, council = await poll_with_prize(context["poll"])
    back = f"/{council.slug}/{prize.round.year}/afstemning"
    return {
        "prize": prize.title,
        "deadline": datetime.fromisoformat(context["closes_at"]),
        "link": await _personal_link(context["link"], back, settings),
    }


@letter("ballots/voided")
async def voided(context: dict[str, Any], _settings: Settings) -> dict[str, Any]:
    poll, prize, _council = await poll_with_prize(context["poll"])
    return {"prize": prize.title, "reason": void_words(poll)}


async def poll_with_prize(poll_id: str) -> tuple[Poll, Prize, Council]:
    """The poll, its prize fetched with its round, and the council. Raises NotFound when they are gone."""
    poll = await Poll.objects().get(Poll.id == UUID(poll_id))
    prize = await Prize.objects(Prize.round).get(Prize.id == poll.prize) if poll else None
    council = await Council.objects().get(Council.id == prize.round.council) if prize else None
    if poll is None or prize is None or council is None:
        raise NotFound
    return poll, prize, council


def _trial(council: Council, settings: Settings) -> str:
    return address(settings, f"/{council.slug}/proeve")


async def _personal_link(link: str, back: str, settings: Settings) -> str:
    path = f"/log-ind/link/{await link_token(UUID(link), settings)}?{urlencode({'next': back})}"
    return address(settings, path)
