"""The ballot on a member's own device."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

from litestar import get, post
from litestar.di import NamedDependency
from litestar.handlers import BaseRouteHandler
from litestar.response import Response

from awards.accounts.words import this_device
from awards.ballots.booth import enter
from awards.ballots.forms import read_ballot_form
from awards.ballots.web.places import AtPrize
from awards.ballots.web.proving import READING, proof_needed, read_proof
from awards.ballots.web.refusals import closed, ended, kept_until_signed_in, not_for_you
from awards.ballots.web.station import Station, paper, ranked_on
from awards.ballots.web.station import review as reviewed
from awards.clock import Clock
from awards.councils.standing import desk
from awards.errors import DeadlinePassed, SignInNeeded
from awards.settings import Settings
from awards.web.forms import Form
from awards.web.pages import Request, go_to


@get("/{prize:str}/stemmeseddel", name="ballots.ballot")
async def ballot(
    request: Request,
    at: NamedDependency[AtPrize],
    clock: NamedDependency[Clock],
    settings: NamedDependency[Settings],
) -> Response[str]:
    station = await _station(request, at, clock, settings, lasting=READING)
    return await paper(station, Form()) if isinstance(station, Station) else station


@post("/{prize:str}/stemmeseddel", name="ballots.rank")
async def rank(
    request: Request,
    at: NamedDependency[AtPrize],
    clock: NamedDependency[Clock],
    settings: NamedDependency[Settings],
) -> Response[str]:
    form = Form(await request.form())
    station = await _station(request, at, clock, settings, form, lasting=READING)
    return await ranked_on(station, form) if isinstance(station, Station) else station


@post("/{prize:str}/stemmeseddel/gennemsyn", name="ballots.review")
async def review(
    request: Request,
    at: NamedDependency[AtPrize],
    clock: NamedDependency[Clock],
    settings: NamedDependency[Settings],
) -> Response[str]:
    form = Form(await request.form())
    station = await _station(request, at, clock, settings, form)
    return await reviewed(station, form) if isinstance(station, Station) else station


@post("/{prize:str}/stemmeseddel/bekraeftelse", name="ballots.prove")
async def give_proof(
    request: Request,
    at: NamedDependency[AtPrize],
    clock: NamedDependency[Clock],
    settings: NamedDependency[Settings],
) -> Response[str]:
    """Without a script the ballot waits in the form while its voter proves who they are."""
    form = Form(await request.form())
    station = await _station(request, at, clock, settings, form)
    if not isinstance(station, Station):
        return station
    if read_ballot_form(form, station.booth.manifest.paper) is None:
        return await paper(station, form, status=422)
    opened = await read_proof(request, form, clock, settings)
    if opened is None:
        return await reviewed(station, form, status=422)
    request.scope["user"] = replace(request.actor, stepped_up_at=clock.now())
    answer = await reviewed(replace(station, means=None), form)
    answer.set_cookie(opened.cookie)
    return answer


@get(
    ["/{prize:str}/stemmeseddel/gennemsyn", "/{prize:str}/stemmeseddel/bekraeftelse", "/{prize:str}/stemme"],
    name="ballots.ballot_again",
)
async def again(request: Request, at: NamedDependency[AtPrize]) -> Response[str]:
    """Somebody reloaded or bookmarked a step that exists as a form only."""
    at.standing.require("member")
    return go_to(request, f"{at.path}/stemmeseddel")


async def _station(
    request: Request,
    at: AtPrize,
    clock: Clock,
    settings: Settings,
    form: Form | None = None,
    *,
    lasting: timedelta = timedelta(0),
) -> Station | Response[str]:
    """Where the member votes, or the page that says why not. What was filled into `form` is kept when the session has
    ended. lasting: how long a proof that was given must hold still, for not to be asked for again."""
    try:
        case = await at.case("member")
    except SignInNeeded:
        if form is None:
            raise
        return kept_until_signed_in(request, at.standing, form)
    if case.is_out:
        return not_for_you(request, at, case)
    if case.state in ("", "draft", "void"):
        return go_to(request, f"{at.here}/afstemning") if form is None else ended(request, at)
    if form is not None and case.poll is not None and form.value("poll") not in ("", str(case.poll.id)):
        return ended(request, at)
    if case.poll is not None and case.poll.opens_at is not None and not case.has_answered:
        return go_to(request, f"{at.here}/inhabilitet")
    try:
        booth = await enter(case, at.standing.actor.id, key_dir=settings.key_dir, clock=clock)
    except DeadlinePassed as refusal:
        return closed(request, at, refusal)
    return Station(
        booth,
        at.path,
        "own",
        partial(desk, request, at.standing),
        means=await proof_needed(request, clock, lasting=lasting),
        device=this_device(request.headers.get("user-agent", "")),
    )


HANDLERS: list[BaseRouteHandler] = [ballot, rank, review, give_proof, again]
