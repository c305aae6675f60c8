"""Set-up of seats and of who holds them."""

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
from awards.councils.people import people_of
from awards.councils.queries import SeatLine, seating
from awards.councils.seats import (
    abolish_seat,
    add_seat,
    change_term,
    remove_term,
    rename_seat,
    replace_member,
    seat_person,
    term_of,
)
from awards.councils.standing import Standing, desk
from awards.councils.tables import Term
from awards.errors import NotFound
from awards.web.formats import local
from awards.web.forms import Form
from awards.web.pages import Page, Request, go_to


def _home(standing: Standing) -> str:
    return f"/{standing.council.slug}/opsaetning/medlemmer"


@get("/{council:str}/opsaetning/medlemmer", name="councils.members")
async def members(request: Request, standing: NamedDependency[Standing], clock: NamedDependency[Clock]) -> Page:
    standing.require("secretary")
    return await _members_page(request, standing, clock, Form())


@post("/{council:str}/opsaetning/medlemmer", name="councils.add_seat")
async def save_new_seat(
    request: Request, standing: NamedDependency[Standing], clock: NamedDependency[Clock]
) -> Response[str]:
    standing.require("secretary")
    form = Form(await request.form())
    represents, id = form.text("represents", maximum=200), read_id(form)
    status = await attempt(form, lambda: add_seat(id, standing.council.id, represents, by=request.actor, clock=clock))
    if status is None:
        return go_to(request, f"{_home(standing)}/{id}")
    return await _members_page(request, standing, clock, form, status)


async def _members_page(request: Request, standing: Standing, clock: Clock, form: Form, status: int = 200) -> Page:
    lines = await seating(standing.council.id, _today(clock))
    return desk(request, standing, "councils/members.html", status=status, form=form, id=new_id(form), lines=lines)


@get("/{council:str}/opsaetning/medlemmer/{seat:uuid}", name="councils.seat")
async def show_seat(
    request: Request, seat: FromPath[UUID], standing: NamedDependency[Standing], clock: NamedDependency[Clock]
) -> Page:
    standing.require("secretary")
    line = await _line(standing, seat, clock)
    renaming = Form({"represents": line.seat.represents})
    return await _seat_page(request, standing, line, renaming, Form(), clock)


@post("/{council:str}/opsaetning/medlemmer/{seat:uuid}", name="councils.rename_seat")
async def save_seat(
    request: Request, seat: FromPath[UUID], standing: NamedDependency[Standing], clock: NamedDependency[Clock]
) -> Response[str]:
    standing.require("secretary")
    form = Form(await request.form())
    represents = form.text("represents", maximum=200)
    status = await attempt(
        form,
        lambda: rename_seat(
            standing.council.id, seat, represents, seen=form.value("seen"), by=request.actor, clock=clock
        ),
    )
    if status is None:
        return go_to(request, _home(standing))
    line = await _line(standing, seat, clock)
    return await _seat_page(request, standing, line, form, Form(), clock, status)


@post("/{council:str}/opsaetning/medlemmer/{seat:uuid}/perioder", name="councils.seat_person")
async def save_new_term(
    request: Request, seat: FromPath[UUID], standing: NamedDependency[Standing], clock: NamedDependency[Clock]
) -> Response[str]:
    standing.require("secretary")
    form = Form(await request.form())
    chosen, (starts, ends), id = read_chosen(form), read_days(form), read_id(form)
    status = await attempt(
        form,
        lambda: seat_person(id, standing.council.id, seat, chosen, starts, ends, by=request.actor, clock=clock),
    )
    if status is None:
        return go_to(request, _home(standing))
    line = await _line(standing, seat, clock)
    renaming = Form({"represents": line.seat.represents})
    return await _seat_page(request, standing, line, renaming, form, clock, status)


async def _seat_page(
    request: Request, standing: Standing, line: SeatLine, renaming: Form, form: Form, clock: Clock, status: int = 200
) -> Page:
    return desk(
        request,
        standing,
        "councils/seat.html",
        status=status,
        line=line,
        renaming=renaming,
        seen=seen_in(renaming, line.seat, status),
        form=form,
        id=new_id(form),
        people=await people_of(standing.council.id),
        today=_today(clock),
    )


