"""A vote at a meeting, for the acting chair: opening it, and closing it once everybody has voted."""

from litestar import get, post
from litestar.di import NamedDependency
from litestar.handlers import BaseRouteHandler
from litestar.response import Response

from awards.accounts.sessions import require_step_up
from awards.ballots.meetings import MEETING, present_at
from awards.ballots.polls import open_poll
from awards.ballots.queries import PrizeCase
from awards.ballots.recusals import answered, recused_from
from awards.ballots.tables import Poll
from awards.ballots.web.places import AtPrize
from awards.clock import Clock
from awards.councils.attempts import attempt
from awards.councils.queries import members_on
from awards.councils.standing import desk
from awards.counting.early import everybody_has_voted
from awards.counting.offices import leading
from awards.counting.web.capacities import today
from awards.errors import NotFound
from awards.settings import Settings
from awards.web.forms import Form
from awards.web.pages import Page, Request, go_to


@get("/{prize:str}/moede", name="counting.meeting")
async def meeting(request: Request, at: NamedDependency[AtPrize], clock: NamedDependency[Clock]) -> Page:
    case, poll = await _at_meeting(at, clock)
    return await _page(request, at, case, poll, Form(), clock)


@post("/{prize:str}/moede/aabning", name="counting.open_meeting")
async def open_vote(
    request: Request,
    at: NamedDependency[AtPrize],
    clock: NamedDependency[Clock],
    settings: NamedDependency[Settings],
) -> Response[str]:
    case, poll = await _at_meeting(at, clock)
    require_step_up(request.actor, clock)
    form = Form(await request.form())
    status = await attempt(
        form,
        lambda: open_poll(
            poll.id,
            without_answers=form.flag("without"),
            as_chair=True,
            key_dir=settings.key_dir,
            by=request.actor,
            clock=clock,
        ),
    )
    if status is not None:
        return await _page(request, at, case, poll, form, clock, status)
    return go_to(request, f"{at.path}/moede")


async def _at_meeting(at: AtPrize, clock: Clock) -> tuple[PrizeCase, Poll]:
    """The vote at a meeting, before and while it is open, for its acting chair. Raises NotFound for anybody else."""
    case = await at.own_case("chair", "vice_chair", "secretary")
    if case.poll is None or case.poll.kind != MEETING or case.state not in ("draft", "open"):
        raise NotFound
    if at.standing.actor.id != await leading(at.standing.council.id, case.poll, today(clock)):
        raise NotFound
    return case, case.poll


async def _page(
    request: Request, at: AtPrize, case: PrizeCase, poll: Poll, form: Form, clock: Clock, status: int = 200
) -> Page:
    there = present_at(poll)
    present = [member for member in await members_on(at.standing.council.id, today(clock)) if member.id in there]
    out = (await recused_from([case.prize.id]))[case.prize.id]
    done = (await answered([case.prize.id]))[case.prize.id]
    return desk(
        request,
        at.standing,
        "counting/meeting.html",
        status=status,
        prize=case.prize,
        poll=poll,
        form=form,
        voters=[member.name for member in present if member.id not in out],
        others=[member.name for member in present if member.id in out],
        silent=[member.name for member in present if member.id not in done],
        everybody=case.state == "open" and await everybody_has_voted(poll.id),
        here=at.here,
        mine=at.path,
    )


HANDLERS: list[BaseRouteHandler] = [meeting, open_vote]
