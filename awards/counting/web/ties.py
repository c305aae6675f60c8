"""Stemmelighed: the acting chair decides openly, with a reason that goes into the minutes."""

from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.handlers import BaseRouteHandler
from litestar.response import Response

from awards.accounts.sessions import require_step_up
from awards.ballots.queries import PrizeCase
from awards.ballots.web.places import AtPrize
from awards.ballots.web.refusals import kept_until_proved, kept_until_signed_in
from awards.clock import Clock
from awards.councils.attempts import attempt
from awards.councils.standing import desk
from awards.counting.deciding import decide_tie
from awards.counting.queries import Outcome, outcome_of
from awards.counting.web.capacities import capacities_of, today
from awards.errors import NotFound, SignInNeeded, StepUpNeeded
from awards.web.forms import Form
from awards.web.pages import Page, Request, go_to


@get("/{prize:str}/stemmelighed", name="counting.tie")
async def tie(
    request: Request,
    at: NamedDependency[AtPrize],
    clock: NamedDependency[Clock],
) -> Response[str]:
    case, outcome = await _tie(at, clock)
    require_step_up(request.actor, clock)
    if outcome.poll.state != "tie":
        return go_to(request, f"{at.path}/godkendelse")
    return _tie_page(request, at, case, outcome, Form())


@post("/{prize:str}/stemmelighed", name="counting.decide_tie")
async def save_decision(
    request: Request,
    at: NamedDependency[AtPrize],
    clock: NamedDependency[Clock],
) -> Response[str]:
    form = Form(await request.form())
    try:
        case, outcome = await _tie(at, clock)
        require_step_up(request.actor, clock)
    except SignInNeeded:
        return kept_until_signed_in(request, at.standing, form)
    except StepUpNeeded:
        return kept_until_proved(request, at.standing, form)
    choice = form.choice("choice", [str(entry.candidate) for entry in outcome.tied])
    reason = form.text("reason", maximum=2000, lines=True)
    status = await attempt(
        form, lambda: decide_tie(outcome.poll.id, UUID(choice), reason=reason, by=request.actor, clock=clock)
    )
    if status is not None:
        return _tie_page(request, at, case, outcome, form, status)
    return go_to(request, f"{at.path}/godkendelse")


async def _tie(at: AtPrize, clock: Clock) -> tuple[PrizeCase, Outcome]:
    """Raises NotFound for anybody but the acting chair, and when there is and was no tie."""
    case = await at.own_case("chair", "vice_chair")
    if case.poll is None or case.state not in ("tie", "decided", "approved"):
        raise NotFound
    outcome = await outcome_of(case.poll)
    if not outcome.tied or "chair" not in await capacities_of(at.standing, case, today(clock)):
        raise NotFound
    return case, outcome


def _tie_page(request: Request, at: AtPrize, case: PrizeCase, outcome: Outcome, form: Form, status: int = 200) -> Page:
    return desk(
        request,
        at.standing,
        "counting/tie.html",
        status=status,
        prize=case.prize,
        outcome=outcome,
        form=form,
        here=f"{at.path}/stemmelighed",
    )


HANDLERS: list[BaseRouteHandler] = [tie, save_decision]
