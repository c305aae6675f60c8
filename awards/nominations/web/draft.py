"""The form on a draft, step by step; what is typed is kept, right or wrong."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Response

from awards.clock import Clock
from awards.errors import NotFound, RuleBroken
from awards.nominations import drafts
from awards.nominations.forms import STEPS, WRITTEN_IN, fields_of, read_step, typed
from awards.nominations.queries import DraftCase, Terms, attachments_of, draft_held_by
from awards.nominations.web.limits import limit_files
from awards.nominations.web.steps import check_page, step_page, switched
from awards.nominations.web.told import copies
from awards.pictures import FileRefused, Ready, prepare
from awards.rounds.rules import is_open
from awards.web.formats import show_deadline
from awards.web.forms import Form
from awards.web.i18n import _, language
from awards.web.pages import Page, Request, go_to
from awards.web.problems import problem

FILLED = STEPS[:-1]
Answer = Page | Response[str]


async def provide_draft(request: Request, draft_id: FromPath[UUID]) -> DraftCase:
    """The draft in the address, for a session that holds it. Raises NotFound."""
    return await draft_held_by(request.actor.session, draft_id)


@get("/{step:str}", name="nominations.step")
async def show_step(request: Request, case: NamedDependency[DraftCase], step: FromPath[str]) -> Answer:
    if case.reference:
        return go_to(request, f"/kvittering/{case.reference}")
    return step_page(
        request,
        known(step),
        case.terms,
        Form({"prize": case.terms.prize.slug, WRITTEN_IN: language()} | dict(case.typed)),
        base=address(case),
        draft=case.id,
        attachments=case.attachments,
    )


@post("/{step:str}", name="nominations.save_step")
async def save_step(
    request: Request,
    case: NamedDependency[DraftCase],
    step: FromPath[str],
    clock: NamedDependency[Clock],
) -> Answer:
    """Keep what was typed; go on when it is right, else say what is wrong."""
    form, case = await keep(request, case, known(step), clock)
    if not is_open(case.terms.round, clock.now()):
        return too_late(request, case.typed, case.terms)
    read_step(form, step, case.terms)
    case = await take_files(form, case, clock)
    if form.errors:
        return again(request, step, case, form)
    return go_to(request, f"{address(case)}/{STEPS[STEPS.index(step) + 1]}")


@post("/{step:str}/tjek", name="nominations.check")
async def check(
    request: Request,
    case: NamedDependency[DraftCase],
    step: FromPath[str],
    clock: NamedDependency[Clock],
) -> Page:
    """Hold what was typed so far against the rules, and keep it: the check saves the draft as well."""
    form, case = await keep(request, case, known(step), clock)
    case = await take_files(form, case, clock)
    if form.errors:
        return again(request, step, case, form)
    whole = Form(dict(case.typed) | {name: form.value(name) for name in fields_of(step, case.terms)})
    return await check_page(
        request,
        step,
        case.terms,
        whole,
        base=address(case),
        draft=case.id,
        now=clock.now(),
        attachments=case.attachments,
    )


async def keep(request: Request, case: DraftCase, step: str, clock: Clock) -> tuple[Form, DraftCase]:
    """Read the form of a step and keep it as typed; a prize chosen in it is changed to."""
    if case.reference:
        raise RuleBroken("The nomination has been sent already.")
    form = Form(await request.form())
    terms = await switched(case.terms, form) if step == "kandidat" else case.terms
    kept = typed(form, fields_of(step, terms), case.typed)
    await drafts.save_draft(case.id, kept, prize=terms.prize.id, clock=clock)
    return form, replace(case, terms=terms, typed=dict(case.typed) | kept)


async def take_files(form: Form, case: DraftCase, clock: Clock) -> DraftCase:
    """Attach the files that came with the form; what is wrong with them is noted at the field."""
    if form.files("attachments"):
        await limit_files(case.id, clock.now())
    ready = await read_files(form)
    if not ready:
        return case
    try:
        await drafts.attach(case.id, ready, clock=clock)
    except RuleBroken as refusal:
        form.fail("attachments", refusal.message, **refusal.values)
        return case
    return replace(case, attachments=await attachments_of(case.id))


async def read_files(form: Form) -> list[Ready]:
    """The files of the field `attachments`, made safe; none when one of them cannot be taken."""
    ready = []
    for file in form.files("attachments"):
        try:
            ready.append(await prepare(file.filename, await file.read()))
        except FileRefused as refusal:
            form.fail("attachments", str(refusal))
            return []
    return ready


def again(request: Request, step: str, case: DraftCase, form: Form) -> Page:
    return step_page(request, step, case.terms, form, base=address(case), draft=case.id, attachments=case.attachments)


def too_late(request: Request, typed: Mapping[str, str], terms: Terms) -> Page:
    """The deadline has passed: everything that was written, to copy. The draft keeps it too."""
    text = _("We did not receive the nomination before %(deadline)s. Your text stands below, so that you can copy it.")
    deadline = show_deadline(terms.round.closes_at) if terms.round.closes_at else ""
    return problem(request, 410, text % {"deadline": deadline}, copies=copies(typed, terms))


def address(case: DraftCase) -> str:
    return f"/kladder/{case.id}"


def known(step: str) -> str:
    """Raises NotFound for a step there is not."""
    if step not in FILLED:
        raise NotFound
    return step


HANDLERS = [show_step, save_step, check]
