"""Pages of a council's people: who gets in how, cards to print, invitations."""

from datetime import date
from uuid import UUID

from litestar import Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from awards.accounts.actions import Contact, change_contact, disable, enable
from awards.accounts.cards import issue_cards
from awards.accounts.rules import grouped
from awards.accounts.sessions import require_step_up
from awards.accounts.staff import invite
from awards.administration.people import Access, access_of, accesses, require_may_change
from awards.clock import Clock
from awards.councils.attempts import attempt, seen_in
from awards.councils.standing import Standing, desk
from awards.councils.words import ROLES
from awards.errors import NotFound
from awards.web.formats import local
from awards.web.forms import Form
from awards.web.i18n import LANGUAGES, N_
from awards.web.pages import Page, Request, go_to

ROLE_WORDS = {"member": N_("Member"), **ROLES}


@get("/{council:str}/personer", name="administration.people")
async def people(request: Request, standing: NamedDependency[Standing], clock: NamedDependency[Clock]) -> Page:
    standing.require("secretary")
    rows = await accesses(standing.council.id, today=_today(clock), now=clock.now())
    return desk(request, standing, "administration/people.html", rows=rows, role_words=ROLE_WORDS)


@get("/{council:str}/personer/stemmekort", name="administration.cards")
async def cards(request: Request, standing: NamedDependency[Standing], clock: NamedDependency[Clock]) -> Page:
    """Whom to make cards for: those without one are chosen already."""
    standing.require("secretary")
    require_step_up(request.actor, clock)
    rows = await _card_holders(standing, clock)
    form = Form({"person": [str(row.person.id) for row in rows if row.needs_card]})
    return desk(request, standing, "administration/cards.html", rows=rows, form=form)


@post("/{council:str}/personer/stemmekort", name="administration.issue", status_code=200)
async def issue(request: Request, standing: NamedDependency[Standing], clock: NamedDependency[Clock]) -> Page:
    """The answer is the sheet itself: the codes are known only now, so there is no page to go back to."""
    standing.require("secretary")
    require_step_up(request.actor, clock)
    rows = await _card_holders(standing, clock)
    form = Form(await request.form())
    chosen = form.choices(
        "person", [str(row.person.id) for row in rows], minimum=1, missing=N_("Choose whom to make a card for.")
    )
    if form.errors:
        return desk(request, standing, "administration/cards.html", status=422, rows=rows, form=form)
    holders = [row.person for row in rows if str(row.person.id) in chosen]
    for holder in holders:
        await require_may_change(holder.id, request.actor, _today(clock))
    issued = await issue_cards(holders, council=standing.council.id, by=request.actor, clock=clock)
    return desk(
        request, standing, "administration/card_sheet.html", issued=issued, grouped=grouped, today=_today(clock)
    )


@get("/{council:str}/personer/{person:uuid}", name="administration.person")
async def person_page(
    request: Request, person: FromPath[UUID], standing: NamedDependency[Standing], clock: NamedDependency[Clock]
) -> Page:
    standing.require("secretary")
    require_step_up(request.actor, clock)
    row = await _row(standing, person, clock)
    known = row.person
    form = Form({"name": known.name, "email": known.email, "phone": known.phone, "language": known.language})
    return _person(request, standing, row, form)


@post("/{council:str}/personer/{person:uuid}", name="administration.change_person", status_code=200)
async def change(
    request: Request, person: FromPath[UUID], standing: NamedDependency[Standing], clock: NamedDependency[Clock]
) -> Page:
    standing.require("secretary")
    require_step_up(request.actor, clock)
    row = await _row(standing, person, clock)
    form = Form(await request.form())
    contact = Contact(
        name=form.text("name", missing=N_("Write the name.")),
        email=form.email("email"),
        phone=form.phone("phone"),
        language=form.choice("language", LANGUAGES),
    )

    async def act() -> None:
        if contact.email != row.person.email:
            await require_may_change(person, request.actor, _today(clock))
        await change_contact(
            person, contact, seen=form.value("seen"), council=standing.council.id, by=request.actor, clock=clock
        )

    status = await attempt(form, act)
    if status is None:
        return go_to(request, f"/{standing.council.slug}/personer/{person}")
    return _person(request, standing, row, form, status)


@post("/{council:str}/personer/{person:uuid}/invitation", name="administration.invite", status_code=200)
async def send_invitation(
    request: Request, person: FromPath[UUID], standing: NamedDependency[Standing], clock: NamedDependency[Clock]
) -> Page:
    row = await _to_change(request, standing, person, clock)
    if not row.takes_invitation:
        raise NotFound
    await invite(person, council=standing.council.id, by=request.actor, clock=clock)
    return go_to(request, f"/{standing.council.slug}/personer/{person}")


@post("/{council:str}/personer/{person:uuid}/luk", name="administration.disable", status_code=200)
async def close_access(
    request: Request, person: FromPath[UUID], standing: NamedDependency[Standing], clock: NamedDependency[Clock]
) -> Page:
    await _to_change(request, standing, person, clock)
    await disable(person, by=request.actor, clock=clock)
    return go_to(request, f"/{standing.council.slug}/personer/{person}")


@post("/{council:str}/personer/{person:uuid}/aabn", name="administration.enable", status_code=200)
async def open_access(
    request: Request, person: FromPath[UUID], standing: NamedDependency[Standing], clock: NamedDependency[Clock]
) -> Page:
    await _to_change(request, standing, person, clock)
    await enable(person, by=request.actor, clock=clock)
    return go_to(request, f"/{standing.council.slug}/personer/{person}")


async def _to_change(request: Request, standing: Standing, person: UUID, clock: Clock) -> Access:
    """The person whose access the actor may change now. Raises as the guards do."""
    standing.require("secretary")
    require_step_up(request.actor, clock)
    row = await _row(standing, person, clock)
    await require_may_change(person, request.actor, _today(clock))
    return row


async def _row(standing: Standing, person: UUID, clock: Clock) -> Access:
    return await access_of(standing.council.id, person, today=_today(clock), now=clock.now())


async def _card_holders(standing: Standing, clock: Clock) -> list[Access]:
    rows = await accesses(standing.council.id, today=_today(clock), now=clock.now())
    return [row for row in rows if row.takes_card]


def _person(request: Request, standing: Standing, row: Access, form: Form, status: int = 200) -> Page:
    return desk(
        request,
        standing,
        "administration/person.html",
        status=status,
        row=row,
        form=form,
        seen=seen_in(form, row.person, status),
        role_words=ROLE_WORDS,
        is_self=row.person.id == request.actor.person_id,
    )


def _today(clock: Clock) -> date:
    return local(clock.now()).date()


router = Router(
    path="/",
    route_handlers=[people, cards, issue, person_page, change, send_invitation, close_access, open_access],
)
