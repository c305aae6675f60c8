"""Set-up of one round: its texts and timetable, its opening, and a later deadline."""

from typing import Any

from litestar import get, post
from litestar.di import NamedDependency
from litestar.handlers import BaseRouteHandler
from litestar.params import FromPath
from litestar.response import Response

from awards.clock import Clock
from awards.councils.attempts import attempt, seen_in
from awards.councils.standing import Standing, desk
from awards.rounds.actions import describe_round, extend_deadline, open_round, plan_round
from awards.rounds.forms import Values, read_timetable, timetable_values
from awards.rounds.queries import criteria_of, prizes_of, readiness, round_of
from awards.rounds.readiness import may_open
from awards.rounds.rules import is_frozen
from awards.rounds.tables import Round
from awards.web.forms import Form
from awards.web.pages import Page, Request, go_to


@get("/{council:str}/opsaetning/runder/{year:int}/om", name="rounds.about")
async def about_round(request: Request, year: FromPath[int], standing: NamedDependency[Standing]) -> Page:
    standing.require("secretary")
    round = await round_of(standing.council.id, year)
    values: Values = {"title": round.title, "introduction": round.introduction}
    values["publish_nominees"] = "1" if round.publish_nominees else ""
    return _about_page(request, standing, round, Form(values))


@post("/{council:str}/opsaetning/runder/{year:int}/om", name="rounds.describe", status_code=200)
async def save_about(
    request: Request, year: FromPath[int], standing: NamedDependency[Standing], clock: NamedDependency[Clock]
) -> Response[str]:
    standing.require("secretary")
    round = await round_of(standing.council.id, year)
    form = Form(await request.form())
    title = form.text("title", maximum=200)
    introduction = form.text("introduction", maximum=1500, lines=True)
    publish = form.flag("publish_nominees")
    status = await attempt(
        form,
        lambda: describe_round(
            round.id, title, introduction, publish, seen=form.value("seen"), by=request.actor, clock=clock
        ),
    )
    if status is None:
        return go_to(request, _path(standing, year))
    return _about_page(request, standing, await round_of(standing.council.id, year), form, status)


def _about_page(request: Request, standing: Standing, round: Round, form: Form, status: int = 200) -> Page:
    return _round_page(request, standing, "rounds/about.html", round, form, status)


@get("/{council:str}/opsaetning/runder/{year:int}/tidsplan", name="rounds.timetable")
async def timetable(request: Request, year: FromPath[int], standing: NamedDependency[Standing]) -> Page:
    standing.require("secretary")
    round = await round_of(standing.council.id, year)
    return _round_page(request, standing, "rounds/timetable.html", round, Form(timetable_values(round)))


@post("/{council:str}/opsaetning/runder/{year:int}/tidsplan", name="rounds.plan", status_code=200)
async def save_timetable(
    request: Request, year: FromPath[int], standing: NamedDependency[Standing], clock: NamedDependency[Clock]
) -> Response[str]:
    standing.require("secretary")
    round = await round_of(standing.council.id, year)
    form = Form(await request.form())
    plan = read_timetable(form, round)
    status = await attempt(
        form, lambda: plan_round(round.id, plan, seen=form.value("seen"), by=request.actor, clock=clock)
    )
    if status is None:
        return go_to(request, _path(standing, year))
    return _round_page(
        request, standing, "rounds/timetable.html", await round_of(standing.council.id, year), form, status
    )


@get("/{council:str}/opsaetning/runder/{year:int}/aabn", name="rounds.before_opening")
async def before_opening(
    request: Request, year: FromPath[int], standing: NamedDependency[Standing], clock: NamedDependency[Clock]
) -> Page:
    standing.require("secretary")
    round, now = await round_of(standing.council.id, year), clock.now()
    tasks = await readiness(standing.council, round, now)
    prizes = await prizes_of(round.id)
    return _round_page(
        request,
        standing,
        "rounds/open.html",
        round,
        Form(),
        ready=may_open(tasks),
        frozen=is_frozen(round),
        prizes=prizes,
        criteria=await criteria_of(prize.id for prize in prizes),
        now=now,
    )


@post("/{council:str}/opsaetning/runder/{year:int}/aabn", name="rounds.open", status_code=200)
async def save_opening(
    request: Request, year: FromPath[int], standing: NamedDependency[Standing], clock: NamedDependency[Clock]
) -> Response[str]:
    standing.require("secretary")
    round = await round_of(standing.council.id, year)
    await open_round(round.id, by=request.actor, clock=clock)
    return go_to(request, _path(standing, year))


@get("/{council:str}/opsaetning/runder/{year:int}/forlaeng", name="rounds.before_extension")
async def before_extension(request: Request, year: FromPath[int], standing: NamedDependency[Standing]) -> Page:
    standing.require("secretary")
    round = await round_of(standing.council.id, year)
    return _round_page(request, standing, "rounds/extend.html", round, Form())


@post("/{council:str}/opsaetning/runder/{year:int}/forlaeng", name="rounds.extend", status_code=200)
async def save_extension(
    request: Request, year: FromPath[int], standing: NamedDependency[Standing], clock: NamedDependency[Clock]
) -> Response[str]:
    standing.require("secretary")
    round = await round_of(standing.council.id, year)
    form = Form(await request.form())
    closes_at = form.moment("closes_at", is_deadline=True)
    status = await attempt(
        form,
        lambda: extend_deadline(
            round.id, closes_at or clock.now(), seen=form.value("seen"), by=request.actor, clock=clock
        ),
    )
    if status is None:
        return go_to(request, _path(standing, year))
    return _round_page(request, standing, "rounds/extend.html", await round_of(standing.council.id, year), form, status)


def _round_page(
    request: Request,
    standing: Standing,
    template: str,
    round: Round,
    form: Form,
    status: int = 200,
    **context: Any,
) -> Page:
    seen = seen_in(form, round, status)
    return desk(request, standing, template, status=status, round=round, form=form, seen=seen, **context)


def _path(standing: Standing, year: int) -> str:
    return f"/{standing.council.slug}/opsaetning/runder/{year}"


HANDLERS: list[BaseRouteHandler] = [
    about_round,
    save_about,
    timetable,
    save_timetable,
    before_opening,
    save_opening,
    before_extension,
    save_extension,
]
