"""Pages of the acting chair: new cards and addresses that wait to be confirmed while a vote is open."""

from uuid import UUID

from litestar import Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from awards.accounts.sessions import require_step_up
from awards.administration.requests import confirm, refuse, waiting_for
from awards.clock import Clock
from awards.councils.standing import Standing, desk
from awards.web.pages import Page, Request, go_to


@get("/{council:str}/anmodninger", name="administration.requests")
async def requests(request: Request, standing: NamedDependency[Standing], clock: NamedDependency[Clock]) -> Page:
    standing.require("chair", "vice_chair")
    require_step_up(request.actor, clock)
    waiting = await waiting_for(standing.council.id, now=clock.now())
    asked = [one for one in waiting if one.request.state == "asked"]
    return desk(request, standing, "administration/requests.html", asked=asked, me=request.actor.id)


@post("/{council:str}/anmodninger/{id:uuid}/bekraeft", name="administration.confirm")
async def say_yes(
    request: Request, id: FromPath[UUID], standing: NamedDependency[Standing], clock: NamedDependency[Clock]
) -> Page:
    standing.require("chair", "vice_chair")
    require_step_up(request.actor, clock)
    await confirm(id, standing.council.id, by=request.actor, clock=clock)
    return go_to(request, f"/{standing.council.slug}/anmodninger")


@post("/{council:str}/anmodninger/{id:uuid}/afvis", name="administration.refuse")
async def say_no(
    request: Request, id: FromPath[UUID], standing: NamedDependency[Standing], clock: NamedDependency[Clock]
) -> Page:
    standing.require("chair", "vice_chair")
    require_step_up(request.actor, clock)
    await refuse(id, standing.council.id, by=request.actor, clock=clock)
    return go_to(request, f"/{standing.council.slug}/anmodninger")


router = Router(path="/", route_handlers=[requests, say_yes, say_no])
