"""Several nominations at once: choose them in the inbox, see what would happen to each, do it, see what came of it."""

from dataclasses import replace

from litestar import get, post
from litestar.di import NamedDependency

from awards.clock import Clock
from awards.councils.standing import desk
from awards.errors import NotFound
from awards.rounds.queries import prizes_of
from awards.screening import bulk, words
from awards.screening.places import AtRound
from awards.web.forms import Form
from awards.web.i18n import N_, _
from awards.web.pages import Page, Request

TITLES = {
    bulk.ACCEPT: N_("Accept several nominations"),
    bulk.REMIND: N_("Remind several nominators"),
    bulk.MOVE: N_("Move several nominations"),
}
BUTTONS = {
    bulk.ACCEPT: N_("Accept them"),
    bulk.REMIND: N_("Send the reminders"),
    bulk.MOVE: N_("Move them"),
}
DONE = {bulk.ACCEPT: N_("Accepted"), bulk.REMIND: N_("Reminded"), bulk.MOVE: N_("Moved")}


@get("/indstillinger/flere", name="screening.bulk_plan")
async def plan(request: Request, at_round: NamedDependency[AtRound], clock: NamedDependency[Clock]) -> Page:
    query = request.query_params
    form = Form({"handling": query.get("handling", ""), "valgt": list(query.getall("valgt", []))})
    lines = await bulk.plan(at_round.round, form.chosen("valgt"), _act(form), clock.now())
    return await _page(request, at_round, form, lines)


@post("/indstillinger/flere", name="screening.bulk")
async def carry_out(request: Request, at_round: NamedDependency[AtRound], clock: NamedDependency[Clock]) -> Page:
    """`seen-…` holds how far each case had come on the plan's page: what changed meanwhile is skipped."""
    form = Form(await request.form())
    act = _act(form)
    lines = await bulk.plan(at_round.round, form.chosen("valgt"), act, clock.now())
    lines = [replace(line, seen=form.value(f"seen-{line.reference}")) for line in lines]
    prizes = {prize.slug: prize.id for prize in await prizes_of(at_round.round.id)}
    slug = form.choice("prize", prizes) if act == bulk.MOVE else ""
    if form.errors:
        return await _page(request, at_round, form, lines, status=422)
    done = await bulk.carry_out(lines, act, prize=prizes.get(slug), by=request.actor, clock=clock)
    return desk(
        request,
        at_round.standing,
        "screening/bulk_done.html",
        title=_(TITLES[act]),
        done=[
            (line, _(DONE[act]) if not obstacle else _(words.OBSTACLES[obstacle]), not obstacle)
            for line, obstacle in done
        ],
        count=sum(not obstacle for _line, obstacle in done),
        here=at_round.inbox,
    )


async def _page(request: Request, at_round: AtRound, form: Form, lines: list[bulk.Line], status: int = 200) -> Page:
    act = _act(form)
    return desk(
        request,
        at_round.standing,
        "screening/bulk.html",
        status=status,
        act=act,
        title=_(TITLES[act]),
        button=_(BUTTONS[act]),
        ready=[line for line in lines if not line.obstacle],
        skipped=[(line, _(words.OBSTACLES[line.obstacle])) for line in lines if line.obstacle],
        prize_options=[(prize.slug, prize.title) for prize in await prizes_of(at_round.round.id)],
        form=form,
        here=at_round.inbox,
    )


def _act(form: Form) -> str:
    act = form.value("handling")
    if act not in bulk.ACTS:
        raise NotFound
    return act


HANDLERS = [plan, carry_out]
