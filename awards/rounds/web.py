"""Set-up: its front page and rounds. Prizes, criteria and laureates have files of their own."""

from datetime import date
from typing import Any
from uuid import UUID

from litestar import Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Response

from awards.clock import Clock
from awards.councils.attempts import attempt, new_id, read_id, seen_in
from awards.councils.queries import seating
from awards.councils.standing import Standing, desk
from awards.rounds.actions import create_round, describe_round, extend_deadline, open_round, plan_round
from awards.rounds.forms import Values, read_timetable, timetable_values
from awards.rounds.queries import criteria_of, laureates, prizes_of, published_rounds, readiness, round_of, rounds_of
from awards.rounds.readiness import Task, may_open
from awards.rounds.rules import is_frozen, phase
from awards.rounds.tables import Round
from awards.rounds.web_criteria import HANDLERS as CRITERIA
from awards.rounds.web_laureates import HANDLERS as LAUREATES
from awards.rounds.web_prizes import HANDLERS as PRIZES
from awards.rounds.words import PHASES, TASKS, WHYS
from awards.web.formats import local
from awards.web.forms import Form
from awards.web.i18n import _
from awards.web.pages import Page, Request, go_to


@get("/{council:str}/opsaetning", name="rounds.setup")
async def setup(request: Request, standing: NamedDependency[Standing], clock: NamedDependency[Clock]) -> Page:
    standing.require("secretary")
    council, now = standing.council, clock.now()
    rounds, published = await rounds_of(council.id), await published_rounds(council.id)
    lines = await seating(council.id, _today(clock))
    return desk(
        request,
        standing,
        "rounds/index.html",
        rounds=[
            (round, _(PHASES[phase(round, now, published=round.id in published and is_frozen(round))]))
            for round in rounds
        ],
        seats=len(lines),
        filled=sum(line.holder is not None for line in lines),
        laureates=len(await laureates(council.id)),
        next_year=max([_today(clock).year, *(round.year + 1 for round in rounds)]),
    )


@get("/{council:str}/opsaetning/runder/ny", name="rounds.new")
async def new_round(request: Request, standing: NamedDependency[Standing], clock: NamedDependency[Clock]) -> Page:
    standing.require("secretary")
    rounds = await rounds_of(standing.council.id)
    year = max([_today(clock).year, *(round.year + 1 for round in rounds)])
    start: Values = {"year": str(year), "copy_of": str(rounds[0].id) if rounds else ""}
    if rounds:
        start["title"] = rounds[0].title.replace(str(rounds[0].year), str(year))
    return _new_round_page(request, standing, Form(start), rounds)


@post("/{council:str}/opsaetning/runder/ny", name="rounds.create", status_code=200)
async def save_new_round(
    request: Request, standing: NamedDependency[Standing], clock: NamedDependency[Clock]
) -> Response[str]:
    standing.require("secretary")
    rounds = await rounds_of(standing.council.id)
    form = Form(await request.form())
    id = read_id(form)
    year = form.whole("year", minimum=2000, maximum=2100)
    title = form.text("title", maximum=200)
    source = form.choice("copy_of", [str(round.id) for round in rounds], required=False)
    status = await attempt(
        form,
        lambda: create_round(
            id,
            standing.council.id,
            year or 0,
            title,
            copy_of=UUID(source) if source else None,
            by=request.actor,
            clock=clock,
        ),
    )
    if status is None:
        return go_to(request, f"/{standing.council.slug}/opsaetning/runder/{year}")
    return _new_round_page(request, standing, form, rounds, status)


def _new_round_page(request: Request, standing: Standing, form: Form, rounds: list[Round], status: int = 200) -> Page:
    return desk(request, standing, "rounds/new.html", status=status, form=form, id=new_id(form), rounds=rounds)


@get("/{council:str}/opsaetning/runder/{year:int}", name="rounds.show")
async def show_round(
    request: Request, year: FromPath[int], standing: NamedDependency[Standing], clock: NamedDependency[Clock]
) -> Page:
    standing.require("secretary")
    round, now = await round_of(standing.council.id, year), clock.now()
    tasks = await readiness(standing.council, round, now)
    prizes = await prizes_of(round.id)
    published = is_frozen(round) and round.id in await published_rounds(standing.council.id)
    return desk(
        request,
        standing,
        "rounds/show.html",
        round=round,
        now=now,
        phase=_(PHASES[phase(round, now, published=published)]),
        frozen=is_frozen(round),
        tasks=[_task_line(standing.council.slug, year, task) for task in tasks if task.key != "prize"],
        prize_tasks=[
            (prize, _task_line(standing.council.slug, year, task))
            for prize, task in zip(prizes, [task for task in tasks if task.key == "prize"], strict=True)
        ],
        ready=may_open(tasks),
        missing=sum(task.state == "missing" for task in tasks),
    )


def _task_line(council: str, year: int, task: Task) -> dict[str, str]:
    """A line of the task list."""
    base = f"/{council}/opsaetning"
    paths = {
        "council": f"{base}/raadet",
        "people": f"{base}/roller",
        "about": f"{base}/runder/{year}/om",
        "timetable": f"{base}/runder/{year}/tidsplan",
        "ceremony": f"{base}/runder/{year}/tidsplan",
        "prizes": f"{base}/runder/{year}/priser/ny",
        "prize": f"{base}/runder/{year}/priser/{task.prize}",
    }
    if task.why in ("criteria", "minimum"):
        paths["prize"] += "/kriterier"
    states = {
        "done": (_("Done"), "good"),
        "missing": (_("Missing"), "warn"),
        "later": (_("Can wait"), "neutral"),
    }
    status, tone = states[task.state]
    return {
        "label": task.title or _(TASKS[task.key]),
        "path": paths[task.key],
        "hint": _(WHYS[task.why]) if task.why else "",
        "status": status,
        "tone": tone,
    }


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


def _today(clock: Clock) -> date:
    return local(clock.now()).date()


router = Router(
    "/",
    route_handlers=[
        setup,
        new_round,
        save_new_round,
        show_round,
        about_round,
        save_about,
        timetable,
        save_timetable,
        before_opening,
        save_opening,
        before_extension,
        save_extension,
        *PRIZES,
        *CRITERIA,
        *LAUREATES,
    ],
)
