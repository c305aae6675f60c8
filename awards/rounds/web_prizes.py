"""Set-up of prizes."""

from litestar import get, post
from litestar.di import NamedDependency
from litestar.handlers import BaseRouteHandler
from litestar.params import FromPath
from litestar.response import Response

from awards.clock import Clock
from awards.councils.attempts import attempt, new_id, read_id, seen_in
from awards.councils.standing import desk
from awards.errors import NotFound
from awards.rounds import desk_words, words
from awards.rounds.forms import NEW_PRIZE, prize_values, read_terms, read_texts
from awards.rounds.places import AtPrize, AtRound
from awards.rounds.prizes import (
    add_prize,
    award_after_all,
    change_prize,
    end_without_winner,
    move_prize,
    remove_prize,
)
from awards.rounds.queries import criteria_of
from awards.rounds.rules import MOVES, ORGANISATION_TIES, PEOPLE_TIES
from awards.web.forms import Form
from awards.web.pages import Page, Request, go_to


@get("/priser/ny", name="rounds.new_prize")
async def new_prize(request: Request, at_round: NamedDependency[AtRound]) -> Page:
    return _new_prize_page(request, at_round, Form(NEW_PRIZE))


@post("/priser/ny", name="rounds.add_prize")
async def save_new_prize(
    request: Request, at_round: NamedDependency[AtRound], clock: NamedDependency[Clock]
) -> Response[str]:
    form = Form(await request.form())
    texts, terms, id = read_texts(form), read_terms(form), read_id(form)
    status = await attempt(form, lambda: add_prize(id, at_round.round.id, texts, terms, by=request.actor, clock=clock))
    if status is None:
        return go_to(request, f"{at_round.here}/priser/{terms.slug}/kriterier")
    return _new_prize_page(request, at_round, form, status)


def _new_prize_page(request: Request, at: AtRound, form: Form, status: int = 200) -> Page:
    return desk(
        request,
        at.standing,
        "rounds/prize_new.html",
        status=status,
        round=at.round,
        form=form,
        id=new_id(form),
        words=words,
        desk_words=desk_words,
        people_ties=PEOPLE_TIES,
        organisation_ties=ORGANISATION_TIES,
    )


@get("/priser/{prize:str}", name="rounds.prize")
async def edit_prize(request: Request, at: NamedDependency[AtPrize]) -> Page:
    return await _prize_page(request, at, Form(prize_values(at.prize)))


@post("/priser/{prize:str}", name="rounds.change_prize")
async def save_prize(request: Request, at: NamedDependency[AtPrize], clock: NamedDependency[Clock]) -> Response[str]:
    form = Form(await request.form())
    texts = read_texts(form)
    # The form of an open round has no terms; one that was opened before is refused by the act.
    terms = read_terms(form) if form.value("criteria_rule") or not at.is_frozen else None
    status = await attempt(
        form, lambda: change_prize(at.prize.id, texts, terms, seen=form.value("seen"), by=request.actor, clock=clock)
    )
    if status is None:
        return go_to(request, at.here)
    return await _prize_page(request, await at.read_again(), form, status)


async def _prize_page(request: Request, at: AtPrize, form: Form, status: int = 200) -> Page:
    return desk(
        request,
        at.standing,
        "rounds/prize.html",
        status=status,
        round=at.round,
        prize=at.prize,
        form=form,
        stored=Form(prize_values(at.prize)),
        seen=seen_in(form, at.prize, status),
        frozen=at.is_frozen,
        criteria=(await criteria_of([at.prize.id]))[at.prize.id],
        words=words,
        desk_words=desk_words,
        people_ties=PEOPLE_TIES,
        organisation_ties=ORGANISATION_TIES,
    )


@post("/priser/{prize:str}/fjern", name="rounds.remove_prize")
async def delete_prize(request: Request, at: NamedDependency[AtPrize], clock: NamedDependency[Clock]) -> Response[str]:
    await remove_prize(at.prize.id, by=request.actor, clock=clock)
    return go_to(request, at.here)


@get("/priser/{prize:str}/uddeles-ikke", name="rounds.without_winner")
async def before_ending(request: Request, at: NamedDependency[AtPrize]) -> Page:
    return _ending_page(request, at, Form({"reason": at.prize.outcome_reason}))


@post("/priser/{prize:str}/uddeles-ikke", name="rounds.end_without_winner")
async def save_ending(request: Request, at: NamedDependency[AtPrize], clock: NamedDependency[Clock]) -> Response[str]:
    form = Form(await request.form())
    reason = form.text("reason", maximum=1000, lines=True)
    status = await attempt(
        form, lambda: end_without_winner(at.prize.id, reason, seen=form.value("seen"), by=request.actor, clock=clock)
    )
    if status is None:
        return go_to(request, at.here)
    return _ending_page(request, await at.read_again(), form, status)


def _ending_page(request: Request, at: AtPrize, form: Form, status: int = 200) -> Page:
    return desk(
        request,
        at.standing,
        "rounds/not_awarded.html",
        status=status,
        round=at.round,
        prize=at.prize,
        form=form,
        seen=seen_in(form, at.prize, status),
    )


@post("/priser/{prize:str}/uddeles-alligevel", name="rounds.award_after_all")
async def undo_ending(request: Request, at: NamedDependency[AtPrize], clock: NamedDependency[Clock]) -> Response[str]:
    await award_after_all(at.prize.id, by=request.actor, clock=clock)
    return go_to(request, at.here)


@post("/priser/{prize:str}/{where:str}", name="rounds.move_prize")
async def reorder_prizes(
    request: Request, at: NamedDependency[AtPrize], where: FromPath[str], clock: NamedDependency[Clock]
) -> Response[str]:
    """`op` or `ned`."""
    if where not in MOVES:
        raise NotFound
    await move_prize(at.prize.id, MOVES[where], by=request.actor, clock=clock)
    return go_to(request, at.here)


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
