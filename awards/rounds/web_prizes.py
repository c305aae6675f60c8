"""Set-up of prizes."""

from litestar import get, post
from litestar.di import NamedDependency
from litestar.handlers import BaseRouteHandler
from litestar.params import FromPath
from litestar.response import Response

from awards.clock import Clock
from awards.councils.attempts import attempt, new_id, read_id, seen_in
from awards.councils.standing import Standing, desk
from awards.errors import NotFound
from awards.rounds import words
from awards.rounds.forms import NEW_PRIZE, prize_values, read_terms, read_texts
from awards.rounds.prizes import (
    add_prize,
    award_after_all,
    change_prize,
    end_without_winner,
    move_prize,
    remove_prize,
)
from awards.rounds.queries import criteria_of, prize_of, round_of
from awards.rounds.rules import ORGANISATION_TIES, PEOPLE_TIES, is_frozen
from awards.rounds.tables import Prize, Round
from awards.web.forms import Form
from awards.web.pages import Page, Request, go_to

MOVES = {"op": -1, "ned": 1}


@get("/{council:str}/opsaetning/runder/{year:int}/priser/ny", name="rounds.new_prize")
async def new_prize(request: Request, year: FromPath[int], standing: NamedDependency[Standing]) -> Page:
    standing.require("secretary")
    return _new_prize_page(request, standing, await round_of(standing.council.id, year), Form(NEW_PRIZE))


@post("/{council:str}/opsaetning/runder/{year:int}/priser/ny", name="rounds.add_prize", status_code=200)
async def save_new_prize(
    request: Request, year: FromPath[int], standing: NamedDependency[Standing], clock: NamedDependency[Clock]
) -> Response[str]:
    standing.require("secretary")
    round = await round_of(standing.council.id, year)
    form = Form(await request.form())
    texts, terms, id = read_texts(form), read_terms(form), read_id(form)
    status = await attempt(form, lambda: add_prize(id, round.id, texts, terms, by=request.actor, clock=clock))
    if status is None:
        return go_to(request, f"{_path(standing, year)}/priser/{terms.slug}/kriterier")
    return _new_prize_page(request, standing, round, form, status)


def _new_prize_page(request: Request, standing: Standing, round: Round, form: Form, status: int = 200) -> Page:
    return desk(
        request,
        standing,
        "rounds/prize_new.html",
        status=status,
        round=round,
        form=form,
        id=new_id(form),
        words=words,
        people_ties=PEOPLE_TIES,
        organisation_ties=ORGANISATION_TIES,
    )


@get("/{council:str}/opsaetning/runder/{year:int}/priser/{prize:str}", name="rounds.prize")
async def edit_prize(
    request: Request, year: FromPath[int], prize: FromPath[str], standing: NamedDependency[Standing]
) -> Page:
    standing.require("secretary")
    round, row = await load_prize(standing, year, prize)
    return await _prize_page(request, standing, round, row, Form(prize_values(row)))


@post("/{council:str}/opsaetning/runder/{year:int}/priser/{prize:str}", name="rounds.change_prize", status_code=200)
async def save_prize(
    request: Request,
    year: FromPath[int],
    prize: FromPath[str],
    standing: NamedDependency[Standing],
    clock: NamedDependency[Clock],
) -> Response[str]:
    standing.require("secretary")
    round, row = await load_prize(standing, year, prize)
    form = Form(await request.form())
    texts = read_texts(form)
    # The form of an open round has no terms; one that was opened before is refused by the act.
    terms = read_terms(form) if form.value("criteria_rule") or not is_frozen(round) else None
    status = await attempt(
        form,
        lambda: change_prize(row.id, texts, terms, seen=form.value("seen"), by=request.actor, clock=clock),
    )
    if status is None:
        return go_to(request, _path(standing, year))
    round, row = await load_prize(standing, year, prize)
    return await _prize_page(request, standing, round, row, form, status)


async def _prize_page(
    request: Request, standing: Standing, round: Round, prize: Prize, form: Form, status: int = 200
) -> Page:
    return desk(
        request,
        standing,
        "rounds/prize.html",
        status=status,
        round=round,
        prize=prize,
        form=form,
        stored=Form(prize_values(prize)),
        seen=seen_in(form, prize, status),
        frozen=is_frozen(round),
        criteria=(await criteria_of([prize.id]))[prize.id],
        words=words,
        people_ties=PEOPLE_TIES,
        organisation_ties=ORGANISATION_TIES,
    )


