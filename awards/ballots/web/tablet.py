"""The tablet that is passed around: the next person's code, their ballot, their receipt, and nothing of it afterwards.

Its pages ask for no session, and refuse to work in a browser that has one: whoever comes next would have it too.
"""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any
from uuid import UUID

from litestar import Router, get, post
from litestar.datastructures import Cookie
from litestar.di import NamedDependency
from litestar.handlers import BaseRouteHandler
from litestar.params import FromPath
from litestar.response import Response

from awards.accounts.actions import end_session
from awards.accounts.sessions import expired_cookie
from awards.ballots.booth import enter
from awards.ballots.codes import in_groups
from awards.ballots.queries import PrizeCase, case_of
from awards.ballots.tablets import (
    TURN_COOKIE,
    TURN_LASTS,
    Tablet,
    begin_turn,
    elector_with,
    end_turn,
    tablet_of,
    turn_of,
)
from awards.ballots.web.casting import hand_in
from awards.ballots.web.station import Station, paper, ranked_on
from awards.ballots.web.station import review as reviewed
from awards.clock import Clock
from awards.councils.tables import Council
from awards.errors import NotFound
from awards.rounds.tables import Prize
from awards.settings import Settings
from awards.web.forms import Form
from awards.web.i18n import N_
from awards.web.pages import Page, Request, go_to, page

Step = Callable[[Station], Awaitable[Response[Any]]]


@get("/", name="ballots.tablet")
async def ask(
    request: Request, token: FromPath[str], clock: NamedDependency[Clock], settings: NamedDependency[Settings]
) -> Page:
    tablet = await tablet_of(token, clock=clock, settings=settings)
    return await _ask(request, token, tablet, Form())


@post("/", name="ballots.tablet_turn")
async def begin(
    request: Request, token: FromPath[str], clock: NamedDependency[Clock], settings: NamedDependency[Settings]
) -> Response[str]:
    tablet = await tablet_of(token, clock=clock, settings=settings)
    form = Form(await request.form())
    if request.actor.is_signed_in:
        return await _ask(request, token, tablet, form, 409)
    code = form.text("code", maximum=40, missing=N_("Write the code on your voting card."))
    member = await elector_with(code, tablet, clock=clock) if code else None
    if code and member is None:
        form.fail("code", N_("The code does not fit, or its owner does not vote about this prize. Ask the secretary."))
    elif member is not None and not (await _case(tablet, member)).has_answered:
        form.fail("code", N_("You have not answered about inhabilitet yet. Do it on your own phone, and come back."))
    if form.errors or member is None:
        untyped = Form()  # whoever comes next must not find what was typed
        untyped.errors.update(form.errors)
        return await _ask(request, token, tablet, untyped, 422)
    answer = go_to(request, f"/tavle/{token}/stemmeseddel")
    secret = await begin_turn(member, tablet, clock=clock, settings=settings)
    answer.set_cookie(_cookie(secret, settings))
    return answer


@get("/stemmeseddel", name="ballots.tablet_ballot")
async def ballot(
    request: Request, token: FromPath[str], clock: NamedDependency[Clock], settings: NamedDependency[Settings]
) -> Response[Any]:
    return await _at_station(request, token, clock, settings, lambda station: paper(station, Form()))


@post("/stemmeseddel", name="ballots.tablet_rank")
async def rank(
    request: Request, token: FromPath[str], clock: NamedDependency[Clock], settings: NamedDependency[Settings]
) -> Response[Any]:
    form = Form(await request.form())
    return await _at_station(request, token, clock, settings, lambda station: ranked_on(station, form))


@post("/stemmeseddel/gennemsyn", name="ballots.tablet_review")
async def review(
    request: Request, token: FromPath[str], clock: NamedDependency[Clock], settings: NamedDependency[Settings]
) -> Response[Any]:
    form = Form(await request.form())
    return await _at_station(request, token, clock, settings, lambda station: reviewed(station, form))


@post("/stemme", name="ballots.tablet_cast", status_code=200, opt={"unlogged": True})
async def cast(
    request: Request, token: FromPath[str], clock: NamedDependency[Clock], settings: NamedDependency[Settings]
) -> Response[Any]:
    """The code of the card, at most ten minutes ago, is the proof. Writes the slots and nothing else."""
    form = Form(await request.form())

    async def put(station: Station) -> Response[Any]:
        booth = station.booth
        return await hand_in(
            request, form, booth.poll.id, booth.member, here=station.here, clock=clock, settings=settings
        )

    return await _at_station(request, token, clock, settings, put)


