"""The council's logo: the picture itself, and its page in the set-up."""

from litestar import get, post
from litestar.di import NamedDependency
from litestar.handlers import BaseRouteHandler
from litestar.params import FromPath
from litestar.response import Response

from awards.clock import Clock
from awards.councils.logos import draw, logo_bytes, set_logo
from awards.councils.queries import council_by_slug
from awards.councils.standing import Standing, desk
from awards.pictures import FileRefused
from awards.web.forms import Form
from awards.web.i18n import N_
from awards.web.pages import Page, Request, go_to


@get("/{council:str}/logo/{name:str}", name="councils.logo")
async def show_logo(council: FromPath[str], name: FromPath[str]) -> Response[bytes]:
    picture = await logo_bytes(await council_by_slug(council), name)
    return Response(picture, media_type="image/png", headers={"Cache-Control": "public, max-age=31536000, immutable"})


@get("/{council:str}/opsaetning/logo", name="councils.edit_logo")
async def edit_logo(request: Request, standing: NamedDependency[Standing]) -> Page:
    standing.require("secretary")
    return desk(request, standing, "councils/logo.html", form=Form())


@post("/{council:str}/opsaetning/logo", name="councils.save_logo")
async def save_logo(
    request: Request, standing: NamedDependency[Standing], clock: NamedDependency[Clock]
) -> Response[str]:
    standing.require("secretary")
    form = Form(await request.form())
    chosen = form.files("logo")
    if not chosen:
        form.fail("logo", N_("Choose a picture."))
    else:
        try:
            drawn = await draw(await chosen[0].read())
        except FileRefused as refusal:
            form.fail("logo", str(refusal))
        else:
            await set_logo(standing.council.id, drawn, by=request.actor, clock=clock)
            return go_to(request, f"/{standing.council.slug}/opsaetning/logo")
    return desk(request, standing, "councils/logo.html", status=422, form=form)


@post("/{council:str}/opsaetning/logo/fjern", name="councils.remove_logo")
async def remove_logo(
    request: Request, standing: NamedDependency[Standing], clock: NamedDependency[Clock]
) -> Response[str]:
    standing.require("secretary")
    await set_logo(standing.council.id, None, by=request.actor, clock=clock)
    return go_to(request, f"/{standing.council.slug}/opsaetning/logo")


HANDLERS: list[BaseRouteHandler] = [show_logo, edit_logo, save_logo, remove_logo]
