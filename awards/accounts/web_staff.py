"""Pages for staff: the invitation, and signing in with password and authenticator."""

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from awards.accounts.browser import HOME, browser_of, saving_first, signed_in, way_back
from awards.accounts.members import person_of_link
from awards.accounts.rules import PASSWORD_MAXIMUM, PASSWORD_MINIMUM, grouped, normal_password, password_fault
from awards.accounts.staff import INVITATION, accept_invitation, invitation_secret, sign_in_with_password
from awards.accounts.tables import Person
from awards.accounts.totp import enrolment_address, qr_image
from awards.accounts.words import this_device
from awards.clock import Clock
from awards.settings import Settings
from awards.web.forms import Form
from awards.web.i18n import N_
from awards.web.pages import Page, Request, page

FAULTS = {
    "short": N_("Use at least %(minimum)s characters. Four or five words in a row are easy to remember."),
    "long": N_("Use at most %(maximum)s characters."),
    "obvious": N_("That is easy to guess. Use other words, not your name and not the name of this site."),
}


@get("/log-ind/adgangskode", name="accounts.password")
async def password(request: Request) -> Page:
    return _password(request, Form(), way_back(request))


@post("/log-ind/adgangskode", name="accounts.use_password")
async def use_password(request: Request, clock: NamedDependency[Clock], settings: NamedDependency[Settings]) -> Page:
    form = Form(await request.form())
    back = way_back(request, form.value("next"))
    email = form.email("email", missing=N_("Write your e-mail address."))
    typed, code = form.value("password")[: 4 * PASSWORD_MAXIMUM], form.value("code")[:40]
    if not typed:
        form.fail("password", N_("Write your password."))
    if not code:
        form.fail("code", N_("Write the code that your authenticator app shows."))
    if not form.errors:
        opened = await sign_in_with_password(
            email, typed, code, browser=browser_of(request, settings), clock=clock, settings=settings
        )
        if opened:
            return signed_in(request, opened, saving_first(request, form, back, settings), settings)
        form.fail("email", N_("E-mail, password and code do not fit together. A code works once: wait for the next."))
    return _password(request, form, back, status=422)


@get("/invitation/{token:str}", name="accounts.invitation")
async def invitation(
    request: Request, token: FromPath[str], clock: NamedDependency[Clock], settings: NamedDependency[Settings]
) -> Page:
    person = await person_of_link(token, INVITATION, clock=clock, settings=settings)
    secret = await invitation_secret(token, clock=clock, settings=settings)
    return _invitation(request, Form(), token, person, secret)


@post("/invitation/{token:str}", name="accounts.accept")
async def accept(
    request: Request, token: FromPath[str], clock: NamedDependency[Clock], settings: NamedDependency[Settings]
) -> Page:
    person = await person_of_link(token, INVITATION, clock=clock, settings=settings)
    secret = await invitation_secret(token, clock=clock, settings=settings)
    form = Form(await request.form())
    chosen = normal_password(form.value("password"))
    fault = password_fault(chosen, (person.name, person.email))
    if fault:
        form.fail("password", FAULTS[fault], minimum=PASSWORD_MINIMUM, maximum=PASSWORD_MAXIMUM)
    elif chosen != normal_password(form.value("again")):
        form.fail("again", N_("The two passwords are not the same."))
    code = form.text("code", maximum=40, missing=N_("Write the code that your authenticator app shows."))
    if not form.errors:
        opened = await accept_invitation(
            token, chosen, code, browser=browser_of(request, settings), clock=clock, settings=settings
        )
        if opened:
            return signed_in(request, opened, saving_first(request, form, HOME, settings), settings)
        form.fail("code", N_("The code does not fit. Check the clock of your phone, and try the next code."))
    return _invitation(request, form, token, person, secret, status=422)


def _password(request: Request, form: Form, back: str, *, status: int = 200) -> Page:
    device = this_device(request.headers.get("user-agent", ""))
    return page(request, "accounts/password.html", status=status, form=form, back=back, device=device)


def _invitation(request: Request, form: Form, token: str, person: Person, secret: str, *, status: int = 200) -> Page:
    address = enrolment_address(secret, person.email)
    return page(
        request,
        "accounts/invitation.html",
        status=status,
        form=form,
        token=token,
        person=person,
        minimum=PASSWORD_MINIMUM,
        address=address,
        image=qr_image(address),
        secret=grouped(secret, 4),
    )


HANDLERS = [password, use_password, invitation, accept]