@post("/{council:str}/opsaetning/medlemmer/{seat:uuid}/nedlaeg", name="councils.abolish_seat")
async def abolish(
    request: Request, seat: FromPath[UUID], standing: NamedDependency[Standing], clock: NamedDependency[Clock]
) -> Response[str]:
    standing.require("secretary")
    await abolish_seat(standing.council.id, seat, by=request.actor, clock=clock)
    return go_to(request, _home(standing))


@get("/{council:str}/opsaetning/perioder/{term:uuid}", name="councils.term")
async def edit_term(request: Request, term: FromPath[UUID], standing: NamedDependency[Standing]) -> Page:
    standing.require("secretary")
    row = await term_of(standing.council.id, term)
    return await _term_page(request, standing, row, Form(days_values(row.starts, row.ends)))


@post("/{council:str}/opsaetning/perioder/{term:uuid}", name="councils.change_term")
async def save_term(
    request: Request, term: FromPath[UUID], standing: NamedDependency[Standing], clock: NamedDependency[Clock]
) -> Response[str]:
    standing.require("secretary")
    form = Form(await request.form())
    starts, ends = read_days(form)
    status = await attempt(
        form,
        lambda: change_term(
            standing.council.id, term, starts, ends, seen=form.value("seen"), by=request.actor, clock=clock
        ),
    )
    row = await term_of(standing.council.id, term)
    if status is None:
        return go_to(request, f"{_home(standing)}/{row.seat}")
    return await _term_page(request, standing, row, form, status)


async def _term_page(request: Request, standing: Standing, term: Term, form: Form, status: int = 200) -> Page:
    person = await _person(term.person)
    seen = seen_in(form, term, status)
    return desk(request, standing, "councils/term.html", status=status, form=form, term=term, person=person, seen=seen)


@post("/{council:str}/opsaetning/perioder/{term:uuid}/fjern", name="councils.remove_term")
async def delete_term(
    request: Request, term: FromPath[UUID], standing: NamedDependency[Standing], clock: NamedDependency[Clock]
) -> Response[str]:
    standing.require("secretary")
    row = await term_of(standing.council.id, term)
    await remove_term(standing.council.id, term, by=request.actor, clock=clock)
    return go_to(request, f"{_home(standing)}/{row.seat}")


@get("/{council:str}/opsaetning/perioder/{term:uuid}/afloes", name="councils.replace")
async def replace(request: Request, term: FromPath[UUID], standing: NamedDependency[Standing]) -> Page:
    standing.require("secretary")
    return await _replace_page(request, standing, await term_of(standing.council.id, term), Form())


@post("/{council:str}/opsaetning/perioder/{term:uuid}/afloes", name="councils.replaced")
async def save_replacement(
    request: Request, term: FromPath[UUID], standing: NamedDependency[Standing], clock: NamedDependency[Clock]
) -> Response[str]:
    standing.require("secretary")
    form = Form(await request.form())
    last_day, chosen, id = form.date("last_day"), read_chosen(form), read_id(form)
    status = await attempt(
        form,
        lambda: replace_member(
            id,
            standing.council.id,
            term,
            last_day or date.min,
            chosen,
            seen=form.value("seen"),
            by=request.actor,
            clock=clock,
        ),
    )
    row = await term_of(standing.council.id, term)
    if status is None:
        return go_to(request, f"{_home(standing)}/{row.seat}")
    return await _replace_page(request, standing, row, form, status)


async def _replace_page(request: Request, standing: Standing, term: Term, form: Form, status: int = 200) -> Page:
    return desk(
        request,
        standing,
        "councils/replace.html",
        status=status,
        form=form,
        term=term,
        person=await _person(term.person),
        seen=seen_in(form, term, status),
        id=new_id(form),
        people=[person for person in await people_of(standing.council.id) if person.id != term.person],
    )


async def _line(standing: Standing, seat: UUID, clock: Clock) -> SeatLine:
    for line in await seating(standing.council.id, _today(clock)):
        if line.seat.id == seat:
            return line
    raise NotFound


async def _person(id: UUID) -> Person:
    person = await Person.objects().get(Person.id == id)
    if person is None:
        raise NotFound
    return person


def _today(clock: Clock) -> date:
    return local(clock.now()).date()


HANDLERS: list[BaseRouteHandler] = [
    members,
    save_new_seat,
    show_seat,
    save_seat,
    save_new_term,
    abolish,
    edit_term,
    save_term,
    delete_term,
    replace,
    save_replacement,
]
