"""When an open vote closes: later, when secretary and chair agree, or at once, when everybody has voted."""

from litestar import get, post
from litestar.di import NamedDependency
from litestar.handlers import BaseRouteHandler
from litestar.response import Response

from awards.accounts.sessions import require_step_up
from awards.ballots.extending import agree_to_later_close, ask_for_later_close, asked_change
from awards.ballots.queries import PrizeCase
from awards.ballots.tables import Poll
from awards.ballots.web.places import AtPrize
from awards.clock import Clock
from awards.councils.attempts import attempt
from awards.councils.standing import desk
from awards.counting.early import close_early, everybody_has_voted
from awards.counting.offices import leading
from awards.counting.web.capacities import today
from awards.errors import NotFound
from awards.settings import Settings
from awards.web.forms import Form, moment_values
from awards.web.pages import Page, Request, go_to

FIELD = "closes"


@get("/{prize:str}/lukketid", name="counting.closing_time")
async def closing_time(request: Request, at: NamedDependency[AtPrize], clock: NamedDependency[Clock]) -> Page:
    case, poll = await _open(at)
    return await _page(request, at, case, poll, Form(moment_values(FIELD, poll.closes_at, is_deadline=True)), clock)


@post("/{prize:str}/lukketid", name="counting.ask_for_later_close")
async def ask(request: Request, at: NamedDependency[AtPrize], clock: NamedDependency[Clock]) -> Response[str]:
    case, poll = await _open(at)
    if not at.standing.has("secretary"):
        raise NotFound
    form = Form(await request.form())
    closes_at = form.moment(FIELD, is_deadline=True)
    status = await attempt(
        form, lambda: ask_for_later_close(poll.id, closes_at or clock.now(), by=request.actor, clock=clock)
    )
    if status is not None:
        return await _page(request, at, case, poll, form, clock, status)
    return go_to(request, f"{at.path}/lukketid")


@post("/{prize:str}/lukketid/enighed", name="counting.agree_to_later_close")
async def agree(request: Request, at: NamedDependency[AtPrize], clock: NamedDependency[Clock]) -> Response[str]:
    _case, poll = await _open(at)
    await _require_chair(at, poll, clock)
    require_step_up(request.actor, clock)
    change = await asked_change(poll.id)
    if change is not None:
        await agree_to_later_close(change.id, by=request.actor, clock=clock)
    return go_to(request, f"{at.path}/lukketid")


@post("/{prize:str}/lukketid/lukning", name="counting.close_early")
async def close(
    request: Request,
    at: NamedDependency[AtPrize],
    clock: NamedDependency[Clock],
    settings: NamedDependency[Settings],
) -> Response[str]:
    _case, poll = await _open(at)
    await _require_chair(at, poll, clock)
    require_step_up(request.actor, clock)
    await close_early(poll.id, key_dir=settings.key_dir, by=request.actor, clock=clock)
    return go_to(request, f"{at.here}/afstemning")


async def _open(at: AtPrize) -> tuple[PrizeCase, Poll]:
    case = await at.own_case("secretary", "chair", "vice_chair")
    if case.poll is None or case.state != "open":
        raise NotFound
    return case, case.poll


async def _require_chair(at: AtPrize, poll: Poll, clock: Clock) -> None:
    if at.standing.actor.id != await leading(at.standing.council.id, poll, today(clock)):
        raise NotFound


async def _page(
    request: Request, at: AtPrize, case: PrizeCase, poll: Poll, form: Form, clock: Clock, status: int = 200
) -> Page:
    is_chair = request.actor.id == await leading(at.standing.council.id, poll, today(clock))
    return desk(
        request,
        at.standing,
        "counting/closing_time.html",
        status=status,
        prize=case.prize,
        poll=poll,
        change=await asked_change(poll.id),
        form=form,
        field=FIELD,
        is_chair=is_chair,
        is_secretary=at.standing.has("secretary"),
        everybody=is_chair and await everybody_has_voted(poll.id),
        here=at.here,
    )


HANDLERS: list[BaseRouteHandler] = [closing_time, ask, agree, close]
