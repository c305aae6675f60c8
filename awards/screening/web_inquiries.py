"""The secretary asks a nominator for more."""

from litestar import post
from litestar.di import NamedDependency
from litestar.response import Response

from awards.clock import Clock
from awards.screening import inquiries
from awards.screening.case_page import attempt, show, with_posted
from awards.screening.places import AtNomination
from awards.web.i18n import N_
from awards.web.pages import Request

LONGEST_QUESTION = 1500


@post("/indstillinger/{reference:str}/spoergsmaal", name="screening.ask")
async def ask(request: Request, at: NamedDependency[AtNomination], clock: NamedDependency[Clock]) -> Response[str]:
    form = with_posted(at, await request.form(), clock.now())
    question = form.text("question", maximum=LONGEST_QUESTION, lines=True, missing=N_("Write what you want to know."))
    answer_by = form.moment("reply_by", is_deadline=True)
    if answer_by is not None and answer_by <= clock.now():
        form.fail("reply_by", N_("Choose a deadline that lies ahead."))
    if form.errors or answer_by is None:
        return await show(request, at, form, clock, status=422)
    nomination, until = at.case.nomination.id, answer_by
    return await attempt(
        request,
        at,
        form,
        clock,
        lambda: inquiries.ask(nomination, question, until, by=request.actor, clock=clock),
        "#inquiries",
    )


HANDLERS = [ask]
