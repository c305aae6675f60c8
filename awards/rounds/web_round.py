"""Set-up of one round: its texts and timetable, its opening, and a later deadline."""

from typing import Any

from litestar import get, post
from litestar.di import NamedDependency
from litestar.handlers import BaseRouteHandler
from litestar.response import Response

from awards.clock import Clock
from awards.councils.attempts import attempt, seen_in
from awards.councils.standing import desk
from awards.rounds.actions import describe_round, extend_deadline, open_round, plan_round
from awards.rounds.forms import Values, read_timetable, timetable_values
from awards.rounds.places import AtRound
from awards.rounds.queries import criteria_of, prizes_of, readiness
from awards.rounds.readiness import may_open
from awards.web.forms import Form
from awards.web.pages import Page, Request, go_to


@get("/om", name="rounds.about")
async def about_round(request: Request, at_round: NamedDependency[AtRound]) -> Page:
    round = at_round.round
    values: Values = {"title": round.title, "introduction": round.introduction}
    values["publish_nominees"] = "1" if round.publish_nominees else ""
    values["two_assessors"] = "1" if round.assessors == 2 else ""
    return _page(request, at_round, "rounds/about.html", Form(values))


@post("/om", name="rounds.describe")
async def save_about(
    request: Request, at_round: NamedDependency[AtRound], clock: NamedDependency[Clock]
) -> Response[str]:
    form = Form(await request.form())
    title = form.text("title", maximum=200)
    introduction = form.text("introduction", maximum=1500, lines=True)
    publish = form.flag("publish_nominees")
    assessors = 2 if form.flag("two_assessors") else 1
    status = await attempt(
        form,
        lambda: describe_round(
            at_round.round.id,
            title,
            introduction,
            publish,
            assessors=assessors,
            seen=form.value("seen"),
            by=request.actor,
            clock=clock,
        ),
    )
    if status is None:
        return go_to(request, at_round.here)
    return _page(request, await at_round.read_again(), "rounds/about.html", form, status)


@get("/tidsplan", name="rounds.timetable")
async def timetable(request: Request, at_round: NamedDependency[AtRound]) -> Page:
    return _page(request, at_round, "rounds/timetable.html", Form(timetable_values(at_round.round)))


@post("/tidsplan", name="rounds.plan")
async def save_timetable(
    request: Request, at_round: NamedDependency[AtRound], clock: NamedDependency[Clock]
) -> Response[str]:
    form = Form(await request.form())
    plan = read_timetable(form, at_round.round)
    status = await attempt(
        form, lambda: plan_round(at_round.round.id, plan, seen=form.value("seen"), by=request.actor, clock=clock)
    )
    if status is None:
        return go_to(request, at_round.here)
    return _page(request, await at_round.read_again(), "rounds/timetable.html", form, status)


@get("/aabn", name="rounds.before_opening")
async def before_opening(request: Request, at_round: NamedDependency[AtRound], clock: NamedDependency[Clock]) -> Page:
    now, prizes = clock.now(), await prizes_of(at_round.round.id)
    return _page(
        request,
        at_round,
        "rounds/open.html",
        Form(),
        ready=may_open(await readiness(at_round.standing.council, at_round.round, now)),
        frozen=at_round.is_frozen,
        prizes=prizes,
        criteria=await criteria_of(prize.id for prize in prizes),
        now=now,
    )


@post("/aabn", name="rounds.open")
async def save_opening(
    request: Request, at_round: NamedDependency[AtRound], clock: NamedDependency[Clock]
) -> Response[str]:
    await open_round(at_round.round.id, by=request.actor, clock=clock)
    return go_to(request, at_round.here)


@get("/forlaeng", name="rounds.before_extension")
async def before_extension(request: Request, at_round: NamedDependency[AtRound]) -> Page:
    return _page(request, at_round, "rounds/extend.html", Form())


@post("/forlaeng", name="rounds.extend")
async def save_extension(
    request: Request, at_round: NamedDependency[AtRound], clock: NamedDependency[Clock]
) -> Response[str]:
    form = Form(await request.form())
    closes_at = form.moment("closes_at", is_deadline=True)
    status = await attempt(
        form,
        lambda: extend_deadline(
            at_round.round.id, closes_at or clock.now(), seen=form.value("seen"), by=request.actor, clock=clock
        ),
    )
    if status is None:
        return go_to(request, at_round.here)
    return _page(request, await at_round.read_again(), "rounds/extend.html", form, status)


def _page(request: Request, at_round: AtRound, template: str, form: Form, status: int = 200, **context: Any) -> Page:
    round = at_round.round
    seen = seen_in(form, round, status)
    return desk(request, at_round.standing, template, status=status, round=round, form=form, seen=seen, **context)


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