@post(
    "/{council:str}/opsaetning/runder/{year:int}/priser/{prize:str}/fjern", name="rounds.remove_prize", status_code=200
)
async def delete_prize(
    request: Request,
    year: FromPath[int],
    prize: FromPath[str],
    standing: NamedDependency[Standing],
    clock: NamedDependency[Clock],
) -> Response[str]:
    standing.require("secretary")
    _round, row = await load_prize(standing, year, prize)
    await remove_prize(row.id, by=request.actor, clock=clock)
    return go_to(request, _path(standing, year))


@get("/{council:str}/opsaetning/runder/{year:int}/priser/{prize:str}/uddeles-ikke", name="rounds.without_winner")
async def before_ending(
    request: Request, year: FromPath[int], prize: FromPath[str], standing: NamedDependency[Standing]
) -> Page:
    standing.require("secretary")
    round, row = await load_prize(standing, year, prize)
    return _ending_page(request, standing, round, row, Form({"reason": row.outcome_reason}))


@post(
    "/{council:str}/opsaetning/runder/{year:int}/priser/{prize:str}/uddeles-ikke",
    name="rounds.end_without_winner",
    status_code=200,
)
async def save_ending(
    request: Request,
    year: FromPath[int],
    prize: FromPath[str],
    standing: NamedDependency[Standing],
    clock: NamedDependency[Clock],
) -> Response[str]:
    standing.require("secretary")
    _round, row = await load_prize(standing, year, prize)
    form = Form(await request.form())
    reason = form.text("reason", maximum=1000, lines=True)
    status = await attempt(
        form,
        lambda: end_without_winner(row.id, reason, seen=form.value("seen"), by=request.actor, clock=clock),
    )
    if status is None:
        return go_to(request, _path(standing, year))
    round, row = await load_prize(standing, year, prize)
    return _ending_page(request, standing, round, row, form, status)


def _ending_page(
    request: Request, standing: Standing, round: Round, prize: Prize, form: Form, status: int = 200
) -> Page:
    return desk(
        request,
        standing,
        "rounds/not_awarded.html",
        status=status,
        round=round,
        prize=prize,
        form=form,
        seen=seen_in(form, prize, status),
    )


@post(
    "/{council:str}/opsaetning/runder/{year:int}/priser/{prize:str}/uddeles-alligevel",
    name="rounds.award_after_all",
    status_code=200,
)
async def undo_ending(
    request: Request,
    year: FromPath[int],
    prize: FromPath[str],
    standing: NamedDependency[Standing],
    clock: NamedDependency[Clock],
) -> Response[str]:
    standing.require("secretary")
    _round, row = await load_prize(standing, year, prize)
    await award_after_all(row.id, by=request.actor, clock=clock)
    return go_to(request, _path(standing, year))


@post(
    "/{council:str}/opsaetning/runder/{year:int}/priser/{prize:str}/{where:str}",
    name="rounds.move_prize",
    status_code=200,
)
async def reorder_prizes(
    request: Request,
    year: FromPath[int],
    prize: FromPath[str],
    where: FromPath[str],
    standing: NamedDependency[Standing],
    clock: NamedDependency[Clock],
) -> Response[str]:
    """`op` or `ned`."""
    standing.require("secretary")
    if where not in MOVES:
        raise NotFound
    _round, row = await load_prize(standing, year, prize)
    await move_prize(row.id, MOVES[where], by=request.actor, clock=clock)
    return go_to(request, _path(standing, year))


async def load_prize(standing: Standing, year: int, slug: str) -> tuple[Round, Prize]:
    """Raises NotFound."""
    round = await round_of(standing.council.id, year)
    return round, await prize_of(round.id, slug)


def _path(standing: Standing, year: int) -> str:
    return f"/{standing.council.slug}/opsaetning/runder/{year}"


HANDLERS: list[BaseRouteHandler] = [
    new_prize,
    save_new_prize,
    edit_prize,
    save_prize,
    delete_prize,
    before_ending,
    save_ending,
    undo_ending,
    reorder_prizes,
]
