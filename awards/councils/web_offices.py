"""Set-up of offices: chair, vice-chairs in order, secretary, deputies and communications officers."""

from datetime import date
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.handlers import BaseRouteHandler
from litestar.params import FromPath
from litestar.response import Response

from awards.accounts.tables import Person
from awards.clock import Clock
from awards.councils.attempts import attempt, new_id, read_id, seen_in
from awards.councils.forms import days_values, read_chosen, read_days
from awards.councils.offices import appoint, change_office, move_office, office_of, remove_office
from awards.councils.people import people_of
from awards.councils.queries import members_on, office_lines
from awards.councils.rules import MEMBERS_ROLES, RANKED_ROLES
from awards.councils.standing import Standing, desk
from awards.councils.tables import Office
from awards.councils.words import ROLE_HINTS, ROLES
from awards.errors import NotFound
from awards.web.formats import local
from awards.web.forms import Form
from awards.web.pages import Page, Request, go_to

MOVES = {"op": -1, "ned": 1}


@get("/{council:str}/opsaetning/roller", name="councils.offices")
async def offices(request: Request, standing: NamedDependency[Standing], clock: NamedDependency[Clock]) -> Page:
    standing.require("secretary")
    return desk(
        request,
        standing,
        "councils/offices.html",
        roles=ROLES,
        hints=ROLE_HINTS,
        ranked=RANKED_ROLES,
        lines=await office_lines(standing.council.id),
        today=_today(clock),
    )


@get("/{council:str}/opsaetning/roller/ny/{role:str}", name="councils.new_office")
async def new_office(
    request: Request, role: FromPath[str], standing: NamedDependency[Standing], clock: NamedDependency[Clock]
) -> Page:
    standing.require("secretary")
    return await _new_office_page(request, standing, role, Form(days_values(_today(clock), None)), clock)


@post("/{council:str}/opsaetning/roller/ny/{role:str}", name="councils.appoint")
async def save_new_office(
    request: Request, role: FromPath[str], standing: NamedDependency[Standing], clock: NamedDependency[Clock]
) -> Response[str]:
    standing.require("secretary")
    if role not in ROLES:
        raise NotFound
    form = Form(await request.form())
    chosen, (starts, ends), id = read_chosen(form), read_days(form), read_id(form)
    status = await attempt(
        form,
        lambda: appoint(id, standing.council.id, role, chosen, starts, ends, by=request.actor, clock=clock),
    )
    if status is None:
        return go_to(request, f"/{standing.council.slug}/opsaetning/roller")
    return await _new_office_page(request, standing, role, form, clock, status)


async def _new_office_page(
    request: Request, standing: Standing, role: str, form: Form, clock: Clock, status: int = 200
) -> Page:
    if role not in ROLES:
        raise NotFound
    council = standing.council.id
    for_members = role in MEMBERS_ROLES
    people = await members_on(council, _today(clock)) if for_members else await people_of(council)
    return desk(
        request,
        standing,
        "councils/office_new.html",
        status=status,
        form=form,
        id=new_id(form),
        role=ROLES[role],
        path_role=role,
        hint=ROLE_HINTS[role],
        people=people,
        for_members=for_members,
    )


@get("/{council:str}/opsaetning/roller/{office:uuid}", name="councils.office")
async def edit_office(request: Request, office: FromPath[UUID], standing: NamedDependency[Standing]) -> Page:
    standing.require("secretary")
    row = await office_of(standing.council.id, office)
    return await _office_page(request, standing, row, Form(days_values(row.starts, row.ends)))


@post("/{council:str}/opsaetning/roller/{office:uuid}", name="councils.change_office")
async def save_office(
    request: Request, office: FromPath[UUID], standing: NamedDependency[Standing], clock: NamedDependency[Clock]
) -> Response[str]:
    standing.require("secretary")
    form = Form(await request.form())
    starts, ends = read_days(form)
    status = await attempt(
        form,
        lambda: change_office(
            standing.council.id, office, starts, ends, seen=form.value("seen"), by=request.actor, clock=clock
        ),
    )
    if status is None:
        return go_to(request, f"/{standing.council.slug}/opsaetning/roller")
    return await _office_page(request, standing, await office_of(standing.council.id, office), form, status)


async def _office_page(request: Request, standing: Standing, office: Office, form: Form, status: int = 200) -> Page:
    person = await Person.objects().get(Person.id == office.person)
    return desk(
        request,
        standing,
        "councils/office.html",
        status=status,
        form=form,
        office=office,
        person=person,
        role=ROLES[office.role],
        seen=seen_in(form, office, status),
    )


@post("/{council:str}/opsaetning/roller/{office:uuid}/fjern", name="councils.remove_office")
async def delete_office(
    request: Request, office: FromPath[UUID], standing: NamedDependency[Standing], clock: NamedDependency[Clock]
) -> Response[str]:
    standing.require("secretary")
    await remove_office(standing.council.id, office, by=request.actor, clock=clock)
    return go_to(request, f"/{standing.council.slug}/opsaetning/roller")


@post("/{council:str}/opsaetning/roller/{office:uuid}/{where:str}", name="councils.move_office")
async def reorder(
    request: Request,
    office: FromPath[UUID],
    where: FromPath[str],
    standing: NamedDependency[Standing],
    clock: NamedDependency[Clock],
) -> Response[str]:
    """`op` or `ned`."""
    standing.require("secretary")
    if where not in MOVES:
        raise NotFound
    await move_office(standing.council.id, office, MOVES[where], by=request.actor, clock=clock)
    return go_to(request, f"/{standing.council.slug}/opsaetning/roller")


def _today(clock: Clock) -> date:
    return local(clock.now()).date()


HANDLERS: list[BaseRouteHandler] = [
    offices,
    new_office,
    save_new_office,
    edit_office,
    save_office,
    delete_office,
    reorder,
]
