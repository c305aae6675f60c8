"""A decision of the council at a meeting: the secretary registers it, the chair approves it."""

from collections.abc import Sequence
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.handlers import BaseRouteHandler
from litestar.response import Response

from awards.accounts.sessions import require_step_up
from awards.accounts.tables import Person
from awards.ballots.queries import PrizeCase
from awards.ballots.recusals import recused_from
from awards.ballots.web.places import AtPrize
from awards.clock import Clock
from awards.councils.attempts import attempt, new_id, read_id
from awards.councils.queries import members_on
from awards.councils.standing import desk
from awards.counting.deciding import approve_decision, register_decision, withdraw_decision
from awards.counting.minutes import meeting_minutes
from awards.counting.offices import acting_for_decision
from awards.counting.tables import MeetingDecision
from awards.counting.web.capacities import today
from awards.errors import NotFound
from awards.screening.tables import Candidate
from awards.web.forms import Form, as_typed
from awards.web.pages import Page, Request, go_to


@get("/{prize:str}/beslutning", name="counting.decision")
async def decision(
    request: Request,
    at: NamedDependency[AtPrize],
    clock: NamedDependency[Clock],
) -> Page:
    case = await _case(at)
    known = await MeetingDecision.objects().get(MeetingDecision.prize == case.prize.id)
    if known is not None:
        return await _registered_page(request, at, case, known, clock)
    if not at.standing.has("secretary"):
        raise NotFound
    out = (await recused_from([case.prize.id]))[case.prize.id]
    form = Form({"held_on": as_typed(today(clock)), "recused": [str(id) for id in out]})
    return await _form_page(request, at, case, form, clock)


@post("/{prize:str}/beslutning", name="counting.register_decision")
async def save_decision(
    request: Request,
    at: NamedDependency[AtPrize],
    clock: NamedDependency[Clock],
) -> Response[str]:
    case = await _case(at)
    if not at.standing.has("secretary"):
        raise NotFound
    form = Form(await request.form())
    id = read_id(form)
    held_on = form.date("held_on")
    members, candidates = await _people(at, clock), await _candidates(case)
    present = form.choices("present", [str(each.id) for each in members], minimum=1)
    recused = form.choices("recused", [str(each.id) for each in members])
    winners = form.choices("winners", [str(each.id) for each in candidates], minimum=1)
    reason = form.text("reason", maximum=2000, lines=True)
    status = await attempt(
        form,
        lambda: register_decision(
            id,
            case.prize.id,
            held_on=held_on or today(clock),
            present=_ids(present),
            recused=_ids(recused),
            winners=_ids(winners),
            reason=reason,
            by=request.actor,
            clock=clock,
        ),
    )
    if status is not None:
        return await _form_page(request, at, case, form, clock, status)
    return go_to(request, f"{at.path}/beslutning")


@post("/{prize:str}/beslutning/godkendelse", name="counting.approve_decision")
async def approve(
    request: Request,
    at: NamedDependency[AtPrize],
    clock: NamedDependency[Clock],
) -> Response[str]:
    case = await _case(at)
    require_step_up(request.actor, clock)
    await approve_decision(case.prize.id, by=request.actor, clock=clock)
    return go_to(request, f"{at.path}/beslutning")


@post("/{prize:str}/beslutning/tilbagetrukket", name="counting.withdraw_decision")
async def withdraw(
    request: Request,
    at: NamedDependency[AtPrize],
    clock: NamedDependency[Clock],
) -> Response[str]:
    case = await _case(at)
    if not at.standing.has("secretary"):
        raise NotFound
    await withdraw_decision(case.prize.id, by=request.actor, clock=clock)
    return go_to(request, f"{at.path}/beslutning")


async def _case(at: AtPrize) -> PrizeCase:
    case = await at.own_case("secretary", "chair", "vice_chair")
    if not case.is_confirmed:
        raise NotFound
    return case


async def _people(at: AtPrize, clock: Clock) -> list[Person]:
    return await members_on(at.standing.council.id, today(clock))


async def _candidates(case: PrizeCase) -> list[Candidate]:
    return (
        await Candidate.objects()
        .where(Candidate.prize == case.prize.id, Candidate.state == "shortlisted")
        .order_by(Candidate.name)
    )


def _ids(chosen: Sequence[str]) -> list[UUID]:
    return [UUID(id) for id in chosen]


async def _form_page(
    request: Request, at: AtPrize, case: PrizeCase, form: Form, clock: Clock, status: int = 200
) -> Page:
    return desk(
        request,
        at.standing,
        "counting/decision_new.html",
        status=status,
        prize=case.prize,
        form=form,
        id=new_id(form),
        people=[(str(each.id), each.name) for each in await _people(at, clock)],
        candidates=[(str(each.id), each.name) for each in await _candidates(case)],
    )


async def _registered_page(
    request: Request, at: AtPrize, case: PrizeCase, known: MeetingDecision, clock: Clock
) -> Page:
    acts = await acting_for_decision(known, at.standing.council.id, today(clock))
    waits = known.approved_at is None
    return desk(
        request,
        at.standing,
        "counting/decision.html",
        prize=case.prize,
        meeting=await meeting_minutes(known),
        may_approve=waits and acts == at.standing.actor.id and known.registered_by != at.standing.actor.id,
        may_withdraw=waits and at.standing.has("secretary"),
    )


HANDLERS: list[BaseRouteHandler] = [decision, save_decision, approve, withdraw]
