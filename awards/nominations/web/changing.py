"""Edit or withdraw a nomination by the mailed link, until the deadline."""

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from awards.clock import Clock
from awards.errors import DeadlinePassed, RuleBroken
from awards.nominations import actions, rules
from awards.nominations.forms import OPTIONAL_ON_PAPER, all_fields, answer_field, read_all, typed
from awards.nominations.queries import NominationCase
from awards.nominations.web.draft import Answer, read_files, too_late
from awards.nominations.web.steps import choices
from awards.nominations.web.told import copies, typed_of
from awards.web.forms import Form
from awards.web.i18n import N_, _
from awards.web.pages import Page, Request, go_to, page
from awards.web.problems import problem


@get("/min-indstilling/{token:str}/ret", name="nominations.edit_page")
async def show_editing(
    request: Request, own: NamedDependency[NominationCase], token: FromPath[str], clock: NamedDependency[Clock]
) -> Answer:
    if not _can_change(own, clock):
        return go_to(request, f"/min-indstilling/{token}")
    seen = await actions.changes_of(own.nomination.id)
    return _editing(request, own, Form(typed_of(own) | {"seen": str(seen)}), token)


@post("/min-indstilling/{token:str}/ret", name="nominations.edit")
async def edit(
    request: Request, own: NamedDependency[NominationCase], token: FromPath[str], clock: NamedDependency[Clock]
) -> Answer:
    form = Form(await request.form())
    written = typed(form, all_fields(own.terms), {})
    # The address stays the one that was proved; what paper did not tell is not asked for now.
    optional = {"email"} if own.nomination.source == "web" else OPTIONAL_ON_PAPER
    answers = read_all(form, own.terms, optional=optional)
    added = await read_files(form)
    removed = [file.id for file in own.attachments if str(file.id) in form.chosen("remove")]
    if len(own.attachments) - len(removed) + len(added) > rules.MOST_ATTACHMENTS:
        form.fail("attachments", N_("There can be at most %(n)s files."), n=rules.MOST_ATTACHMENTS)
    seen = form.whole("seen", minimum=0, maximum=1_000_000)
    if form.errors or seen is None:
        return _editing(request, own, form, token)
    try:
        await actions.edit_nomination(
            own.nomination.id, answers, added=added, removed=removed, seen=seen, by=request.actor, clock=clock
        )
    except DeadlinePassed:
        return too_late(request, written, own.terms)
    except RuleBroken as refusal:
        return problem(request, 409, _(refusal.message, **refusal.values), copies=copies(written, own.terms))
    return go_to(request, f"/min-indstilling/{token}")


@get("/min-indstilling/{token:str}/traek-tilbage", name="nominations.withdraw_page")
async def show_withdrawing(
    request: Request, own: NamedDependency[NominationCase], token: FromPath[str], clock: NamedDependency[Clock]
) -> Answer:
    if not _can_change(own, clock):
        return go_to(request, f"/min-indstilling/{token}")
    return page(
        request,
        "nominations/withdraw.html",
        council=own.terms.council,
        terms=own.terms,
        nomination=own.nomination,
        token=token,
    )


@post("/min-indstilling/{token:str}/traek-tilbage", name="nominations.withdraw")
async def withdraw(
    request: Request, own: NamedDependency[NominationCase], token: FromPath[str], clock: NamedDependency[Clock]
) -> Answer:
    await actions.withdraw_nomination(own.nomination.id, by=request.actor, clock=clock)
    return go_to(request, f"/min-indstilling/{token}")


def _can_change(own: NominationCase, clock: Clock) -> bool:
    is_confirmed = own.nomination.confirmed_at is not None
    return is_confirmed and rules.can_change(own.nomination.state, own.terms.round.closes_at, clock.now())


def _editing(request: Request, own: NominationCase, form: Form, token: str) -> Page:
    return page(
        request,
        "nominations/edit.html",
        status=422 if form.errors else 200,
        council=own.terms.council,
        terms=own.terms,
        nomination=own.nomination,
        form=form,
        attachments=own.attachments,
        removable=[(str(file.id), file.name) for file in own.attachments],
        answer_field=answer_field,
        limits=rules,
        token=token,
        **choices(own.terms) | {"prizes": []},
    )


HANDLERS = [show_editing, edit, show_withdrawing, withdraw]
