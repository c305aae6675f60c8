"""Data protection: what is deleted when, one person's data, and the record of processing."""

from litestar import Router, get, post
from litestar.di import NamedDependency
from litestar.response import Response

from awards.accounts.sessions import require_step_up
from awards.administration.expiring import AT_ONCE, KINDS, expiring
from awards.administration.persons import erase, export, holdings
from awards.clock import Clock
from awards.councils.standing import Standing, desk
from awards.web.forms import Form
from awards.web.i18n import N_
from awards.web.pages import Page, Request, go_to


@get("/", name="administration.data")
async def overview(request: Request, standing: NamedDependency[Standing]) -> Page:
    standing.require("secretary")
    return await _overview(request, standing, Form())


@post("/person", name="administration.find_data")
async def find(request: Request, standing: NamedDependency[Standing], clock: NamedDependency[Clock]) -> Response[str]:
    """In a form, not in an address: whose data are asked for stands in no log."""
    standing.require("secretary")
    require_step_up(request.actor, clock)
    form = Form(await request.form())
    email = _email(form)
    if form.errors:
        return await _overview(request, standing, form, 422)
    return await _person(request, standing, form, email)


@post("/person/udtraek", name="administration.export_data", status_code=200)
async def take_out(
    request: Request, standing: NamedDependency[Standing], clock: NamedDependency[Clock]
) -> Response[str] | Response[bytes]:
    standing.require("secretary")
    require_step_up(request.actor, clock)
    form = Form(await request.form())
    email = _email(form)
    if form.errors:
        return await _overview(request, standing, form, 422)
    return Response(
        await export(standing.council.id, email, by=request.actor, clock=clock),
        media_type="application/json",
        headers={"Content-Disposition": "attachment; filename=oplysninger.json", "Cache-Control": "no-store"},
    )


@post("/person/sletning", name="administration.erase_data")
async def forget(request: Request, standing: NamedDependency[Standing], clock: NamedDependency[Clock]) -> Response[str]:
    standing.require("secretary")
    require_step_up(request.actor, clock)
    form = Form(await request.form())
    email = _email(form)
    if form.errors:
        return await _overview(request, standing, form, 422)
    if not form.flag("sure"):
        form.fail("sure", N_("Tick that you know who asks, and that it cannot be undone."))
        return await _person(request, standing, form, email, 422)
    await erase(standing.council.id, email, by=request.actor, clock=clock)
    return go_to(request, f"/{standing.council.slug}/databeskyttelse/slettet")


@get("/slettet", name="administration.data_erased")
async def erased(request: Request, standing: NamedDependency[Standing]) -> Page:
    standing.require("secretary")
    return desk(request, standing, "administration/data_erased.html")


def _email(form: Form) -> str:
    return form.email("email", missing=N_("Write the person's e-mail address."))


async def _overview(request: Request, standing: Standing, form: Form, status: int = 200) -> Page:
    rows = await expiring(standing.council)
    return desk(
        request, standing, "administration/data.html", status=status, form=form, rows=rows, kinds=KINDS, at_once=AT_ONCE
    )


async def _person(request: Request, standing: Standing, form: Form, email: str, status: int = 200) -> Page:
    found = await holdings(standing.council.id, email)
    return desk(
        request, standing, "administration/data_person.html", status=status, form=form, email=email, found=found
    )


router = Router("/{council:str}/databeskyttelse", route_handlers=[overview, find, take_out, forget, erased])
