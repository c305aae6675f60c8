"""Trying how to vote, at any time: the same pages as a real vote has, and nothing is stored."""

from functools import partial
from typing import Any

from litestar import MediaType, Router, get, post
from litestar.di import NamedDependency
from litestar.handlers import BaseRouteHandler
from litestar.response import Response

from awards.ballots.codes import code_of
from awards.ballots.receipts import Receipt
from awards.ballots.sealing import OUTER_SIZE
from awards.ballots.trial import trial_booth
from awards.ballots.web.casting import read_envelope
from awards.ballots.web.station import Station, paper, ranked_on
from awards.ballots.web.station import review as reviewed
from awards.councils.standing import Standing, desk
from awards.errors import RuleBroken
from awards.web.forms import Form
from awards.web.i18n import _
from awards.web.pages import Page, Request, go_to


@get("/stemmeseddel", name="ballots.trial")
async def ballot(request: Request, standing: NamedDependency[Standing]) -> Page:
    return await paper(_station(request, standing), Form())


@post("/stemmeseddel", name="ballots.trial_rank")
async def rank(request: Request, standing: NamedDependency[Standing]) -> Page:
    return await ranked_on(_station(request, standing), Form(await request.form()))


@post("/stemmeseddel/gennemsyn", name="ballots.trial_review")
async def review(request: Request, standing: NamedDependency[Standing]) -> Page:
    return await reviewed(_station(request, standing), Form(await request.form()))


@post("/stemme", name="ballots.trial_cast", status_code=200)
async def cast(request: Request, standing: NamedDependency[Standing]) -> Response[Any]:
    """Confirms the envelope as a real vote would, and drops it."""
    station = _station(request, standing)
    form = Form(await request.form())
    outer, _expects = read_envelope(form)
    if len(outer) != OUTER_SIZE or code_of(outer) != form.value("t1"):
        raise RuleBroken("The ballot was damaged on the way. Vote again.")
    if request.headers.get("accept") == "application/json":
        poll = station.booth.poll
        receipt = Receipt(poll=str(poll.id), manifest=poll.manifest_hash, t1=form.value("t1"), seq=1)
        return Response(receipt.to_json(), media_type=MediaType.JSON)
    return go_to(request, f"{station.here}/stemmeseddel/kvittering")


@get("/stemmeseddel/kvittering", name="ballots.trial_receipt")
async def receipt(request: Request, standing: NamedDependency[Standing]) -> Page:
    station = _station(request, standing)
    return station.show("ballots/trial_receipt.html", here=station.here)


@get(["/", "/stemmeseddel/gennemsyn", "/stemme"], name="ballots.trial_again")
async def again(request: Request, standing: NamedDependency[Standing]) -> Response[str]:
    """The short address for guides, and steps that exist as a form only."""
    return go_to(request, f"{_station(request, standing).here}/stemmeseddel")


def _station(request: Request, standing: Standing) -> Station:
    """For everybody with a role: whoever helps the members has tried it too."""
    standing.require()
    names = (_("Coffee"), _("Tea"), _("Water"))
    booth = trial_booth(standing.actor.id, _("Coffee or tea?"), names)
    return Station(booth, f"/{standing.council.slug}/proeve", "trial", partial(desk, request, standing))


HANDLERS: list[BaseRouteHandler] = [ballot, rank, review, cast, receipt, again]
router = Router("/{council:str}/proeve", route_handlers=HANDLERS)
