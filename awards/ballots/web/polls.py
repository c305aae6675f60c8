"""The secretary's page of votes: the question of inhabilitet, preparing, opening, reminding, ending."""

from collections.abc import Awaitable, Callable
from uuid import UUID, uuid4

from litestar import get, post
from litestar.di import NamedDependency
from litestar.handlers import BaseRouteHandler
from litestar.response import Response

from awards.ballots.meetings import MEETING, latest_close, present_at
from awards.ballots.overview import lines_of
from awards.ballots.polls import open_poll, prepare_poll, void_poll
from awards.ballots.queries import PrizeCase
from awards.ballots.reminders import ask_about_recusals, last_mailed, remind_electors
from awards.ballots.web.places import AtPrize, AtRound
from awards.ballots.words import METHODS, STATES, TONES, void_words
from awards.clock import Clock
from awards.councils.attempts import attempt, read_id
from awards.councils.queries import members_on
from awards.councils.standing import desk
from awards.errors import NotFound
from awards.rounds.rules import voting_method
from awards.settings import Settings
from awards.web.formats import local
from awards.web.forms import Form, moment_values
from awards.web.pages import Page, Request, go_to

# Fields of the two ways to prepare a vote.
PREPARING = ("closes-", "present-")


@get("/afstemninger", name="ballots.polls")
async def polls(request: Request, at_round: NamedDependency[AtRound], clock: NamedDependency[Clock]) -> Page:
    at_round.standing.require("secretary")
    return await _polls_page(request, at_round, clock, Form())


@post("/afstemninger/spoergsmaal", name="ballots.ask")
async def ask(request: Request, at_round: NamedDependency[AtRound], clock: NamedDependency[Clock]) -> Response[str]:
    at_round.standing.require("secretary")
    return await _act(
        request, at_round, clock, Form(), lambda: ask_about_recusals(at_round.round.id, by=request.actor, clock=clock)
    )


@post("/afstemninger/{prize:str}/klargoering", name="ballots.prepare")
async def prepare(
    request: Request,
    at: NamedDependency[AtPrize],
    clock: NamedDependency[Clock],
) -> Response[str]:
    case = await at.own_case("secretary")
    form = Form(await request.form())
    id = read_id(form)
    closes_at = form.moment(f"closes-{at.slug}", is_deadline=True)
    return await _act(
        request,
        at,
        clock,
        form,
        lambda: prepare_poll(id, case.prize.id, closes_at=closes_at or clock.now(), by=request.actor, clock=clock),
    )


@post("/afstemninger/{prize:str}/moede", name="ballots.prepare_meeting")
async def prepare_meeting(
    request: Request,
    at: NamedDependency[AtPrize],
    clock: NamedDependency[Clock],
) -> Response[str]:
    """Who is present is noted; when it closes is the chair's to say, on the day of the meeting."""
    case = await at.own_case("secretary")
    form = Form(await request.form())
    id, now = read_id(form), clock.now()
    members = await members_on(at.standing.council.id, local(now).date())
    present = form.choices(f"present-{at.slug}", [str(member.id) for member in members], minimum=1)
    return await _act(
        request,
        at,
        clock,
        form,
        lambda: prepare_poll(
            id,
            case.prize.id,
            closes_at=latest_close(now),
            present=[UUID(id) for id in present],
            by=request.actor,
            clock=clock,
        ),
    )


@post("/afstemninger/{prize:str}/aabning", name="ballots.open")
async def open_vote(
    request: Request,
    at: NamedDependency[AtPrize],
    clock: NamedDependency[Clock],
    settings: NamedDependency[Settings],
) -> Response[str]:
    case = await at.own_case("secretary")
    form = Form(await request.form())
    return await _act(
        request,
        at,
        clock,
        form,
        lambda: open_poll(
            _poll(case),
            without_answers=form.flag(f"without-{at.slug}"),
            key_dir=settings.key_dir,
            by=request.actor,
            clock=clock,
        ),
    )


@post("/afstemninger/{prize:str}/paamindelse", name="ballots.remind")
async def remind(
    request: Request,
    at: NamedDependency[AtPrize],
    clock: NamedDependency[Clock],
) -> Response[str]:
    case = await at.own_case("secretary")
    return await _act(
        request,
        at,
        clock,
        Form(),
        lambda: remind_electors(_poll(case), by=request.actor, clock=clock),
    )


@post("/afstemninger/{prize:str}/afbrydelse", name="ballots.void")
async def void(
    request: Request,
    at: NamedDependency[AtPrize],
    clock: NamedDependency[Clock],
) -> Response[str]:
    case = await at.own_case("secretary")
    form = Form(await request.form())
    reason = form.text(f"void-{at.slug}", maximum=500, lines=True)
    return await _act(
        request,
        at,
        clock,
        form,
        lambda: void_poll(_poll(case), reason=reason, by=request.actor, clock=clock),
    )


def _poll(case: PrizeCase) -> UUID:
    """Raises NotFound when no vote is prepared."""
    if case.poll is None:
        raise NotFound
    return case.poll.id


async def _act(
    request: Request,
    at: AtRound,
    clock: Clock,
    form: Form,
    act: Callable[[], Awaitable[object]],
) -> Response[str]:
    """Do it and show the page anew, or show what is wrong on it."""
    status = await attempt(form, act)
    if status is None:
        return go_to(request, f"{at.here}/afstemninger")
    return await _polls_page(request, at, clock, form, status)


async def _polls_page(request: Request, at: AtRound, clock: Clock, form: Form, status: int = 200) -> Page:
    now = clock.now()
    council, round = at.standing.council, at.round
    members = await members_on(council.id, local(now).date())
    lines = await lines_of(council, round, await at.cases(), members)
    suggestions: dict[str, str | list[str]] = {}
    present: dict[str, list[str]] = {}
    for line in lines:
        poll, slug = line.case.poll, line.case.prize.slug
        is_meeting = poll is not None and poll.kind == MEETING
        there = present_at(poll) if poll is not None and is_meeting else set()
        present[slug] = [member.name for member in members if member.id in there]
        suggestions[f"present-{slug}"] = [str(id) for id in there]
        closes_at = poll.closes_at if line.case.state == "draft" and poll and not is_meeting else round.voting_ends_at
        if closes_at is not None and closes_at > now:  # a new vote is often held after the round's own time
            suggestions |= moment_values(f"closes-{slug}", closes_at, is_deadline=True)
    return desk(
        request,
        at.standing,
        "ballots/polls.html",
        status=status,
        round=round,
        lines=lines,
        form=form,
        times=form if form.errors and any(name.startswith(PREPARING) for name in form.errors) else Form(suggestions),
        present=present,
        people=[(member.id, member.name) for member in members],
        new_id=str(uuid4()),
        asked_at=(await last_mailed("ballots/recusals", council.id, round.title)).get(round.title),
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
        here=at.here,
    )


HANDLERS: list[BaseRouteHandler] = [polls, ask, prepare, prepare_meeting, open_vote, remind, void]
