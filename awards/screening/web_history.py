"""What has happened to a nomination, how the form stood at the deadline, and the secretariat's notes."""

from litestar import get, post
from litestar.di import NamedDependency
from litestar.response import Response

from awards.audit.readings import readings_of
from awards.clock import Clock
from awards.councils.standing import desk
from awards.screening.case_page import show, with_posted
from awards.screening.history import history_of, versions_of
from awards.screening.notes import add_note
from awards.screening.places import AtNomination
from awards.web.i18n import N_
from awards.web.pages import Page, Request, go_to

LONGEST_NOTE = 3000
READ_AS = {"nomination": N_("The nomination"), "dossier": N_("Among the candidates")}


@get("/indstillinger/{reference:str}/forloeb", name="screening.history")
async def history(request: Request, at: NamedDependency[AtNomination], clock: NamedDependency[Clock]) -> Page:
    now = clock.now()
    return desk(
        request,
        at.standing,
        "screening/history.html",
        nomination=at.case.nomination,
        prize=at.case.prize,
        entries=await history_of(at.case.nomination, now),
        readings=await readings_of(at.case.nomination.id),
        read_as=READ_AS,
        has_closed=at.round.closes_at is not None and now >= at.round.closes_at,
        here=at.path,
    )


@get("/indstillinger/{reference:str}/ved-fristen", name="screening.at_deadline")
async def at_deadline(request: Request, at: NamedDependency[AtNomination], clock: NamedDependency[Clock]) -> Page:
    """Before the deadline: as the form stands now."""
    moment = min(at.round.closes_at or clock.now(), clock.now())
    return desk(
        request,
        at.standing,
        "screening/at_deadline.html",
        nomination=at.case.nomination,
        prize=at.case.prize,
        files=[file["name"] for file in at.case.attachments],
        rows=(await versions_of(at.case.nomination)).at(moment),
        moment=moment,
        is_late=at.case.nomination.received_at >= moment,
        here=at.path,
    )


@post("/indstillinger/{reference:str}/noter", name="screening.note")
async def note(request: Request, at: NamedDependency[AtNomination], clock: NamedDependency[Clock]) -> Response[str]:
    form = with_posted(at, await request.form(), clock.now())
    text = form.text("note", maximum=LONGEST_NOTE, lines=True, missing=N_("Write the note."))
    if form.errors:
        return await show(request, at, form, clock, status=422)
    await add_note(at.case.nomination.id, text, by=request.actor, clock=clock)
    return go_to(request, f"{at.path}#notes")


HANDLERS = [history, at_deadline, note]
