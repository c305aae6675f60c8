"""Set-up of the council itself; the pages of members and offices have files of their own."""

from litestar import Router, get, post
from litestar.di import NamedDependency
from litestar.response import Response

from awards.clock import Clock
from awards.councils.actions import change_council, found_council
from awards.councils.attempts import attempt, new_id, read_id, seen_in
from awards.councils.forms import NEW_COUNCIL, council_values, read_address, read_council
from awards.councils.standing import Standing, desk
from awards.councils.web_home import home
from awards.councils.web_logo import HANDLERS as LOGO
from awards.councils.web_members import HANDLERS as MEMBERS
from awards.councils.web_offices import HANDLERS as OFFICES
from awards.councils.words import ACCENTS
from awards.web.forms import Form
from awards.web.pages import Page, Request, go_to


@get("/{council:str}/opsaetning/raadet", name="councils.edit")
async def edit_council(request: Request, standing: NamedDependency[Standing]) -> Page:
    standing.require("secretary")
    return _council_page(request, standing, Form(council_values(standing.council)))


@post("/{council:str}/opsaetning/raadet", name="councils.change")
async def save_council(
    request: Request, standing: NamedDependency[Standing], clock: NamedDependency[Clock]
) -> Response[str]:
    standing.require("secretary")
    form = Form(await request.form())
    details = read_council(form)
    council = standing.council
    status = await attempt(
        form,
        lambda: change_council(council.id, details, seen=form.value("seen"), by=request.actor, clock=clock),
    )
    if status is None:
        return go_to(request, f"/{council.slug}/opsaetning")
    return _council_page(request, standing, form, status)


def _council_page(request: Request, standing: Standing, form: Form, status: int = 200) -> Page:
    seen = seen_in(form, standing.council, status)
    return desk(request, standing, "councils/edit.html", status=status, form=form, seen=seen, accents=ACCENTS)


@get("/{council:str}/opsaetning/nyt-raad", name="councils.new")
async def new_council(request: Request, standing: NamedDependency[Standing]) -> Page:
    standing.require("secretary")
    form = Form(NEW_COUNCIL | {"municipality": standing.council.municipality})
    return _new_council_page(request, standing, form)


@post("/{council:str}/opsaetning/nyt-raad", name="councils.found")
async def save_new_council(
    request: Request, standing: NamedDependency[Standing], clock: NamedDependency[Clock]
) -> Response[str]:
    standing.require("secretary")
    form = Form(await request.form())
    slug, details, id = read_address(form), read_council(form), read_id(form)
    status = await attempt(
        form,
        lambda: found_council(id, slug, details, secretary=request.actor.id, by=request.actor, clock=clock),
    )
    if status is None:
        return go_to(request, f"/{slug}/opsaetning")
    return _new_council_page(request, standing, form, status)


def _new_council_page(request: Request, standing: Standing, form: Form, status: int = 200) -> Page:
    return desk(request, standing, "councils/new.html", status=status, form=form, id=new_id(form), accents=ACCENTS)


router = Router(
    "/", route_handlers=[home, edit_council, save_council, new_council, save_new_council, *LOGO, *MEMBERS, *OFFICES]
)
