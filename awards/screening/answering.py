"""The nominator's page for answering what the secretariat asked, reached by the mailed link."""

from dataclasses import dataclass

from litestar import Router, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath
from litestar.response import Response

from awards.accounts.links import read_link
from awards.clock import Clock
from awards.errors import DeadlinePassed, NotFound, RuleBroken
from awards.nominations.queries import NominationCase, nomination_by_id
from awards.screening import inquiries
from awards.screening.tables import Inquiry
from awards.settings import Settings
from awards.web.forms import Form
from awards.web.i18n import N_, _
from awards.web.pages import EVERY_LANGUAGE, Page, Request, go_to, page

LONGEST_ANSWER = 3000


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the nomination that it is about. `here`: the path of its page."""

    inquiry: Inquiry
    about: NominationCase
    here: str


async def provide_asked(
    token: FromPath[str], clock: NamedDependency[Clock], settings: NamedDependency[Settings]
) -> Asked:
    """What the link in the address asks. Raises NotFound, or RuleBroken for a link too old."""
    link = await read_link(token, inquiries.PURPOSE, now=clock.now(), settings=settings)
    inquiry = await Inquiry.objects().get(Inquiry.id == link.subject)
    if inquiry is None:
        raise NotFound
    return Asked(inquiry, await nomination_by_id(inquiry.nomination), f"/svar/{token}")


@get("", name="screening.answer_page")
async def show(request: Request, asked: NamedDependency[Asked], clock: NamedDependency[Clock]) -> Page:
    is_late = asked.inquiry.answered_at is None and clock.now() >= asked.inquiry.answer_by
    return _page(request, asked, Form({"answer": asked.inquiry.typed}), is_late=is_late)


@post("", name="screening.answer")
async def send(request: Request, asked: NamedDependency[Asked], clock: NamedDependency[Clock]) -> Response[str]:
    form = Form(await request.form())
    # Kept as typed before it is read: a late or refused answer is not lost with the page.
    await inquiries.keep_typed(asked.inquiry.id, form.value("answer")[: 2 * LONGEST_ANSWER])
    text = form.text("answer", maximum=LONGEST_ANSWER, lines=True, missing=N_("Write your answer."))
    if form.errors:
        return _page(request, asked, form, status=422)
    try:
        await inquiries.answer(asked.inquiry.id, text, by=request.actor, clock=clock)
    except DeadlinePassed:
        return _page(request, asked, form, status=410, is_late=True)
    except RuleBroken as refusal:
        return _page(request, asked, form, status=409, refusal=_(refusal.message, **refusal.values))
    return go_to(request, asked.here)


@post("/kladde", name="screening.answer_typed", status_code=204)
async def keep(request: Request, asked: NamedDependency[Asked]) -> None:
    """While one types."""
    form = Form(await request.form())
    await inquiries.keep_typed(asked.inquiry.id, form.value("answer")[: 2 * LONGEST_ANSWER])


def _page(
    request: Request, asked: Asked, form: Form, *, status: int = 200, is_late: bool = False, refusal: str = ""
) -> Page:
    return page(
        request,
        "screening/answer.html",
        status=status,
        council=asked.about.terms.council,
        prize=asked.about.terms.prize,
        nomination=asked.about.nomination,
        inquiry=asked.inquiry,
        is_late=is_late,
        refusal=refusal,
        longest=LONGEST_ANSWER,
        form=form,
        here=asked.here,
    )


router = Router(
    path="/svar/{token:str}",
    opt=EVERY_LANGUAGE,
    dependencies={"asked": Provide(provide_asked)},
    route_handlers=[show, send, keep],
)
