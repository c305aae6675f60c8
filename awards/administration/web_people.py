"""Pages of a council's people: who gets in how, and invitations."""

from dataclasses import replace
from datetime import date
from functools import partial
from uuid import UUID

from litestar import Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from awards.accounts.actions import Contact, change_contact, disable, enable
from awards.accounts.passkeys import passkeys_of
from awards.accounts.saving import forget_all_devices
from awards.accounts.sessions import require_step_up
from awards.accounts.staff import invite
from awards.administration import web_cards
from awards.administration.people import (
    Access,
    access_of,
    accesses,
    open_votes_of,
    require_no_open_vote,
    require_ours,
)
from awards.administration.requests import (
    ADDRESS,
    CARD,
    allow_address,
    ask,
    waiting_for,
    withdraw,
)
from awards.clock import Clock
from awards.councils.attempts import attempt, seen_in
from awards.councils.standing import Standing, desk
from awards.councils.words import ROLES
from awards.db import transaction
from awards.errors import NotFound
from awards.web.formats import local
from awards.web.forms import Form
from awards.web.i18n import N_, OFFICE
from awards.web.pages import Page, Request, go_to

ROLE_WORDS = {"member": N_("Member"), **ROLES}


@get("/{council:str}/personer", name="administration.people")
async def people(request: Request, standing: NamedDependency[Standing], clock: NamedDependency[Clock]) -> Page:
    standing.require("secretary")
    rows = await accesses(standing.council.id, today=_today(clock), now=clock.now())
    return desk(request, standing, "administration/people.html", rows=rows, role_words=ROLE_WORDS)


@get("/{council:str}/personer/{person:uuid}", name="administration.person")
async def person_page(
    request: Request, person: FromPath[UUID], standing: NamedDependency[Standing], clock: NamedDependency[Clock]
) -> Page:
    standing.require("secretary")
    require_step_up(request.actor, clock)
    row = await _row(standing, person, clock)
    known = row.person
    form = Form({"name": known.name, "email": known.email, "phone": known.phone, "language": known.language})
    return await _person(request, standing, row, form, clock)


@post("/{council:str}/personer/{person:uuid}", name="administration.change_person")
async def change(
    request: Request, person: FromPath[UUID], standing: NamedDependency[Standing], clock: NamedDependency[Clock]
) -> Page:
    standing.require("secretary")
    require_step_up(request.actor, clock)
    row = await _row(standing, person, clock)
    form = Form(await request.form())
    chair_decides = bool(await open_votes_of(person))
    contact = Contact(
        name=form.text("name", missing=N_("Write the name.")),
        email=form.email("email"),
        phone=form.phone("phone"),
        language=form.choice("language", OFFICE),
    )

    async def act() -> None:
        changed = contact
        if contact.email != row.person.email:
            await require_ours(person, request.actor, _today(clock))
        async with transaction():
            if chair_decides and contact.email != row.person.email:
                await ask(person, ADDRESS, contact.email, by=request.actor, clock=clock)
                changed = replace(contact, email=row.person.email)
            await change_contact(
                person,
                changed,
                seen=form.value("seen"),
                council=standing.council.id,
                by=request.actor,
                clock=clock,
                allow_address=partial(allow_address, clock=clock),
            )

    status = await attempt(form, act)
    if status is None:
        return go_to(request, f"/{standing.council.slug}/personer/{person}")
    return await _person(request, standing, row, form, clock, status)


@post("/{council:str}/personer/{person:uuid}/stemmekort", name="administration.ask_for_card")
async def ask_for_card(
    request: Request, person: FromPath[UUID], standing: NamedDependency[Standing], clock: NamedDependency[Clock]
) -> Page:
    """While a vote is open: the chair is asked to confirm a new card."""
    row = await _ours(request, standing, person, clock)
    if not row.takes_card:
        raise NotFound
    await ask(person, CARD, by=request.actor, clock=clock)
    return go_to(request, f"/{standing.council.slug}/personer/{person}")


@post("/{council:str}/personer/{person:uuid}/anmodninger/{id:uuid}", name="administration.withdraw")
async def take_back(
    request: Request,
    person: FromPath[UUID],
    id: FromPath[UUID],
    standing: NamedDependency[Standing],
    clock: NamedDependency[Clock],
) -> Page:
    await _ours(request, standing, person, clock)
    await withdraw(id, person, by=request.actor, clock=clock)
    return go_to(request, f"/{standing.council.slug}/personer/{person}")


@post("/{council:str}/personer/{person:uuid}/enheder", name="administration.forget_devices")
async def lost_phone(
    request: Request, person: FromPath[UUID], standing: NamedDependency[Standing], clock: NamedDependency[Clock]
) -> Page:
    """Also while a vote is open: it lets nobody in, and the card goes on working."""
    await _ours(request, standing, person, clock)
    await forget_all_devices(person, by=request.actor, clock=clock)
    return go_to(request, f"/{standing.council.slug}/personer/{person}")


@post("/{council:str}/personer/{person:uuid}/invitation", name="administration.invite")
async def send_invitation(
    request: Request, person: FromPath[UUID], standing: NamedDependency[Standing], clock: NamedDependency[Clock]
) -> Page:
    row = await _to_change(request, standing, person, clock)
    if not row.takes_invitation:
        raise NotFound
    await invite(person, council=standing.council.id, by=request.actor, clock=clock)
    return go_to(request, f"/{standing.council.slug}/personer/{person}")


@post("/{council:str}/personer/{person:uuid}/luk", name="administration.disable")
async def close_access(
    request: Request, person: FromPath[UUID], standing: NamedDependency[Standing], clock: NamedDependency[Clock]
) -> Page:
    await _to_change(request, standing, person, clock)
    await disable(person, by=request.actor, clock=clock)
    return go_to(request, f"/{standing.council.slug}/personer/{person}")


@post("/{council:str}/personer/{person:uuid}/aabn", name="administration.enable")
async def open_access(
    request: Request, person: FromPath[UUID], standing: NamedDependency[Standing], clock: NamedDependency[Clock]
) -> Page:
    await _to_change(request, standing, person, clock)
    await enable(person, by=request.actor, clock=clock)
    return go_to(request, f"/{standing.council.slug}/personer/{person}")


async def _to_change(request: Request, standing: Standing, person: UUID, clock: Clock) -> Access:
    """The person whose access the actor may change now, alone. Raises as the guards do."""
    row = await _ours(request, standing, person, clock)
    await require_no_open_vote(person)
    return row


async def _ours(request: Request, standing: Standing, person: UUID, clock: Clock) -> Access:
    """Somebody of this council whose access no other council has a say in. Raises as the guards do."""
    standing.require("secretary")
    require_step_up(request.actor, clock)
    row = await _row(standing, person, clock)
    await require_ours(person, request.actor, _today(clock))
    return row


async def _row(standing: Standing, person: UUID, clock: Clock) -> Access:
    return await access_of(standing.council.id, person, today=_today(clock), now=clock.now())


async def _person(
    request: Request, standing: Standing, row: Access, form: Form, clock: Clock, status: int = 200
) -> Page:
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
        requests=await waiting_for(standing.council.id, row.person.id, now=clock.now()),
        vote_is_open=bool(await open_votes_of(row.person.id)),
        devices=len(await passkeys_of(row.person.id)),
    )


def _today(clock: Clock) -> date:
    return local(clock.now()).date()


router = Router(
    path="/",
    route_handlers=[
        people,
        *web_cards.HANDLERS,
        person_page,
        change,
        ask_for_card,
        take_back,
        lost_phone,
        send_invitation,
        close_access,
        open_access,
    ],
)
