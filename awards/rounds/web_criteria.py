"""Set-up of a prize's criteria."""

from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.handlers import BaseRouteHandler
from litestar.params import FromPath
from litestar.response import Response

from awards.clock import Clock
from awards.councils.attempts import attempt, new_id, read_id, seen_in
from awards.councils.standing import Standing, desk
from awards.errors import NotFound
from awards.rounds.criteria import add_criterion, change_criterion, move_criterion, remove_criterion
from awards.rounds.forms import criterion_values, read_criterion
from awards.rounds.queries import criteria_of
from awards.rounds.rules import is_frozen
from awards.rounds.tables import Criterion, Prize, Round
from awards.rounds.web_prizes import MOVES, load_prize
from awards.rounds.words import criteria_rule_words
from awards.web.forms import Form
from awards.web.pages import Page, Request, go_to


@get("/{council:str}/opsaetning/runder/{year:int}/priser/{prize:str}/kriterier", name="rounds.criteria")
async def criteria(
    request: Request, year: FromPath[int], prize: FromPath[str], standing: NamedDependency[Standing]
) -> Page:
    standing.require("secretary")
    round, row = await load_prize(standing, year, prize)
    return await _criteria_page(request, standing, round, row, Form())


@post(
    "/{council:str}/opsaetning/runder/{year:int}/priser/{prize:str}/kriterier",
    name="rounds.add_criterion",
    status_code=200,
)
async def save_new_criterion(
    request: Request,
    year: FromPath[int],
    prize: FromPath[str],
    standing: NamedDependency[Standing],
    clock: NamedDependency[Clock],
) -> Response[str]:
    standing.require("secretary")
    round, row = await load_prize(standing, year, prize)
    form = Form(await request.form())
    (text, question, required), id = read_criterion(form), read_id(form)
    status = await attempt(
        form, lambda: add_criterion(id, row.id, text, question, required, by=request.actor, clock=clock)
    )
    if status is None:
        return go_to(request, _path(standing, round, row))
    return await _criteria_page(request, standing, round, row, form, status)


async def _criteria_page(
    request: Request, standing: Standing, round: Round, prize: Prize, form: Form, status: int = 200
) -> Page:
    rows = (await criteria_of([prize.id]))[prize.id]
    required = sum(criterion.required for criterion in rows)
    return desk(
        request,
        standing,
        "rounds/criteria.html",
        status=status,
        round=round,
        prize=prize,
        criteria=rows,
        rule=criteria_rule_words(prize.criteria_rule, prize.criteria_minimum, required, len(rows)),
        frozen=is_frozen(round),
        form=form,
        id=new_id(form),
    )


@get(
    "/{council:str}/opsaetning/runder/{year:int}/priser/{prize:str}/kriterier/{criterion:uuid}", name="rounds.criterion"
)
async def edit_criterion(
    request: Request,
    year: FromPath[int],
    prize: FromPath[str],
    criterion: FromPath[UUID],
    standing: NamedDependency[Standing],
) -> Page:
    standing.require("secretary")
    round, row = await load_prize(standing, year, prize)
    found = await _load(row, criterion)
    return _criterion_page(request, standing, round, row, found, Form(criterion_values(found)))


@post(
    "/{council:str}/opsaetning/runder/{year:int}/priser/{prize:str}/kriterier/{criterion:uuid}",
    name="rounds.change_criterion",
    status_code=200,
)
async def save_criterion(
    request: Request,
    year: FromPath[int],
    prize: FromPath[str],
    criterion: FromPath[UUID],
    standing: NamedDependency[Standing],
    clock: NamedDependency[Clock],
) -> Response[str]:
    standing.require("secretary")
    round, row = await load_prize(standing, year, prize)
    await _load(row, criterion)
    form = Form(await request.form())
    text, question, required = read_criterion(form)
    status = await attempt(
        form,
        lambda: change_criterion(
            criterion, text, question, required, seen=form.value("seen"), by=request.actor, clock=clock
        ),
    )
    if status is None:
        return go_to(request, _path(standing, round, row))
    return _criterion_page(request, standing, round, row, await _load(row, criterion), form, status)


def _criterion_page(
    request: Request,
    standing: Standing,
    round: Round,
    prize: Prize,
    criterion: Criterion,
    form: Form,
    status: int = 200,
) -> Page:
    return desk(
        request,
        standing,
        "rounds/criterion.html",
        status=status,
        round=round,
        prize=prize,
        criterion=criterion,
        frozen=is_frozen(round),
        form=form,
        seen=seen_in(form, criterion, status),
    )


@post(
    "/{council:str}/opsaetning/runder/{year:int}/priser/{prize:str}/kriterier/{criterion:uuid}/fjern",
    name="rounds.remove_criterion",
    status_code=200,
)
async def delete_criterion(
    request: Request,
    year: FromPath[int],
    prize: FromPath[str],
    criterion: FromPath[UUID],
    standing: NamedDependency[Standing],
    clock: NamedDependency[Clock],
) -> Response[str]:
    standing.require("secretary")
    round, row = await load_prize(standing, year, prize)
    await _load(row, criterion)
    await remove_criterion(criterion, by=request.actor, clock=clock)
    return go_to(request, _path(standing, round, row))


@post(
    "/{council:str}/opsaetning/runder/{year:int}/priser/{prize:str}/kriterier/{criterion:uuid}/{where:str}",
    name="rounds.move_criterion",
    status_code=200,
)
async def reorder_criteria(
    request: Request,
    year: FromPath[int],
    prize: FromPath[str],
    criterion: FromPath[UUID],
    where: FromPath[str],
    standing: NamedDependency[Standing],
    clock: NamedDependency[Clock],
) -> Response[str]:
    """`op` or `ned`."""
    standing.require("secretary")
    if where not in MOVES:
        raise NotFound
    round, row = await load_prize(standing, year, prize)
    await _load(row, criterion)
    await move_criterion(criterion, MOVES[where], by=request.actor, clock=clock)
    return go_to(request, _path(standing, round, row))


async def _load(prize: Prize, criterion: UUID) -> Criterion:
    found = await Criterion.objects().where(Criterion.id == criterion, Criterion.prize == prize.id).first()
    if found is None:
        raise NotFound
    return found


def _path(standing: Standing, round: Round, prize: Prize) -> str:
    return f"/{standing.council.slug}/opsaetning/runder/{round.year}/priser/{prize.slug}/kriterier"


HANDLERS: list[BaseRouteHandler] = [
    criteria,
    save_new_criterion,
    edit_criterion,
    save_criterion,
    delete_criterion,
    reorder_criteria,
]
