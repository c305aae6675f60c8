"""Winners of earlier years, typed in by staff."""

from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.handlers import BaseRouteHandler
from litestar.params import FromPath
from litestar.response import Response

from awards.clock import Clock
from awards.councils.attempts import attempt, new_id, read_id, seen_in
from awards.councils.standing import Standing, desk
from awards.rounds.forms import laureate_values, read_laureate
from awards.rounds.laureates import add_laureate, change_laureate, remove_laureate, typed_in
from awards.rounds.queries import laureates
from awards.rounds.tables import Laureate
from awards.web.formats import local
from awards.web.forms import Form
from awards.web.pages import Page, Request, go_to

STAFF = ("secretary", "communications")


@get("/{council:str}/opsaetning/tidligere-vindere", name="rounds.laureates")
async def show_laureates(request: Request, standing: NamedDependency[Standing]) -> Page:
    standing.require(*STAFF)
    return desk(request, standing, "rounds/laureates.html", laureates=await laureates(standing.council.id))


@get("/{council:str}/opsaetning/tidligere-vindere/ny", name="rounds.new_laureate")
async def new_laureate(request: Request, standing: NamedDependency[Standing]) -> Page:
    standing.require(*STAFF)
    return await _new_page(request, standing, Form())


@post("/{council:str}/opsaetning/tidligere-vindere/ny", name="rounds.add_laureate")
async def save_new_laureate(
    request: Request, standing: NamedDependency[Standing], clock: NamedDependency[Clock]
) -> Response[str]:
    standing.require(*STAFF)
    form = Form(await request.form())
    details, id = read_laureate(form, local(clock.now()).year), read_id(form)
    status = await attempt(form, lambda: add_laureate(id, standing.council.id, details, by=request.actor, clock=clock))
    if status is None:
        return go_to(request, _path(standing))
    return await _new_page(request, standing, form, status)


async def _new_page(request: Request, standing: Standing, form: Form, status: int = 200) -> Page:
    titles = sorted({row.prize_title for row in await laureates(standing.council.id)})
    return desk(request, standing, "rounds/laureate_new.html", status=status, form=form, id=new_id(form), titles=titles)


@get("/{council:str}/opsaetning/tidligere-vindere/{laureate:uuid}", name="rounds.laureate")
async def edit_laureate(request: Request, laureate: FromPath[UUID], standing: NamedDependency[Standing]) -> Page:
    standing.require(*STAFF)
    row = await typed_in(standing.council.id, laureate)
    return _page(request, standing, row, Form(laureate_values(row)))


@post("/{council:str}/opsaetning/tidligere-vindere/{laureate:uuid}", name="rounds.change_laureate")
async def save_laureate(
    request: Request, laureate: FromPath[UUID], standing: NamedDependency[Standing], clock: NamedDependency[Clock]
) -> Response[str]:
    standing.require(*STAFF)
    form = Form(await request.form())
    details = read_laureate(form, local(clock.now()).year)
    status = await attempt(
        form,
        lambda: change_laureate(
            standing.council.id, laureate, details, seen=form.value("seen"), by=request.actor, clock=clock
        ),
    )
    if status is None:
        return go_to(request, _path(standing))
    return _page(request, standing, await typed_in(standing.council.id, laureate), form, status)


def _page(request: Request, standing: Standing, laureate: Laureate, form: Form, status: int = 200) -> Page:
    return desk(
        request,
        standing,
        "rounds/laureate.html",
        status=status,
        form=form,
        laureate=laureate,
        seen=seen_in(form, laureate, status),
    )


@post("/{council:str}/opsaetning/tidligere-vindere/{laureate:uuid}/fjern", name="rounds.remove_laureate")
async def delete_laureate(
    request: Request, laureate: FromPath[UUID], standing: NamedDependency[Standing], clock: NamedDependency[Clock]
) -> Response[str]:
    standing.require(*STAFF)
    await remove_laureate(standing.council.id, laureate, by=request.actor, clock=clock)
    return go_to(request, _path(standing))


def _path(standing: Standing) -> str:
    return f"/{standing.council.slug}/opsaetning/tidligere-vindere"


HANDLERS: list[BaseRouteHandler] = [
    show_laureates,
    new_laureate,
    save_new_laureate,
    edit_laureate,
    save_laureate,
    delete_laureate,
]
