"""Leave a draft and come back to it, in this browser or another, by a mailed link."""

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from awards.accounts.links import read_link
from awards.accounts.sessions import begin_session
from awards.clock import Clock
from awards.nominations import drafts
from awards.nominations.forms import STEPS, read_all, step_of
from awards.nominations.queries import DraftCase, draft_held_by
from awards.nominations.web.draft import Answer, address, again, keep, known, take_files
from awards.nominations.web.limits import limit_mails
from awards.settings import Settings
from awards.web.forms import Form
from awards.web.i18n import N_
from awards.web.pages import Page, Request, go_to, page


@post("/{step:str}/gem", name="nominations.leave")
async def leave(
    request: Request,
    case: NamedDependency[DraftCase],
    step: FromPath[str],
    clock: NamedDependency[Clock],
) -> Answer:
    """Keep what was typed, and offer a link by mail."""
    form, case = await keep(request, case, known(step), clock)
    case = await take_files(form, case, clock)
    if form.errors:
        return again(request, step, case, form)
    return go_to(request, f"{address(case)}/gem")


@get("/gem", name="nominations.save_for_later")
async def show_leaving(request: Request, case: NamedDependency[DraftCase]) -> Page:
    return _leaving(request, case, Form({"email": case.typed.get("email", "")}))


@post("/gem", name="nominations.mail_draft")
async def mail_draft(request: Request, case: NamedDependency[DraftCase], clock: NamedDependency[Clock]) -> Page:
    form = Form(await request.form())
    to = form.email("email", missing=N_("Write your e-mail address."))
    if form.errors:
        return _leaving(request, case, form)
    await limit_mails(request, to, clock.now())
    await drafts.mail_draft(case.id, to, case.terms, by=request.actor, clock=clock)
    return _leaving(request, case, form, sent_to=to)


def _leaving(request: Request, case: DraftCase, form: Form, sent_to: str = "") -> Page:
    return page(
        request,
        "nominations/leave.html",
        status=422 if form.errors else 200,
        council=case.terms.council,
        terms=case.terms,
        form=form,
        base=address(case),
        sent_to=sent_to,
    )


@get("/fortsaet/{token:str}", name="nominations.resume_page")
async def show_resuming(
    request: Request, token: FromPath[str], clock: NamedDependency[Clock], settings: NamedDependency[Settings]
) -> Page:
    await read_link(token, drafts.RESUME, now=clock.now(), settings=settings)
    return page(request, "nominations/resume.html", token=token)


@post("/fortsaet/{token:str}", name="nominations.resume")
async def resume(
    request: Request, token: FromPath[str], clock: NamedDependency[Clock], settings: NamedDependency[Settings]
) -> Answer:
    """Open the draft in this browser, at the first step that is not done."""
    link = await read_link(token, drafts.RESUME, now=clock.now(), settings=settings)
    session, cookie = request.actor.session, None
    if session is None:
        opened = await begin_session(agent=request.headers.get("user-agent", ""), clock=clock, settings=settings)
        session, cookie = opened.session, opened.cookie
    draft = await drafts.join_draft(link, session)
    case = await draft_held_by(session, draft)
    answer = go_to(request, f"/kladder/{draft}/{first_open_step(case)}")
    if cookie is not None:
        answer.set_cookie(cookie)
    return answer


def first_open_step(case: DraftCase) -> str:
    form = Form(dict(case.typed))
    read_all(form, case.terms)
    return step_of(next(iter(form.errors))) if form.errors else STEPS[-1]


HANDLERS = [leave, show_leaving, mail_draft]
LINKS = [show_resuming, resume]
