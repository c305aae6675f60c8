"""Pages of one's own access: proving afresh who one is, saving a device, and where one is signed in."""

from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from awards.accounts.actions import end_other_sessions, end_session
from awards.accounts.browser import signed_in, way_back
from awards.accounts.passkeys import passkeys_of
from awards.accounts.proof import Means, means_of, prove
from awards.accounts.queries import sessions_of
from awards.accounts.rules import PASSWORD_MAXIMUM, browser_name
from awards.accounts.saving import forget_device
from awards.accounts.sessions import require_step_up, step_up
from awards.accounts.words import day_in_words, device_name, this_device
from awards.clock import Clock
from awards.errors import SignInNeeded
from awards.settings import Settings
from awards.web.forms import Form
from awards.web.i18n import N_
from awards.web.pages import Page, Request, go_to, page


@get("/bekraeft-dig", name="accounts.proof")
async def proof(request: Request) -> Page:
    means = await means_of(request.actor)
    return _proof(request, Form(), means, way_back(request))


@post("/bekraeft-dig", name="accounts.prove")
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
    return _proof(request, form, means, back, status=422)


@get("/mine-enheder", name="accounts.devices")
async def devices(request: Request, clock: NamedDependency[Clock]) -> Page:
    _require_signed_in(request)
    now = clock.now()
    sessions = await sessions_of(request.actor.id, now)
    return page(
        request,
        "accounts/devices.html",
        sessions=sessions,
        passkeys=await passkeys_of(request.actor.id),
        saved_here=next((session.passkey for session in sessions if session.id == request.actor.session), None),
        browser_name=browser_name,
        device_name=device_name,
        day_in_words=lambda moment: day_in_words(moment, now),
        device=_device(request),
    )


@get("/mine-enheder/gem", name="accounts.save")
async def offer_to_save(request: Request, clock: NamedDependency[Clock]) -> Page:
    """Saving this device, so that the next sign-in is one touch. Nobody has to."""
    _require_signed_in(request)
    require_step_up(request.actor, clock)
    return page(request, "accounts/save.html", device=_device(request), back=way_back(request))


@post("/mine-enheder/gemt/{passkey:uuid}", name="accounts.forget_device")
async def forget_one(request: Request, passkey: FromPath[UUID], clock: NamedDependency[Clock]) -> Page:
    _require_signed_in(request)
    await forget_device(passkey, by=request.actor, clock=clock)
    return go_to(request, "/mine-enheder")


@post("/mine-enheder/andre", name="accounts.end_others")
async def end_others(request: Request) -> Page:
    _require_signed_in(request)
    await end_other_sessions(by=request.actor)
    return go_to(request, "/mine-enheder")


@post("/mine-enheder/{session:uuid}", name="accounts.end_one")
async def end_one(request: Request, session: FromPath[UUID]) -> Page:
    _require_signed_in(request)
    await end_session(session, by=request.actor)
    return go_to(request, "/mine-enheder")


def _proof(request: Request, form: Form, means: Means, back: str, *, status: int = 200) -> Page:
    device = _device(request)
    return page(request, "accounts/proof.html", status=status, form=form, means=means, back=back, device=device)


def _device(request: Request) -> str:
    return this_device(request.headers.get("user-agent", ""))


def _require_signed_in(request: Request) -> None:
    if not request.actor.is_signed_in:
        raise SignInNeeded


HANDLERS = [proof, give_proof, devices, offer_to_save, forget_one, end_others, end_one]
