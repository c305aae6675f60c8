"""Set-up of a prize's criteria."""

from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.handlers import BaseRouteHandler
from litestar.params import FromPath
from litestar.response import Response

from awards.clock import Clock
from awards.councils.attempts import attempt, new_id, read_id, seen_in
from awards.councils.standing import desk
from awards.errors import NotFound
from awards.rounds.criteria import add_criterion, change_criterion, move_criterion, remove_criterion
from awards.rounds.forms import criterion_values, read_criterion
from awards.rounds.places import AtPrize
from awards.rounds.queries import criteria_of
from awards.rounds.rules import MOVES
from awards.rounds.tables import Criterion
from awards.rounds.words import criteria_rule_words
from awards.web.forms import Form
from awards.web.pages import Page, Request, go_to


@get("/priser/{prize:str}/kriterier", name="rounds.criteria")
async def criteria(request: Request, at: NamedDependency[AtPrize]) -> Page:
    return await _criteria_page(request, at, Form())


@post("/priser/{prize:str}/kriterier", name="rounds.add_criterion")
async def save_new_criterion(
    request: Request, at: NamedDependency[AtPrize], clock: NamedDependency[Clock]
) -> Response[str]:
    form = Form(await request.form())
    terms, id = read_criterion(form), read_id(form)
    status = await attempt(form, lambda: add_criterion(id, at.prize.id, terms, by=request.actor, clock=clock))
    if status is None:
        return go_to(request, f"{at.path}/kriterier")
    return await _criteria_page(request, at, form, status)


async def _criteria_page(request: Request, at: AtPrize, form: Form, status: int = 200) -> Page:
    prize, rows = at.prize, (await criteria_of([at.prize.id]))[at.prize.id]
    required = sum(criterion.required for criterion in rows)
    return desk(
        request,
        at.standing,
        "rounds/criteria.html",
        status=status,
        round=at.round,
        prize=prize,
        criteria=rows,
        rule=criteria_rule_words(prize.criteria_rule, prize.criteria_minimum, required, len(rows)),
        frozen=at.is_frozen,
        form=form,
        id=new_id(form),
    )


@get("/priser/{prize:str}/kriterier/{criterion:uuid}", name="rounds.criterion")
async def edit_criterion(request: Request, at: NamedDependency[AtPrize], criterion: FromPath[UUID]) -> Page:
    found = await _load(at, criterion)
    return _criterion_page(request, at, found, Form(criterion_values(found)))


@post("/priser/{prize:str}/kriterier/{criterion:uuid}", name="rounds.change_criterion")
async def save_criterion(
    request: Request, at: NamedDependency[AtPrize], criterion: FromPath[UUID], clock: NamedDependency[Clock]
) -> Response[str]:
    await _load(at, criterion)
    form = Form(await request.form())
    terms = read_criterion(form)
    status = await attempt(
        form, lambda: change_criterion(criterion, terms, seen=form.value("seen"), by=request.actor, clock=clock)
    )
    if status is None:
        return go_to(request, f"{at.path}/kriterier")
    return _criterion_page(request, at, await _load(at, criterion), form, status)


def _criterion_page(request: Request, at: AtPrize, criterion: Criterion, form: Form, status: int = 200) -> Page:
    return desk(
        request,
        at.standing,
        "rounds/criterion.html",
        status=status,
        round=at.round,
        prize=at.prize,
        criterion=criterion,
        frozen=at.is_frozen,
        form=form,
        seen=seen_in(form, criterion, status),
    )


@post("/priser/{prize:str}/kriterier/{criterion:uuid}/fjern", name="rounds.remove_criterion")
async def delete_criterion(
    request: Request, at: NamedDependency[AtPrize], criterion: FromPath[UUID], clock: NamedDependency[Clock]
) -> Response[str]:
    await _load(at, criterion)
    await remove_criterion(criterion, by=request.actor, clock=clock)
    return go_to(request, f"{at.path}/kriterier")


@post("/priser/{prize:str}/kriterier/{criterion:uuid}/{where:str}", name="rounds.move_criterion")
async def reorder_criteria(
    request: Request,
    at: NamedDependency[AtPrize],
    criterion: FromPath[UUID],
    where: FromPath[str],
    clock: NamedDependency[Clock],
) -> Response[str]:
    """`op` or `ned`."""
    if where not in MOVES:
        raise NotFound
    await _load(at, criterion)
    await move_criterion(criterion, MOVES[where], by=request.actor, clock=clock)
    return go_to(request, f"{at.path}/kriterier")


async def _load(at: AtPrize, criterion: UUID) -> Criterion:
    found = await Criterion.objects().where(Criterion.id == criterion, Criterion.prize == at.prize.id).first()
    if found is None:
        raise NotFound
    return found


HANDLERS: list[BaseRouteHandler] = [
    criteria,
    save_new_criterion,
    edit_criterion,
    save_criterion,
    delete_criterion,
    reorder_criteria,
]