@get("/stemmeseddel/kvittering", name="ballots.tablet_receipt")
async def receipt(
    request: Request, token: FromPath[str], clock: NamedDependency[Clock], settings: NamedDependency[Settings]
) -> Response[Any]:
    async def shown(station: Station) -> Response[Any]:
        booth = station.booth
        if not booth.t1:
            return go_to(request, f"{station.here}/stemmeseddel")
        code = in_groups(booth.t1)
        return station.show("ballots/tablet_receipt.html", prize=booth.prize, code=code, here=station.here)

    return await _at_station(request, token, clock, settings, shown)


@post("/videre", name="ballots.tablet_next")
async def hand_on(
    request: Request, token: FromPath[str], clock: NamedDependency[Clock], settings: NamedDependency[Settings]
) -> Response[str]:
    """Ends the turn, and whatever session the browser has, and makes the browser forget both."""
    tablet = await tablet_of(token, clock=clock, settings=settings)
    turn = await turn_of(request.cookies.get(TURN_COOKIE, ""), tablet, clock=clock, settings=settings)
    if turn is not None:
        await end_turn(turn)
    if request.actor.is_signed_in and request.actor.session is not None:
        await end_session(request.actor.session, by=request.actor)
    answer = go_to(request, f"/tavle/{token}")
    answer.set_cookie(expired_cookie(settings))
    answer.set_cookie(_cookie("", settings))
    answer.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return answer


@get(["/stemmeseddel/gennemsyn", "/stemme", "/videre"], name="ballots.tablet_again")
async def again(
    request: Request, token: FromPath[str], clock: NamedDependency[Clock], settings: NamedDependency[Settings]
) -> Response[str]:
    """Steps that exist as a form only."""
    await tablet_of(token, clock=clock, settings=settings)
    return go_to(request, f"/tavle/{token}/stemmeseddel")


async def _at_station(request: Request, token: str, clock: Clock, settings: Settings, step: Step) -> Response[Any]:
    """`step` for the person whose turn it is; without a turn, back to where the code is asked for."""
    tablet = await tablet_of(token, clock=clock, settings=settings)
    turn = await turn_of(request.cookies.get(TURN_COOKIE, ""), tablet, clock=clock, settings=settings)
    if turn is None or request.actor.is_signed_in:
        if request.method == "POST":
            return await _ask(request, token, tablet, Form(), 401)
        return go_to(request, f"/tavle/{token}")
    case = await _case(tablet, turn.subject)
    if case.is_out or case.poll is None or case.poll.id != tablet.poll.id:
        raise NotFound
    booth = await enter(case, turn.subject, key_dir=settings.key_dir, clock=clock)
    council = await _council(tablet)
    return await step(Station(booth, f"/tavle/{token}", "tablet", partial(page, request, council=council)))


async def _ask(request: Request, token: str, tablet: Tablet, form: Form, status: int = 200) -> Page:
    prize = await _prize(tablet)
    return page(
        request,
        "ballots/tablet.html",
        fragment="ballots/_tablet_over.html",
        status=status,
        council=await _council(tablet),
        prize=prize,
        form=form,
        here=f"/tavle/{token}",
    )


async def _case(tablet: Tablet, member: UUID) -> PrizeCase:
    prize = await _prize(tablet)
    return await case_of(prize.round.id, prize.slug, member)


async def _prize(tablet: Tablet) -> Prize:
    prize = await Prize.objects(Prize.round).get(Prize.id == tablet.poll.prize)
    if prize is None:
        raise NotFound
    return prize


async def _council(tablet: Tablet) -> Council:
    council = await Council.objects().get(Council.id == (await _prize(tablet)).round.council)
    if council is None:
        raise NotFound
    return council


def _cookie(secret: str, settings: Settings) -> Cookie:
    return Cookie(
        key=TURN_COOKIE,
        value=secret,
        path="/",
        max_age=int(TURN_LASTS.total_seconds()) if secret else 0,
        secure=settings.is_https,
        httponly=True,
        samesite="strict",
    )


HANDLERS: list[BaseRouteHandler] = [ask, begin, ballot, rank, review, cast, receipt, hand_on, again]
router = Router("/tavle/{token:str}", route_handlers=HANDLERS)
