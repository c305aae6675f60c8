"""Godkendelse: chair and secretary say that the rules were kept, or why they cannot say so."""

from litestar import get, post
from litestar.di import NamedDependency
from litestar.handlers import BaseRouteHandler
from litestar.response import Response

from awards.accounts.sessions import require_step_up
from awards.ballots.queries import PrizeCase
from awards.ballots.tables import Elector
from awards.ballots.web.places import AtPrize
from awards.ballots.web.refusals import kept_until_proved, kept_until_signed_in
from awards.clock import Clock
from awards.councils.attempts import attempt
from awards.councils.standing import desk
from awards.counting.deciding import approve
from awards.counting.minutes import withdrawals_of
from awards.counting.offices import CAPACITIES
from awards.counting.queries import approvals_of, outcome_of
from awards.counting.web.capacities import capacities_of, today
from awards.errors import NotFound, SignInNeeded, StepUpNeeded
from awards.web.forms import Form
from awards.web.i18n import N_
from awards.web.pages import Page, Request, go_to

APPROVERS = {"chair": N_("The chair"), "secretary": N_("The secretary")}


@get("/{prize:str}/godkendelse", name="counting.approval")
async def approval(
    request: Request,
    at: NamedDependency[AtPrize],
    clock: NamedDependency[Clock],
) -> Page:
    case, capacities = await _approval(at, clock)
    require_step_up(request.actor, clock)
    return await _approval_page(request, at, case, capacities, Form())


@post("/{prize:str}/godkendelse", name="counting.approve")
async def save_approval(
    request: Request,
    at: NamedDependency[AtPrize],
    clock: NamedDependency[Clock],
) -> Response[str]:
    """`as`: the capacity. `objects`: say why not, with `objection`, instead of approving."""
    form = Form(await request.form())
    try:
        case, capacities = await _approval(at, clock)
        require_step_up(request.actor, clock)
    except SignInNeeded:
        return kept_until_signed_in(request, at.standing, form)
    except StepUpNeeded:
        return kept_until_proved(request, at.standing, form)
    capacity = form.choice("as", capacities)
    objects = form.flag("objects")
    objection = form.text("objection", maximum=2000, lines=True) if objects else ""
    poll = case.poll
    if poll is None or not capacity:
        raise NotFound
    status = await attempt(form, lambda: approve(poll.id, capacity, objection=objection, by=request.actor, clock=clock))
    if status is not None:
        return await _approval_page(request, at, case, capacities, form, status)
    return go_to(request, f"{at.path}/godkendelse")


async def _approval(at: AtPrize, clock: Clock) -> tuple[PrizeCase, list[str]]:
    """Raises NotFound for anybody but the acting chair and secretary, and while nothing is decided."""
    case = await at.own_case("chair", "vice_chair", "secretary")
    capacities = await capacities_of(at.standing, case, today(clock))
    if case.poll is None or case.state not in ("decided", "approved") or not capacities:
        raise NotFound
    return case, capacities


async def _approval_page(
    request: Request,
    at: AtPrize,
    case: PrizeCase,
    capacities: list[str],
    form: Form,
    status: int = 200,
) -> Page:
    poll = case.poll
    if poll is None:
        raise NotFound
    given = await approvals_of(poll.id)
    mine_approved = any(row.person == at.standing.actor.id and not row.objection for row, _name in given.values())
    return desk(
        request,
        at.standing,
        "counting/approval.html",
        status=status,
        prize=case.prize,
        round=at.round,
        poll=poll,
        outcome=await outcome_of(poll),
        withdrawn=await withdrawals_of(poll.id),
        electors=await Elector.count().where(Elector.poll == poll.id),
        given=[(APPROVERS[capacity], *given.get(capacity, (None, ""))) for capacity in CAPACITIES],
        capacity=None if mine_approved or poll.state != "decided" else capacities[0],
        form=form,
        here=at.here,
    )


HANDLERS: list[BaseRouteHandler] = [approval, save_approval]
