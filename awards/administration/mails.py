"""What the council has mailed: what waits, what arrived, what was given up and what came back."""

from urllib.parse import urlencode
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from awards.administration.words import MAIL_STATES, letter_name
from awards.clock import Clock
from awards.councils.standing import Standing, desk
from awards.errors import NotFound
from awards.outbox import actions, queries
from awards.outbox.rendering import Paragraph, compose, paragraphs, text_of
from awards.outbox.tables import Mail
from awards.settings import Settings
from awards.web.forms import Form
from awards.web.i18n import _
from awards.web.pages import Page, Request, go_to

# Letters that the secretariat may read and hand over. Others let somebody sign in or vote.
READABLE = ("nominations/", "screening/", "winners/")


@get("/mails")
async def index(request: Request, standing: NamedDependency[Standing]) -> Page:
    """The council's mails, newest first; `?status=`, `?q=` and `?side=` choose which."""
    standing.require("secretary")
    form = Form({name: value for name, value in request.query_params.items() if isinstance(value, str)})
    state = form.value("status") if form.value("status") in queries.STATES else ""
    words, number = form.value("q")[:100], form.value("side")
    side = int(number) if number.isascii() and number.isdigit() and 0 < len(number) < 6 else 1
    mails, found = await queries.mails_of(standing.council.id, state=state, words=words, page=max(side, 1))
    here = f"/{standing.council.slug}/mails"
    return desk(
        request,
        standing,
        "administration/mails.html",
        fragment="administration/_mails.html",
        mails=mails,
        found=found,
        state=state,
        words=words,
        counts=await queries.counts_by_state(standing.council.id),
        states={name: _(words) for name, words in MAIL_STATES.items()},
        letter_name=letter_name,
        here=here,
        side=max(side, 1),
        pages=-(-found // queries.PER_PAGE),
        page_address=f"{here}?{urlencode({'status': state, 'q': words})}&side=",
    )


@get("/mails/{mail_id:uuid}")
async def show(
    request: Request, standing: NamedDependency[Standing], settings: NamedDependency[Settings], mail_id: FromPath[UUID]
) -> Page:
    standing.require("secretary")
    mail = await queries.mail_of(standing.council.id, mail_id)
    return desk(
        request,
        standing,
        "administration/mail.html",
        mail=mail,
        letter=letter_name(mail.template),
        states={name: _(words) for name, words in MAIL_STATES.items()},
        paragraphs=await _readable(mail, settings),
        here=f"/{standing.council.slug}/mails",
    )


@post("/mails/{mail_id:uuid}/afsendelse")
async def send_again(
    request: Request, standing: NamedDependency[Standing], clock: NamedDependency[Clock], mail_id: FromPath[UUID]
) -> Response[str]:
    standing.require("secretary")
    await queries.mail_of(standing.council.id, mail_id)
    await actions.send_again(mail_id, by=standing.actor, clock=clock)
    return go_to(request, f"/{standing.council.slug}/mails/{mail_id}")


@post("/mails/{mail_id:uuid}/returnering")
async def came_back(
    request: Request, standing: NamedDependency[Standing], clock: NamedDependency[Clock], mail_id: FromPath[UUID]
) -> Response[str]:
    standing.require("secretary")
    await queries.mail_of(standing.council.id, mail_id)
    await actions.mark_returned(mail_id, by=standing.actor, clock=clock)
    return go_to(request, f"/{standing.council.slug}/mails/{mail_id}")


async def _readable(mail: Mail, settings: Settings) -> list[Paragraph]:
    """The text of a mail that staff may read; empty for others, and when what it is about is gone."""
    if not mail.template.startswith(READABLE):
        return []
    try:
        return paragraphs(text_of(await compose(mail, settings)))
    except NotFound:
        return []


router = Router(path="/{council:str}", route_handlers=[index, show, send_again, came_back])
