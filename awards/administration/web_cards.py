"""Stemmekort to print: for whom, and the sheet."""

from datetime import date
from functools import partial
from typing import Any

from litestar import get, post
from litestar.di import NamedDependency
from litestar.handlers import BaseRouteHandler
from litestar.response import Response

from awards.accounts.cards import IssuedCard, draw_code, issue_cards
from awards.accounts.sessions import require_step_up
from awards.administration.card_sheet import card_sheet
from awards.administration.people import Access, accesses, require_ours
from awards.administration.requests import allow_card, cards_that_wait
from awards.clock import Clock
from awards.councils.attempts import attempt, new_id, read_id
from awards.councils.standing import Standing, desk
from awards.settings import Settings
from awards.web.formats import local
from awards.web.forms import Form
from awards.web.i18n import N_
from awards.web.pages import Page, Request


@get("/{council:str}/personer/stemmekort", name="administration.cards")
async def cards(request: Request, standing: NamedDependency[Standing], clock: NamedDependency[Clock]) -> Page:
    """Whom to make cards for: those without one are chosen already, or with `?alle=1` everybody who may get one."""
    standing.require("secretary")
    require_step_up(request.actor, clock)
    rows = await _card_holders(standing, clock)
    waiting = await cards_that_wait([row.person.id for row in rows], now=clock.now())
    everybody = "alle" in request.query_params
    chosen = [row.person.id for row in rows if everybody or row.needs_card]
    return _cards(request, standing, rows, Form({"person": [str(id) for id in chosen if id not in waiting]}), waiting)


@post("/{council:str}/personer/stemmekort", name="administration.issue", status_code=200)
async def issue(
    request: Request,
    standing: NamedDependency[Standing],
    clock: NamedDependency[Clock],
    settings: NamedDependency[Settings],
) -> Response[Any]:
    """The answer is the sheet itself: the codes are known only now, and are written nowhere else."""
    standing.require("secretary")
    require_step_up(request.actor, clock)
    rows = await _card_holders(standing, clock)
    form = Form(await request.form())
    sent = read_id(form)
    chosen = form.choices(
        "person", [str(row.person.id) for row in rows], minimum=1, missing=N_("Choose whom to make a card for.")
    )
    holders = [row.person for row in rows if str(row.person.id) in chosen]
    sheet = b""

    async def make() -> None:
        nonlocal sheet
        for holder in holders:
            await require_ours(holder.id, request.actor, _today(clock))
        drawn = [IssuedCard(holder, draw_code()) for holder in holders]
        # Before the cards count: when the sheet cannot be made, the old cards are still good.
        sheet = await card_sheet(drawn, standing.council, base_url=settings.base_url, today=_today(clock))
        await issue_cards(
            holders,
            council=standing.council.id,
            by=request.actor,
            clock=clock,
            allow=partial(allow_card, clock=clock),
            codes=[card.code for card in drawn],
            attempt=sent,
        )

    status = await attempt(form, make)
    if status is not None:
        waiting = await cards_that_wait([row.person.id for row in rows], now=clock.now())
        # After a refusal the form is a new one: sent again, it means new cards.
        carried = "" if status == 409 else str(sent)
        return _cards(request, standing, rows, form, waiting, status, carried)
    return Response(
        sheet,
        media_type="application/pdf",
        headers={
            "Content-Disposition": f"attachment; filename=stemmekort-{_today(clock)}.pdf",
            "Cache-Control": "no-store",
        },
    )


async def _card_holders(standing: Standing, clock: Clock) -> list[Access]:
    rows = await accesses(standing.council.id, today=_today(clock), now=clock.now())
    return [row for row in rows if row.takes_card]


def _cards(
    request: Request,
    standing: Standing,
    rows: list[Access],
    form: Form,
    waiting: set[Any],
    status: int = 200,
    id: str = "",
) -> Page:
    return desk(
        request,
        standing,
        "administration/cards.html",
        status=status,
        rows=rows,
        form=form,
        waiting=waiting,
        id=id or new_id(Form()),
    )


def _today(clock: Clock) -> date:
    return local(clock.now()).date()


HANDLERS: list[BaseRouteHandler] = [cards, issue]
