"""Sign-in pages for members: the address, the mailed link with the card's code; and signing out."""

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from awards.accounts.actions import end_session
from awards.accounts.browser import browser_of, has_saved_device, saving_first, signed_in, way_back
from awards.accounts.devices import device_of
from awards.accounts.members import (
    DEMONSTRATION,
    SIGN_IN,
    ask_for_link,
    is_link_of,
    person_of_link,
    sign_in_by_card,
    sign_in_demonstration,
)
from awards.accounts.passkeys import passkeys_of
from awards.accounts.sessions import expired_cookie
from awards.accounts.tables import Person
from awards.accounts.words import this_device
from awards.clock import Clock
from awards.errors import NotFound, RuleBroken
from awards.settings import Settings
from awards.web.forms import Form
from awards.web.i18n import N_, language
from awards.web.pages import Page, Request, go_to, page


@get("/log-ind", name="accounts.sign_in")
async def ask(request: Request, settings: NamedDependency[Settings]) -> Page:
    return _sign_in(request, Form(), way_back(request), settings)


@post("/log-ind", name="accounts.send_link")
async def send_link(request: Request, clock: NamedDependency[Clock], settings: NamedDependency[Settings]) -> Page:
    """Whatever the address, the answer is the same page."""
    form = Form(await request.form())
    back = way_back(request, form.value("next"))
    email = form.email("email", missing=N_("Write your e-mail address."))
    if form.errors:
        return _sign_in(request, form, back, settings, status=422)
    await ask_for_link(email, back=back, language=language(), browser=browser_of(request, settings), clock=clock)
    return page(request, "accounts/link_sent.html", email=email, back=back)


@get("/log-ind/link/{token:str}", name="accounts.link")
async def link(
    request: Request, token: FromPath[str], clock: NamedDependency[Clock], settings: NamedDependency[Settings]
) -> Page:
    """Who is signed in already goes on, however often the same mail is opened."""
    back = way_back(request)
    if request.actor.is_signed_in and await is_link_of(request.actor.id, token, settings):
        return go_to(request, back)
    try:
        person = await person_of_link(token, SIGN_IN, clock=clock, settings=settings)
    except RuleBroken as refusal:
        return _sign_in(request, Form(), back, settings, status=409, refusal=refusal)
    return await _link(request, Form(), person, token, back, settings)


@post("/log-ind/link/{token:str}", name="accounts.use_link")
async def use_link(
    request: Request, token: FromPath[str], clock: NamedDependency[Clock], settings: NamedDependency[Settings]
) -> Page:
    form = Form(await request.form())
    back = way_back(request, form.value("next"))
    try:
        person = await person_of_link(token, SIGN_IN, clock=clock, settings=settings)
    except RuleBroken as refusal:
        return _sign_in(request, Form(), back, settings, status=409, refusal=refusal)
    code = form.text("code", maximum=40, missing=N_("Write the code on your voting card."))
    if not form.errors:
        browser = browser_of(request, settings)
        known = device_of(browser.device, person.id, settings)
        opened = await sign_in_by_card(token, code, known_device=known, browser=browser, clock=clock, settings=settings)
        if opened:
            return signed_in(request, opened, saving_first(request, form, back, settings), settings)
        form.fail("code", N_("The code does not fit. It has 10 letters and digits, and only your newest card is good."))
    return await _link(request, form, person, token, back, settings, status=422)


@get("/log-ind/demonstration/{token:str}", name="accounts.demonstration")
async def demonstration(
    request: Request, token: FromPath[str], clock: NamedDependency[Clock], settings: NamedDependency[Settings]
) -> Page:
    """Exists in the demonstration only."""
    _require_demonstration(request)
    person = await person_of_link(token, DEMONSTRATION, clock=clock, settings=settings)
    return page(request, "accounts/demonstration.html", person=person, token=token, back=way_back(request))


@post("/log-ind/demonstration/{token:str}", name="accounts.use_demonstration")
async def use_demonstration(
    request: Request, token: FromPath[str], clock: NamedDependency[Clock], settings: NamedDependency[Settings]
) -> Page:
    _require_demonstration(request)
    opened = await sign_in_demonstration(token, browser=browser_of(request, settings), clock=clock, settings=settings)
    return signed_in(request, opened, way_back(request), settings)


@post("/log-ud", name="accounts.sign_out")
async def sign_out(request: Request, settings: NamedDependency[Settings]) -> Page:
    if request.actor.is_signed_in and request.actor.session is not None:
        await end_session(request.actor.session, by=request.actor)
    answer = go_to(request, "/log-ud")
    if request.actor.is_signed_in:
        answer.set_cookie(expired_cookie(settings))
    return answer


@get("/log-ud", name="accounts.signed_out")
async def signed_out(request: Request) -> Page:
    return page(request, "accounts/signed_out.html")


def _sign_in(
    request: Request, form: Form, back: str, settings: Settings, *, status: int = 200, refusal: RuleBroken | None = None
) -> Page:
    """refusal: why the link that was opened is no good."""
    return page(
        request,
        "accounts/sign_in.html",
        status=status,
        form=form,
        back=back,
        refusal=refusal,
        device=_device(request),
        is_saved=has_saved_device(request, settings),
    )


async def _link(
    request: Request, form: Form, person: Person, token: str, back: str, settings: Settings, *, status: int = 200
) -> Page:
    return page(
        request,
        "accounts/link.html",
        status=status,
        form=form,
        person=person,
        token=token,
        back=back,
        device=_device(request),
        has_saved=bool(await passkeys_of(person.id)),
        is_saved=has_saved_device(request, settings),
    )


def _device(request: Request) -> str:
    return this_device(request.headers.get("user-agent", ""))


def _require_demonstration(request: Request) -> None:
    if not request.app.state.demonstration:
        raise NotFound


HANDLERS = [ask, send_link, link, use_link, demonstration, use_demonstration, sign_out, signed_out]
