"""Set-up: its front page, and rounds as lists of what to do. What the lists lead to has files of its own."""

from datetime import date
from uuid import UUID

from litestar import Router, get, post
from litestar.di import NamedDependency
from litestar.response import Response

from awards.clock import Clock
from awards.councils.attempts import attempt, new_id, read_id
from awards.councils.queries import seating
from awards.councils.standing import Standing, desk
from awards.rounds.actions import create_round
from awards.rounds.desk_words import PHASES, TASKS, WHYS
from awards.rounds.forms import Values
from awards.rounds.places import PLACES, AtRound
from awards.rounds.queries import laureates, prizes_of, published_rounds, readiness, rounds_of
from awards.rounds.readiness import Task, may_open
from awards.rounds.rules import is_frozen, phase
from awards.rounds.tables import Round
from awards.rounds.web_criteria import HANDLERS as CRITERIA
from awards.rounds.web_laureates import HANDLERS as LAUREATES
from awards.rounds.web_prizes import HANDLERS as PRIZES
from awards.rounds.web_round import HANDLERS as ROUND
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


@post("/{council:str}/opsaetning/runder/ny", name="rounds.create")
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


@get("/", name="rounds.show")
async def show_round(request: Request, at_round: NamedDependency[AtRound], clock: NamedDependency[Clock]) -> Page:
    round, council, now = at_round.round, at_round.standing.council, clock.now()
    tasks = await readiness(council, round, now)
    prizes = await prizes_of(round.id)
    published = at_round.is_frozen and round.id in await published_rounds(council.id)
    return desk(
        request,
        at_round.standing,
        "rounds/show.html",
        round=round,
        now=now,
        phase=_(PHASES[phase(round, now, published=published)]),
        frozen=at_round.is_frozen,
        tasks=[_task_line(at_round, task) for task in tasks if task.key != "prize"],
        prize_tasks=[
            (prize, _task_line(at_round, task))
            for prize, task in zip(prizes, [task for task in tasks if task.key == "prize"], strict=True)
        ],
        ready=may_open(tasks),
        missing=sum(task.state == "missing" for task in tasks),
    )


def _task_line(at_round: AtRound, task: Task) -> dict[str, str]:
    """A line of the task list."""
    base, here = f"/{at_round.standing.council.slug}/opsaetning", at_round.here
    paths = {
        "council": f"{base}/raadet",
        "people": f"{base}/roller",
        "about": f"{here}/om",
        "timetable": f"{here}/tidsplan",
        "ceremony": f"{here}/tidsplan",
        "prizes": f"{here}/priser/ny",
        "prize": f"{here}/priser/{task.prize}",
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


def _today(clock: Clock) -> date:
    return local(clock.now()).date()


a_round = Router(
    "/{council:str}/opsaetning/runder/{year:int}",
    dependencies=PLACES,
    route_handlers=[show_round, *ROUND, *PRIZES, *CRITERIA],
)
router = Router("/", route_handlers=[setup, new_round, save_new_round, *LAUREATES, a_round])
