"""Pages of one's own access: proving afresh who one is, and where one is signed in."""

from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from awards.accounts.actions import end_other_sessions, end_session
from awards.accounts.browser import signed_in, way_back
from awards.accounts.proof import means_of, prove
from awards.accounts.queries import sessions_of
from awards.accounts.rules import PASSWORD_MAXIMUM, browser_name
from awards.accounts.sessions import step_up
from awards.clock import Clock
from awards.errors import SignInNeeded
from awards.settings import Settings
from awards.web.forms import Form
from awards.web.i18n import N_
from awards.web.pages import Page, Request, go_to, page


@get("/bekraeft-dig", name="accounts.proof")
async def proof(request: Request) -> Page:
    means = await means_of(request.actor)
    return page(request, "accounts/proof.html", form=Form(), means=means, back=way_back(request))


@post("/bekraeft-dig", name="accounts.prove", status_code=200)
async def give_proof(request: Request, clock: NamedDependency[Clock], settings: NamedDependency[Settings]) -> Page:
    means = await means_of(request.actor)
    form = Form(await request.form())
    back = way_back(request, form.value("next"))
    typed = form.value("proof").strip()[: 4 * PASSWORD_MAXIMUM]
    if request.app.state.demonstration and form.flag("demonstration"):
        # The people of the demonstration have secrets that nobody knows.
        return signed_in(request, await step_up(request.actor, clock=clock, settings=settings), back, settings)
    if not typed:
        form.fail("proof", N_("Write the code."))
    else:
        opened = await prove(typed, actor=request.actor, clock=clock, settings=settings)
        if opened:
            return signed_in(request, opened, back, settings)
        form.fail("proof", N_("It does not fit. Check what you typed; a code from the app works once."))
    return page(request, "accounts/proof.html", status=422, form=form, means=means, back=back)


@get("/mine-enheder", name="accounts.devices")
async def devices(request: Request, clock: NamedDependency[Clock]) -> Page:
    _require_signed_in(request)
    sessions = await sessions_of(request.actor.id, clock.now())
    return page(request, "accounts/devices.html", sessions=sessions, browser_name=browser_name)


@post("/mine-enheder/andre", name="accounts.end_others", status_code=200)
async def end_others(request: Request) -> Page:
    _require_signed_in(request)
    await end_other_sessions(by=request.actor)
    return go_to(request, "/mine-enheder")


@post("/mine-enheder/{session:uuid}", name="accounts.end_one", status_code=200)
async def end_one(request: Request, session: FromPath[UUID]) -> Page:
    _require_signed_in(request)
    await end_session(session, by=request.actor)
    return go_to(request, "/mine-enheder")


def _require_signed_in(request: Request) -> None:
    if not request.actor.is_signed_in:
        raise SignInNeeded


HANDLERS = [proof, give_proof, devices, end_others, end_one]
