"""Wiring: the application from its rooms. Nothing imports this module but the command line and the tests."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast

from litestar import Litestar, Request, Router
from litestar.datastructures import State
from litestar.di import Provide
from litestar.response import Response
from litestar.types import (
    ControllerRouterHandler,
    HTTPScope,
    LifeSpanReceive,
    LifeSpanScope,
    LifeSpanSend,
    Receive,
    Scope,
    Send,
)

from awards.accounts import letters as account_letters
from awards.accounts import web as accounts
from awards.accounts.jobs import forget_expired
from awards.accounts.middleware import IDENTIFY
from awards.administration import about, health, mails
from awards.administration import letters as administration_letters
from awards.administration import web_data as data_protection
from awards.administration import web_figures as round_figures
from awards.administration import web_overview as overview
from awards.administration import web_people as people
from awards.administration import web_requests as access_requests
from awards.administration.installation import is_demonstration
from awards.administration.jobs import EVERY_SECONDS, Job, do_due
from awards.administration.retention import delete_what_is_old
from awards.background import Loop
from awards.background import running as running_beside
from awards.ballots import letters as ballot_letters
from awards.ballots import web as ballots
from awards.ballots.tablets import forget_turns
from awards.clock import Clock, SystemClock
from awards.councils import letters as council_letters
from awards.councils import web as councils
from awards.councils.standing import provide_standing
from awards.counting import letters as counting_letters
from awards.counting import web as counting
from awards.counting.closing import close_due_polls
from awards.counting.due import close_what_is_due, destroy_old_ballots, scrub_closed_polls
from awards.db import connect
from awards.nominations import letters as nomination_letters
from awards.nominations import web as nominations
from awards.nominations.reminders import remind_unconfirmed
from awards.outbox import postbox
from awards.outbox.delivery import transport_for
from awards.outbox.worker import EVERY_SECONDS as MAIL_SECONDS
from awards.outbox.worker import send_due
from awards.rounds import web as rounds
from awards.screening import answering, candidates
from awards.screening import letters as screening_letters
from awards.screening import web as screening
from awards.screening.inquiries import remind_unanswered
from awards.settings import Settings
from awards.web import problems, static
from awards.web.headers import add_security_headers
from awards.web.i18n import DEFAULT, speaking, split_language
from awards.web.languages import lead_to_spoken_language
from awards.web.logs import logging_request
from awards.web.origin import SAFE_METHODS, refuse_cross_site
from awards.web.pages import Request as OurRequest
from awards.web.public_pages import PublicPages
from awards.winners import desk as winners_desk
from awards.winners import letters as winners_letters
from awards.winners import web as winners

ROUTERS: list[ControllerRouterHandler] = [
    static.router,
    health.router,
    mails.router,
    about.router,
    postbox.router,
    accounts.router,
    nominations.router,
    councils.router,
    rounds.router,
    people.router,
    access_requests.router,
    data_protection.router,
    round_figures.router,
    overview.router,
    screening.router,
    candidates.router,
    answering.router,
    Router("/", route_handlers=[ballots.router, counting.router], guards=[close_what_is_due]),
    winners_desk.router,
    winners.router,
]
# Imported for the mails that they register.
LETTERS = (
    account_letters,
    administration_letters,
    council_letters,
    ballot_letters,
    counting_letters,
    nomination_letters,
    screening_letters,
    winners_letters,
)
# What each room does when its time has come.
JOBS: list[Job] = [
    remind_unconfirmed,
    remind_unanswered,
    forget_expired,
    forget_turns,
    close_due_polls,
    scrub_closed_polls,
    destroy_old_ballots,
    delete_what_is_old,
]
LARGEST_BODY = 32 * 1024 * 1024  # three files of 10 MB and the form around them


class Awards(Litestar):
    """The application; `/en/…` is the same address in English, `/ar/…` in Arabic."""

    async def __call__(
        self,
        scope: Scope | LifeSpanScope,
        receive: Receive | LifeSpanReceive,
        send: Send | LifeSpanSend,
    ) -> None:
        request = cast("dict[str, Any]", scope)
        code, path = split_language(request.get("path", "/"))
        if code != DEFAULT:
            request |= {"path": path, "raw_path": path.encode()}
        with speaking(code):
            if request["type"] != "http":
                await super().__call__(scope, receive, send)
                return
            pages: PublicPages = self.state.public_pages
            logged = logging_request(cast("Scope", scope), cast("Send", send))
            await pages(super().__call__, cast("HTTPScope", scope), cast("Receive", receive), logged)


def state_of(settings: Settings, clock: Clock) -> State:
    """All that tells one application from another: tests hand it to one whose routes are registered already."""
    database = connect(settings)
    scheduler = Loop("scheduler", lambda: do_due(JOBS, clock=clock, settings=settings), seconds=EVERY_SECONDS)

    async def deliver() -> None:
        await send_due(settings, clock, transport_for(settings, demonstration=state.demonstration))

    postman = Loop("mail", deliver, seconds=MAIL_SECONDS)
    state = State(
        {
            "settings": settings,
            "clock": clock,
            "database": database,
            "public_pages": PublicPages(lambda: database.version, clock),
            "demonstration": False,
            "postman": postman,
            "loops": [scheduler, postman],
        }
    )
    return state


async def before_request(request: Request[Any, Any, Any]) -> Response[str] | None:
    """What is asked of every request: that it comes from our own pages, and in a language that the page speaks."""
    refuse_cross_site(request)
    return lead_to_spoken_language(cast("OurRequest", request))


async def wake_postman(request: Request[Any, Any, Any]) -> None:
    """What an act wrote to the outbox is committed by now."""
    if request.method not in SAFE_METHODS:
        request.app.state.postman.wake()


@asynccontextmanager
async def running(app: Litestar) -> AsyncIterator[None]:
    async with app.state.database:
        app.state.demonstration = await is_demonstration()
        async with running_beside(*app.state.loops):
            yield


def clock_of(request: Request[Any, Any, Any]) -> Clock:
    return cast("Clock", request.app.state.clock)


def settings_of(request: Request[Any, Any, Any]) -> Settings:
    return cast("Settings", request.app.state.settings)


def create_app(settings: Settings, clock: Clock | None = None) -> Awards:
    """The whole product as an ASGI application. `clock` is the machine's unless a test sets one."""
    return Awards(
        route_handlers=ROUTERS,
        dependencies={
            "clock": Provide(clock_of, sync_to_thread=False),
            "settings": Provide(settings_of, sync_to_thread=False),
            "standing": Provide(provide_standing),
        },
        state=state_of(settings, clock or SystemClock()),
        request_class=OurRequest,
        middleware=[IDENTIFY],
        before_request=before_request,
        after_response=wake_postman,
        before_send=[add_security_headers],
        exception_handlers=problems.HANDLERS,
        lifespan=[running],
        openapi_config=None,
        logging_config=None,
        request_max_body_size=LARGEST_BODY,
        debug=False,
    )
