"""Opening the council's tablet for a vote at a meeting, and closing it: for the acting chair, and the secretary."""

import segno
from litestar import get, post
from litestar.di import NamedDependency
from litestar.handlers import BaseRouteHandler
from litestar.response import Response

from awards.accounts.links import link_token
from awards.accounts.sessions import require_step_up
from awards.ballots.meetings import MEETING
from awards.ballots.queries import PrizeCase
from awards.ballots.tables import Poll
from awards.ballots.tablets import close_tablet, open_tablet, tablet_link
from awards.ballots.web.places import AtPrize
from awards.clock import Clock
from awards.councils.standing import desk
from awards.counting.offices import leading
from awards.counting.web.capacities import today
from awards.errors import NotFound
from awards.settings import Settings
from awards.web.i18n import href
from awards.web.pages import Page, Request, go_to


@get("/{prize:str}/tavle", name="counting.tablet")
async def tablet(
    request: Request,
    at: NamedDependency[AtPrize],
    clock: NamedDependency[Clock],
    settings: NamedDependency[Settings],
) -> Page:
    case, poll = await _at_open_meeting(at, clock)
    link = await tablet_link(poll.id)
    address = settings.base_url + href(f"/tavle/{await link_token(link.id, settings)}") if link else ""
    return desk(
        request,
        at.standing,
        "counting/tablet.html",
        prize=case.prize,
        address=address,
        qr=segno.make(address, error="m").svg_data_uri(scale=5, border=4, dark="#000", light="#fff") if link else "",
        here=at.here,
        mine=at.path,
    )


@post("/{prize:str}/tavle", name="counting.open_tablet")
async def opened(request: Request, at: NamedDependency[AtPrize], clock: NamedDependency[Clock]) -> Response[str]:
    _case, poll = await _at_open_meeting(at, clock)
    require_step_up(request.actor, clock)
    await open_tablet(poll.id, by=request.actor, clock=clock)
    return go_to(request, f"{at.path}/tavle")


@post("/{prize:str}/tavle/lukning", name="counting.close_tablet")
async def closed(request: Request, at: NamedDependency[AtPrize], clock: NamedDependency[Clock]) -> Response[str]:
    _case, poll = await _at_open_meeting(at, clock)
    await close_tablet(poll.id, by=request.actor, clock=clock)
    return go_to(request, f"{at.path}/tavle")


async def _at_open_meeting(at: AtPrize, clock: Clock) -> tuple[PrizeCase, Poll]:
    """The open vote at a meeting, for its acting chair and the secretary. Raises NotFound for anybody else."""
    case = await at.own_case("chair", "vice_chair", "secretary")
    if case.poll is None or case.poll.kind != MEETING or case.state != "open":
        raise NotFound
    chair = await leading(at.standing.council.id, case.poll, today(clock))
    if at.standing.actor.id != chair and not at.standing.has("secretary"):
        raise NotFound
    return case, case.poll


HANDLERS: list[BaseRouteHandler] = [tablet, opened, closed]
