"""Read through, send, and the receipt."""

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from awards.clock import Clock
from awards.errors import DeadlinePassed
from awards.nominations import actions
from awards.nominations.checks import check_eligibility
from awards.nominations.forms import read_all, step_of
from awards.nominations.queries import DraftCase, NominationCase, nomination_held_by
from awards.nominations.web.draft import Answer, address, too_late
from awards.nominations.web.limits import limit_mails
from awards.nominations.web.steps import NUMBERS, TITLES
from awards.nominations.web.told import parts_of
from awards.web.forms import Form
from awards.web.i18n import N_, _
from awards.web.pages import Page, Request, go_to, page


@get("/send", name="nominations.review")
async def show_review(request: Request, case: NamedDependency[DraftCase], clock: NamedDependency[Clock]) -> Answer:
    if case.reference:
        return go_to(request, f"/kvittering/{case.reference}")
    return await _review(request, case, Form(case.typed), clock)


@post("/send", name="nominations.submit")
async def submit(request: Request, case: NamedDependency[DraftCase], clock: NamedDependency[Clock]) -> Answer:
    """Send the draft. A second click, another tab or a lost answer meets the same receipt."""
    if case.reference:
        return go_to(request, f"/kvittering/{case.reference}")
    form = Form(case.typed)
    answers = read_all(form, case.terms)
    if form.errors:
        return await _review(request, case, form, clock)
    try:
        reference = await actions.submit_nomination(case.id, answers, by=request.actor, clock=clock)
    except DeadlinePassed:
        return too_late(request, case.typed, case.terms)
    return go_to(request, f"/kvittering/{reference}")


async def _review(request: Request, case: DraftCase, form: Form, clock: Clock) -> Page:
    """All that was written, each part with its way back; 422 when it was sent with something missing."""
    base = address(case)
    titles = {step: _(title) for step, title in TITLES.items()}
    shown = Form(case.typed)
    read_all(shown, case.terms)
    return page(
        request,
        "nominations/review.html",
        status=422 if form.errors else 200,
        council=case.terms.council,
        terms=case.terms,
        form=form,
        base=base,
        missing=[(f"{base}/{step_of(name)}#{name}", message) for name, message in shown.errors.items()],
        parts=parts_of(case.typed, case.terms),
        attachments=case.attachments,
        number=NUMBERS["send"],
        step_title=titles.pop("send"),
        titles=titles.items(),
        lines=[line for line in await check_eligibility(form, case.terms, clock.now()) if line.tone != "good"],
    )


@get("/kvittering/{reference:str}", name="nominations.receipt")
async def show_receipt(request: Request, reference: FromPath[str]) -> Page:
    """For the browser that sent the nomination."""
    case = await nomination_held_by(request.actor.session, reference)
    return _receipt(request, case, Form({"email": case.nomination.email}))


@post("/kvittering/{reference:str}/mail", name="nominations.correct_address")
async def correct_address(request: Request, reference: FromPath[str], clock: NamedDependency[Clock]) -> Answer:
    """Send the confirmation again, to the same address or the right one."""
    case = await nomination_held_by(request.actor.session, reference)
    form = Form(await request.form())
    email = form.email("email", missing=N_("Write your e-mail address."))
    if form.errors:
        return _receipt(request, case, form)
    await limit_mails(request, email, clock.now())
    await actions.correct_address(case.nomination.id, email, by=request.actor, clock=clock)
    return go_to(request, f"/kvittering/{reference}")


def _receipt(request: Request, case: NominationCase, form: Form) -> Page:
    return page(
        request,
        "nominations/receipt.html",
        status=422 if form.errors else 200,
        council=case.terms.council,
        round=case.terms.round,
        prize=case.terms.prize,
        nomination=case.nomination,
        form=form,
    )


HANDLERS = [show_review, submit]
RECEIPT = [show_receipt, correct_address]
