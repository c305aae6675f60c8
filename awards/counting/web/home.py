"""The member's home: what there is to do in this round, one calm list. It tells nothing of others, and no tally."""

from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from litestar import get
from litestar.di import NamedDependency
from litestar.handlers import BaseRouteHandler

from awards.ballots import keys
from awards.ballots.casting import own_slot
from awards.ballots.doubts import doubts_of
from awards.ballots.meetings import MEETING
from awards.ballots.queries import PrizeCase
from awards.ballots.web.places import AtRound
from awards.ballots.words import void_words
from awards.clock import Clock
from awards.councils.standing import Standing, desk
from awards.counting.web.duties import duties_of
from awards.errors import NotFound
from awards.rounds.tables import Round
from awards.settings import Settings
from awards.web.formats import show_deadline
from awards.web.i18n import _
from awards.web.pages import Page, Request

Task = dict[str, Any]


@get("/afstemning", name="counting.home")
async def home(
    request: Request,
    at_round: NamedDependency[AtRound],
    clock: NamedDependency[Clock],
    settings: NamedDependency[Settings],
) -> Page:
    standing, round, here = at_round.standing, at_round.round, at_round.here
    standing.require("member", "chair", "vice_chair", "secretary")
    cases, now = await at_round.cases(), clock.now()
    confirmed = [case for case in cases if case.is_confirmed]
    is_member = standing.has("member")
    ballots = await _own_ballots(confirmed, standing.actor.id, settings.key_dir, now) if is_member else {}
    waiting = [case for case in confirmed if ballots.get(case.prize.id) == 0]
    return desk(
        request,
        standing,
        "counting/home.html",
        round=round,
        first=[_question(confirmed, here)] if confirmed else [],
        sections=[(case.prize, _tasks(case, here, now, ballots)) for case in confirmed] if is_member else [],
        duties=await duties_of(standing, cases, here, now) + await _doubts(standing, round, here),
        votes_at_meeting=any(case.poll and case.poll.kind == MEETING for case in waiting),
        vote_by=min((case.poll.closes_at for case in waiting if case.poll and case.poll.closes_at), default=None),
        has_voted=bool(ballots) and not waiting,
        is_member=is_member,
        now=now,
        here=here,
    )


async def _own_ballots(cases: list[PrizeCase], member: UUID, key_dir: Path, now: datetime) -> dict[UUID, int]:
    """By prize, how many ballots this member has cast in the vote that is open; prizes whose roll they are not on are
    left out."""
    slot_key = keys.slot_key(key_dir)
    found = {}
    for case in cases:
        poll = case.poll
        if poll is None or case.is_out or poll.state != "open" or poll.closes_at is None or now >= poll.closes_at:
            continue
        with suppress(NotFound):
            found[case.prize.id], _t1 = await own_slot(poll, member, slot_key)
    return found


def _question(confirmed: list[PrizeCase], here: str) -> Task:
    done = all(case.has_answered for case in confirmed)
    return {
        "label": _("Answer about inhabilitet"),
        "path": f"{here}/inhabilitet",
        "hint": _("Once for all prizes."),
        "status": _("Answered") if done else _("To do"),
        "tone": "good" if done else "warn",
    }


def _tasks(case: PrizeCase, here: str, now: datetime, ballots: dict[UUID, int]) -> list[Task]:
    title = case.prize.title
    reading: Task = {"label": _("Read about the candidates for %(prize)s", prize=title)}
    voting: Task = {"label": _("Vote about %(prize)s", prize=title)}
    if case.is_out:
        why = _("You are inhabil or in doubt.")
        return [voting | {"status": _("You take no part"), "tone": "neutral", "hint": why}]
    if not case.has_answered:
        locked = {"status": _("Locked"), "tone": "neutral", "hint": _("Answer about inhabilitet first.")}
        return [reading | locked, voting | locked]
    reading |= {"path": f"{here}/{case.prize.slug}/kandidater", "status": _("Ready to read"), "tone": "accent"}
    return [reading, voting | _voting(case, f"{here}/{case.prize.slug}", now, ballots.get(case.prize.id))]


def _voting(case: PrizeCase, path: str, now: datetime, cast: int | None) -> Task:
    """`cast`: how many ballots the member has cast in the open vote; None when they are not on its roll."""
    poll = case.poll
    if poll is None or poll.state in ("draft", "armed"):
        if case.before is not None:
            hint = f"{void_words(case.before)} {_('You get a mail when the vote opens.')}"
            return {"status": _("New vote"), "tone": "neutral", "hint": hint}
        return {"status": _("Not open yet"), "tone": "neutral", "hint": _("You get a mail when the vote opens.")}
    if poll.state == "void":
        hint = f"{void_words(poll)} {_('You hear from us if there is a new vote.')}"
        minutes = {"path": f"{path}/referat"} if poll.opens_at else {}
        return minutes | {"status": _("Ended without a result"), "tone": "neutral", "hint": hint}
    if poll.state in ("approved", "destroyed"):
        return {"status": _("Decided"), "tone": "good", "path": f"{path}/referat", "hint": _("See the minutes.")}
    if poll.state != "open" or poll.closes_at is None or now >= poll.closes_at:
        return {"status": _("Closed"), "tone": "neutral", "hint": _("The result is being settled.")}
    if cast is None:
        return {"status": _("Not on the roll"), "tone": "neutral", "hint": _("The roll was made when the vote opened.")}
    until, at_meeting = show_deadline(poll.closes_at), poll.kind == MEETING
    if cast:
        until_then = _("You can vote again until %(deadline)s.", deadline=until)
        hint = _("You can vote again until the chair closes the vote.") if at_meeting else until_then
        return {"status": _("You have voted"), "tone": "good", "hint": hint, "path": f"{path}/stemmeseddel/kvittering"}
    again = {"label": _("Vote again about %(prize)s", prize=case.prize.title)} if case.before else {}
    hint = _("Now, at the meeting.") if at_meeting else _("No later than %(deadline)s.", deadline=until)
    return again | {"status": _("To do"), "tone": "warn", "hint": hint, "path": f"{path}/stemmeseddel"}


async def _doubts(standing: Standing, round: Round, here: str) -> list[Task]:
    if not standing.has("chair", "vice_chair"):
        return []
    waiting = [doubt for doubt in await doubts_of(round.id, standing.actor.id) if not doubt.decision]
    if not any(not doubt.is_closed for doubt in waiting):
        return []
    return [
        {
            "label": _("Record the council's decision of a doubt"),
            "path": f"{here}/inhabilitet/tvivl",
            "status": _("To do"),
            "tone": "warn",
        }
    ]


HANDLERS: list[BaseRouteHandler] = [home]
