"""Proving who one is before a vote is cast: a request of its own, which knows nothing of the ballot when the voter's
device has sealed it."""

from datetime import timedelta

from litestar import post
from litestar.di import NamedDependency
from litestar.handlers import BaseRouteHandler
from litestar.response import Response

from awards.accounts.proof import Means, means_of, prove
from awards.accounts.sessions import Opened, require_step_up, step_up
from awards.clock import Clock
from awards.councils.standing import Standing
from awards.errors import StepUpNeeded
from awards.settings import Settings
from awards.web.forms import Form
from awards.web.i18n import N_
from awards.web.pages import Request

# A voter who reads the ballot slowly is not asked again in the middle of it.
READING = timedelta(minutes=5)


async def proof_needed(request: Request, clock: Clock, *, lasting: timedelta = timedelta(0)) -> Means | None:
    """What the voter can prove it with; None when they have done so, and it holds for `lasting` still."""
    try:
        require_step_up(request.actor, clock, lasting=lasting)
    except StepUpNeeded:
        return await means_of(request.actor)
    return None


async def read_proof(request: Request, form: Form, clock: Clock, settings: Settings) -> Opened | None:
    """The session as it is after the proof that was typed; None, with an error at `proof`, when it does not fit."""
    if request.app.state.demonstration and form.flag("demonstration"):
        # The people of the demonstration have cards that nobody holds.
        return await step_up(request.actor, clock=clock, settings=settings)
    typed = form.text("proof", maximum=200, missing=N_("Write the code."))
    opened = await prove(typed, actor=request.actor, clock=clock, settings=settings) if typed else None
    if typed and opened is None:
        form.fail("proof", N_("It does not fit. Check what you typed; a code from the app works once."))
    return opened


@post("/{prize:str}/stemmeseddel/bevis", name="ballots.prove_alone", status_code=200)
async def prove_alone(
    request: Request,
    standing: NamedDependency[Standing],
    clock: NamedDependency[Clock],
    settings: NamedDependency[Settings],
) -> Response[dict[str, str]]:
    """The new session's cookie, or 422 with the `message` to show at the field."""
    standing.require("member")
    form = Form(await request.form())
    opened = await read_proof(request, form, clock, settings)
    if opened is None:
        return Response({"message": form.error("proof")}, status_code=422)
    answer: Response[dict[str, str]] = Response({})
    answer.set_cookie(opened.cookie)
    return answer


HANDLERS: list[BaseRouteHandler] = [prove_alone]
