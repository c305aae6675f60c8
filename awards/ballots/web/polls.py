"""The secretary's page of votes: the question of inhabilitet, preparing, opening, reminding, ending."""

from collections.abc import Awaitable, Callable
from uuid import UUID, uuid4

from litestar import get, post
from litestar.di import NamedDependency
from litestar.handlers import BaseRouteHandler
from litestar.params import FromPath
from litestar.response import Response

from awards.ballots.overview import lines_of
from awards.ballots.polls import open_poll, prepare_poll, void_poll
from awards.ballots.queries import PrizeCase, case_of, cases_of
from awards.ballots.reminders import ask_about_recusals, last_mailed, remind_electors
from awards.ballots.words import METHODS, STATES, TONES, void_words
from awards.clock import Clock
from awards.councils.attempts import attempt, read_id
from awards.councils.queries import members_on
from awards.councils.standing import Standing, desk
from awards.errors import NotFound
from awards.rounds.queries import round_of
from awards.rounds.rules import voting_method
from awards.rounds.tables import Round
from awards.settings import Settings
from awards.web.formats import local
from awards.web.forms import Form, moment_values
from awards.web.pages import Page, Request, go_to


@get("/afstemninger", name="ballots.polls")
async def polls(
    request: Request, standing: NamedDependency[Standing], year: FromPath[int], clock: NamedDependency[Clock]
) -> Page:
    standing.require("secretary")
    return await _polls_page(request, standing, await round_of(standing.council.id, year), clock, Form())


@post("/afstemninger/spoergsmaal", name="ballots.ask", status_code=200)
async def ask(
    request: Request, standing: NamedDependency[Standing], year: FromPath[int], clock: NamedDependency[Clock]
) -> Response[str]:
    standing.require("secretary")
    round = await round_of(standing.council.id, year)
    return await _act(
        request, standing, round, clock, Form(), lambda: ask_about_recusals(round.id, by=request.actor, clock=clock)
    )


@post("/afstemninger/{prize:str}/klargoering", name="ballots.prepare", status_code=200)
async def prepare(
    request: Request,
    standing: NamedDependency[Standing],
    year: FromPath[int],
    prize: FromPath[str],
    clock: NamedDependency[Clock],
) -> Response[str]:
    round, case = await _case(standing, year, prize)
    form = Form(await request.form())
    id = read_id(form)
    closes_at = form.moment(f"closes-{prize}", is_deadline=True)
    return await _act(
        request,
        standing,
        round,
        clock,
        form,
        lambda: prepare_poll(id, case.prize.id, closes_at=closes_at or clock.now(), by=request.actor, clock=clock),
    )


@post("/afstemninger/{prize:str}/aabning", name="ballots.open", status_code=200)
async def open_vote(
    request: Request,
    standing: NamedDependency[Standing],
    year: FromPath[int],
    prize: FromPath[str],
    clock: NamedDependency[Clock],
    settings: NamedDependency[Settings],
) -> Response[str]:
    round, case = await _case(standing, year, prize)
    form = Form(await request.form())
    return await _act(
        request,
        standing,
        round,
        clock,
        form,
        lambda: open_poll(
            _poll(case),
            without_answers=form.flag(f"without-{prize}"),
            key_dir=settings.key_dir,
            by=request.actor,
            clock=clock,
        ),
    )


@post("/afstemninger/{prize:str}/paamindelse", name="ballots.remind", status_code=200)
async def remind(
    request: Request,
    standing: NamedDependency[Standing],
    year: FromPath[int],
    prize: FromPath[str],
    clock: NamedDependency[Clock],
) -> Response[str]:
    round, case = await _case(standing, year, prize)
    return await _act(
        request,
        standing,
        round,
        clock,
        Form(),
        lambda: remind_electors(_poll(case), by=request.actor, clock=clock),
    )


@post("/afstemninger/{prize:str}/afbrydelse", name="ballots.void", status_code=200)
async def void(
    request: Request,
    standing: NamedDependency[Standing],
    year: FromPath[int],
    prize: FromPath[str],
    clock: NamedDependency[Clock],
) -> Response[str]:
    round, case = await _case(standing, year, prize)
    form = Form(await request.form())
    reason = form.text(f"void-{prize}", maximum=500, lines=True)
    return await _act(
        request,
        standing,
        round,
        clock,
        form,
        lambda: void_poll(_poll(case), reason=reason, by=request.actor, clock=clock),
    )


async def _case(standing: Standing, year: int, prize: str) -> tuple[Round, PrizeCase]:
    """Raises NotFound for anybody but a secretary who takes part in the prize."""
    standing.require("secretary")
    round = await round_of(standing.council.id, year)
    case = await case_of(round.id, prize, standing.actor.id)
    if case.is_out:
        raise NotFound
    return round, case


def _poll(case: PrizeCase) -> UUID:
    """Raises NotFound when no vote is prepared."""
    if case.poll is None:
        raise NotFound
    return case.poll.id


async def _act(
    request: Request,
    standing: Standing,
    round: Round,
    clock: Clock,
    form: Form,
    act: Callable[[], Awaitable[object]],
) -> Response[str]:
    """Do it and show the page anew, or show what is wrong on it."""
    status = await attempt(form, act)
    if status is None:
        return go_to(request, f"/{standing.council.slug}/{round.year}/afstemninger")
    return await _polls_page(request, standing, round, clock, form, status)


async def _polls_page(
    request: Request, standing: Standing, round: Round, clock: Clock, form: Form, status: int = 200
) -> Page:
    now = clock.now()
    cases = await cases_of(round.id, standing.actor.id)
    members = await members_on(standing.council.id, local(now).date())
    lines = await lines_of(standing.council, round, cases, members)
    suggestions: dict[str, str | list[str]] = {}
    for line in lines:
        at = line.case.poll.closes_at if line.case.state == "draft" and line.case.poll else round.voting_ends_at
        suggestions |= moment_values(f"closes-{line.case.prize.slug}", at, is_deadline=True)
    return desk(
        request,
        standing,
        "ballots/polls.html",
        status=status,
        round=round,
        lines=lines,
        form=form,
        times=form if form.errors and any(name.startswith("closes-") for name in form.errors) else Form(suggestions),
        new_id=str(uuid4()),
        asked_at=await last_mailed("ballots/recusals", standing.council.id, round.title),
        members=len(members),
        can_ask=any(line.case.is_confirmed and line.silent for line in lines),
        states=STATES,
        tones=TONES,
        methods=METHODS,
        method_of=lambda line: (
            line.case.poll.method if line.case.poll else voting_method(line.case.prize.method, line.candidates)
        ),
        void_words=void_words,
        now=now,
        here=f"/{standing.council.slug}/{round.year}",
    )


HANDLERS: list[BaseRouteHandler] = [polls, ask, prepare, open_vote, remind, void]
