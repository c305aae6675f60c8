"""The first page of everybody with a role: where the round stands and what waits for them."""

from litestar import Router, get
from litestar.di import NamedDependency

from awards.administration.overview import notes_for
from awards.clock import Clock
from awards.councils.desk import navigation
from awards.councils.standing import Standing, desk
from awards.nominations.timetable import timetable
from awards.rounds.queries import newest_round
from awards.web.formats import local
from awards.web.pages import Page, Request


@get("/{council:str}/overblik", name="administration.overview")
async def overview(request: Request, standing: NamedDependency[Standing], clock: NamedDependency[Clock]) -> Page:
    standing.require()
    council, now = standing.council, clock.now()
    # Only the secretary knows of a round before it opens.
    round = await newest_round(council.id, opened=not standing.has("secretary"))
    notes = await notes_for(council, round, standing.roles, request.actor.id, today=local(now).date(), now=now)
    base = f"/{council.slug}"
    pages = navigation(council.slug, standing.roles, request.scope["path"], round.year if round else None)
    lines = [(page, notes.get(page.path.removeprefix(base))) for page in pages if not page.current]
    # What waits comes first; otherwise the order of the menu.
    lines.sort(key=lambda line: line[1] is None or line[1].tone != "warn")
    return desk(
        request,
        standing,
        "administration/overview.html",
        round=round,
        lines=lines,
        steps=timetable(round, now) if round else [],
    )


router = Router(path="/", route_handlers=[overview])
