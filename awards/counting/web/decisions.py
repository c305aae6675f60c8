"""A decision of the council at a meeting: the secretary registers it, the chair approves it."""

from collections.abc import Sequence
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.handlers import BaseRouteHandler
from litestar.params import FromPath
from litestar.response import Response

from awards.accounts.sessions import require_step_up
from awards.accounts.tables import Person
from awards.ballots.queries import PrizeCase
from awards.ballots.recusals import recused_from
from awards.clock import Clock
from awards.councils.attempts import attempt, new_id, read_id
from awards.councils.queries import members_on
from awards.councils.standing import Standing, desk
from awards.counting.deciding import approve_decision, register_decision, withdraw_decision
from awards.counting.minutes import meeting_minutes
from awards.counting.offices import acting_for_decision
from awards.counting.tables import MeetingDecision
from awards.counting.web.cases import case_for, today
from awards.errors import NotFound
from awards.screening.tables import Candidate
from awards.web.forms import Form, as_typed
from awards.web.pages import Page, Request, go_to


@get("/{prize:str}/beslutning", name="counting.decision")
async def decision(
    request: Request,
    standing: NamedDependency[Standing],
    year: FromPath[int],
    prize: FromPath[str],
    clock: NamedDependency[Clock],
) -> Page:
    case = await _case(standing, year, prize)
    known = await MeetingDecision.objects().get(MeetingDecision.prize == case.prize.id)
    if known is not None:
        return await _registered_page(request, standing, case, known, clock)
    if not standing.has("secretary"):
        raise NotFound
    out = (await recused_from([case.prize.id]))[case.prize.id]
    form = Form({"held_on": as_typed(today(clock)), "recused": [str(id) for id in out]})
    return await _form_page(request, standing, case, form, clock)


@post("/{prize:str}/beslutning", name="counting.register_decision", status_code=200)
async def save_decision(
    request: Request,
    standing: NamedDependency[Standing],
    year: FromPath[int],
    prize: FromPath[str],
    clock: NamedDependency[Clock],
) -> Response[str]:
    case = await _case(standing, year, prize)
    if not standing.has("secretary"):
        raise NotFound
    form = Form(await request.form())
    id = read_id(form)
    held_on = form.date("held_on")
    members, candidates = await _people(standing, clock), await _candidates(case)
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
        return await _form_page(request, standing, case, form, clock, status)
    return go_to(request, _here(standing, year, prize))


@post("/{prize:str}/beslutning/godkendelse", name="counting.approve_decision", status_code=200)
async def approve(
    request: Request,
    standing: NamedDependency[Standing],
    year: FromPath[int],
    prize: FromPath[str],
    clock: NamedDependency[Clock],
) -> Response[str]:
    case = await _case(standing, year, prize)
    require_step_up(request.actor, clock)
    await approve_decision(case.prize.id, by=request.actor, clock=clock)
    return go_to(request, _here(standing, year, prize))


@post("/{prize:str}/beslutning/tilbagetrukket", name="counting.withdraw_decision", status_code=200)
async def withdraw(
    request: Request,
    standing: NamedDependency[Standing],
    year: FromPath[int],
    prize: FromPath[str],
    clock: NamedDependency[Clock],
) -> Response[str]:
    case = await _case(standing, year, prize)
    if not standing.has("secretary"):
        raise NotFound
    await withdraw_decision(case.prize.id, by=request.actor, clock=clock)
    return go_to(request, _here(standing, year, prize))


async def _case(standing: Standing, year: int, prize: str) -> PrizeCase:
    _round, case = await case_for(standing, year, prize, "secretary", "chair", "vice_chair")
    if not case.is_confirmed:
        raise NotFound
    return case


async def _people(standing: Standing, clock: Clock) -> list[Person]:
    return await members_on(standing.council.id, today(clock))


async def _candidates(case: PrizeCase) -> list[Candidate]:
    return (
        await Candidate.objects()
        .where(Candidate.prize == case.prize.id, Candidate.state == "shortlisted")
        .order_by(Candidate.name)
    )


def _ids(chosen: Sequence[str]) -> list[UUID]:
    return [UUID(id) for id in chosen]


def _here(standing: Standing, year: int, prize: str) -> str:
    return f"/{standing.council.slug}/{year}/{prize}/beslutning"


async def _form_page(
    request: Request, standing: Standing, case: PrizeCase, form: Form, clock: Clock, status: int = 200
) -> Page:
    return desk(
        request,
        standing,
        "counting/decision_new.html",
        status=status,
        prize=case.prize,
        form=form,
        id=new_id(form),
        people=[(str(each.id), each.name) for each in await _people(standing, clock)],
        candidates=[(str(each.id), each.name) for each in await _candidates(case)],
    )


async def _registered_page(
    request: Request, standing: Standing, case: PrizeCase, known: MeetingDecision, clock: Clock
) -> Page:
    acts = await acting_for_decision(known, standing.council.id, today(clock))
    waits = known.approved_at is None
    return desk(
        request,
        standing,
        "counting/decision.html",
        prize=case.prize,
        meeting=await meeting_minutes(known),
        may_approve=waits and acts == standing.actor.id and known.registered_by != standing.actor.id,
        may_withdraw=waits and standing.has("secretary"),
    )


HANDLERS: list[BaseRouteHandler] = [decision, save_decision, approve, withdraw]
