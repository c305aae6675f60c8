"""The secretary notes that a confirmed candidate withdraws, and what follows from it."""

from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.handlers import BaseRouteHandler
from litestar.response import Response

from awards.accounts.sessions import require_step_up
from awards.ballots.queries import PrizeCase
from awards.ballots.web.places import AtPrize
from awards.clock import Clock
from awards.councils.attempts import attempt
from awards.councils.standing import desk
from awards.counting.withdrawals import withdraw_candidate
from awards.errors import NotFound
from awards.screening.tables import Candidate
from awards.web.forms import Form
from awards.web.pages import Page, Request, go_to


@get("/{prize:str}/tilbagetraekning", name="counting.withdrawal")
async def withdrawal(request: Request, at: NamedDependency[AtPrize]) -> Page:
    return await _page(request, at, await _case(at), Form())


@post("/{prize:str}/tilbagetraekning", name="counting.withdraw_candidate")
async def withdraw(request: Request, at: NamedDependency[AtPrize], clock: NamedDependency[Clock]) -> Response[str]:
    case = await _case(at)
    require_step_up(request.actor, clock)
    form = Form(await request.form())
    chosen = form.choice("candidate", [str(id) for id, _name in await _standing_candidates(case)])
    reason = form.text("reason", required=False, maximum=500, lines=True)
    status = await attempt(form, lambda: withdraw_candidate(UUID(chosen), reason=reason, by=request.actor, clock=clock))
    if status is not None:
        return await _page(request, at, case, form, status)
    return go_to(request, f"{at.here}/afstemninger")


async def _case(at: AtPrize) -> PrizeCase:
    case = await at.own_case("secretary")
    if not case.is_confirmed:
        raise NotFound
    return case


async def _standing_candidates(case: PrizeCase) -> list[tuple[UUID, str]]:
    rows = await (
        Candidate.select(Candidate.id, Candidate.name)
        .where(Candidate.prize == case.prize.id, Candidate.state == "shortlisted")
        .order_by(Candidate.name)
    )
    return [(row["id"], row["name"]) for row in rows]


async def _page(request: Request, at: AtPrize, case: PrizeCase, form: Form, status: int = 200) -> Page:
    return desk(
        request,
        at.standing,
        "counting/withdrawal.html",
        status=status,
        prize=case.prize,
        state=case.state,
        candidates=await _standing_candidates(case),
        form=form,
        here=at.here,
    )


HANDLERS: list[BaseRouteHandler] = [withdrawal, withdraw]
