"""Referat: open to the council and the secretary once the result stands, or the vote has ended without one."""

from litestar import get
from litestar.di import NamedDependency
from litestar.handlers import BaseRouteHandler

from awards.ballots.web.places import AtPrize
from awards.ballots.words import METHODS, void_words
from awards.clock import Clock
from awards.councils.standing import desk
from awards.counting.minutes import meeting_minutes, poll_minutes
from awards.counting.tables import MeetingDecision
from awards.counting.web.approvals import APPROVERS
from awards.counting.web.capacities import capacities_of, today
from awards.errors import NotFound
from awards.web.pages import Page, Request

STANDS = ("approved", "destroyed", "void")


@get("/{prize:str}/referat", name="counting.minutes")
async def minutes(
    request: Request,
    at: NamedDependency[AtPrize],
    clock: NamedDependency[Clock],
) -> Page:
    """Before the approvals only those who approve may read it: the result is nobody else's yet."""
    case = await at.own_case("member", "chair", "vice_chair", "secretary")
    poll = case.poll
    decision = await MeetingDecision.objects().get(MeetingDecision.prize == case.prize.id)
    may_read_poll = (
        poll is not None
        and poll.opens_at is not None
        and (
            poll.state in STANDS
            or (poll.state == "decided" and bool(await capacities_of(at.standing, case, today(clock))))
        )
    )
    readable = [*case.earlier, poll] if poll is not None and may_read_poll else [*case.earlier]
    if not readable and decision is None:
        raise NotFound
    return desk(
        request,
        at.standing,
        "counting/minutes.html",
        prize=case.prize,
        round=at.round,
        meeting=await meeting_minutes(decision) if decision else None,
        votes=[await poll_minutes(at.standing.council.id, case, each) for each in readable],
        numbered=len(case.opened) > 1,
        approvers=APPROVERS,
        methods=METHODS,
        void_words=void_words,
        here=at.here,
    )


HANDLERS: list[BaseRouteHandler] = [minutes]
