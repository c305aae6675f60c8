"""The numbers of a round as charts, each with its table."""

from litestar import Router, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from awards.administration.figures import figures
from awards.charts import HIGH, WIDE
from awards.clock import Clock
from awards.councils.standing import Standing, desk
from awards.rounds.places import InRound
from awards.web.pages import Page, Request


@get("/", name="administration.figures")
async def show(
    request: Request, standing: NamedDependency[Standing], clock: NamedDependency[Clock], year: FromPath[int]
) -> Page:
    standing.require("secretary")
    at = await InRound.of(standing, year)
    return desk(
        request,
        standing,
        "administration/figures.html",
        round=at.round,
        figures=await figures(at.round, clock.now()),
        size=(WIDE, HIGH),
        here=at.here,
    )


router = Router("/{council:str}/{year:int}/tal", route_handlers=[show])
