"""The secretariat's pages: the inbox, one nomination, and the candidates of each prize."""

from urllib.parse import urlencode
from uuid import UUID

from litestar import Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Response

from awards.audit.readings import note_reading
from awards.clock import Clock
from awards.councils.standing import desk
from awards.rounds.queries import criteria_of, prize_of, prizes_of
from awards.screening import (
    actions,
    queries,
    rules,
    web_bulk,
    web_danish,
    web_exports,
    web_history,
    web_inquiries,
    web_merging,
    web_redaction,
    words,
)
from awards.screening.case_page import NEW, as_it_stands, attempt, show, with_posted
from awards.screening.forms import read_answer_by, read_assessment, read_reason
from awards.screening.panel import give_opinion, panel_states
from awards.screening.places import PLACES, AtNomination, AtRound
from awards.web.formats import local
from awards.web.forms import Form
from awards.web.i18n import N_, _
from awards.web.pages import Page, Request, go_to


@get("/indstillinger", name="screening.inbox")
async def inbox(request: Request, at_round: NamedDependency[AtRound], clock: NamedDependency[Clock]) -> Page:
    round = at_round.round
    form = Form({name: value for name, value in request.query_params.items() if isinstance(value, str)})
    page = form.value("side")
    status = form.value("status")
    shown = queries.Filter(
        state=status if status in queries.STATES else "",
        inquiry=status if status in rules.INQUIRY_STATES else "",
        prize=form.value("pris"),
        words=form.value("q")[:100],
        page=int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1,
    )
    found = await queries.inbox(round.id, shown, clock.now())
    here = at_round.inbox
    panels = await _panels(at_round, found, request.actor.person_id)
    query = urlencode({"status": status, "pris": shown.prize, "q": shown.words})
    return desk(
        request,
        at_round.standing,
        "screening/index.html",
        fragment="screening/_index.html",
        round=round,
        shown=shown,
        inbox=found,
        pages=-(-found.found // queries.PAGE),
        page_address=f"{here}?{query}&side=",
        panels=panels,
        panel_names={state: _(name) for state, name in words.PANELS.items()},
        choosing=form.value("vaelg"),
        choose_address=f"{here}?{query}&side={shown.page}&vaelg=",
        state_names={state: _(name) for state, name in words.STATES.items()},
        inquiry_names={state: _(name) for state, name in words.INQUIRIES.items()},
        inquiry_tones=words.INQUIRY_TONES,
        here=here,
    )


async def _panels(at_round: AtRound, found: queries.Inbox, viewer: UUID | None) -> dict[UUID, str]:
    """Whose turn it is, or that two differ, for the nominations that wait, in a round with two assessors."""
    if at_round.round.assessors == 1:
        return {}
    criteria = await criteria_of([prize["id"] for prize in found.prizes])
    waiting = {row["id"]: row["prize"] for row in found.rows if row["state"] == rules.WAITING}
    return await panel_states(waiting, {id: [one.id for one in ones] for id, ones in criteria.items()}, viewer)


@get("/indstillinger/{reference:str}", name="screening.show")
async def nomination(request: Request, at: NamedDependency[AtNomination], clock: NamedDependency[Clock]) -> Page:
    await note_reading("nomination", [at.case.nomination.id], by=request.actor, at=clock.now())
    return await show(request, at, as_it_stands(at, clock.now()), clock)


@post("/indstillinger/{reference:str}/vurdering", name="screening.assess")
async def assess(request: Request, at: NamedDependency[AtNomination], clock: NamedDependency[Clock]) -> Response[str]:
    form = with_posted(at, await request.form(), clock.now())
    read = read_assessment(form, [row["id"] for row in at.case.criteria])
    if form.errors:
        return await show(request, at, form, clock, status=422)
    nomination = at.case.nomination.id
    # By oneself while the other of two must not see it; in the open when there is one, or when both are in.
    judge = give_opinion if at.panel and not at.panel.is_complete else actions.assess
    return await attempt(
        request,
        at,
        form,
        clock,
        lambda: judge(nomination, read.judgements, seen=read.seen, by=request.actor, clock=clock),
    )


@post("/indstillinger/{reference:str}/godkendelse", name="screening.accept")
async def accept(request: Request, at: NamedDependency[AtNomination], clock: NamedDependency[Clock]) -> Response[str]:
    form = with_posted(at, await request.form(), clock.now())
    chosen = form.value("candidate")
    if at.case.lookalikes and not chosen:
        form.fail("candidate", N_("Choose whether it is a new candidate."))
        return await show(request, at, form, clock, status=422)
    if chosen not in ("", NEW):  # first seen, then done
        return go_to(request, f"{at.path}/sammenlaegning?candidate={web_merging.candidate_in(form, at.case).id}")
    nomination, seen = at.case.nomination.id, form.value("seen") or None
    return await attempt(
        request, at, form, clock, lambda: actions.accept(nomination, seen=seen, by=request.actor, clock=clock)
    )


@post("/indstillinger/{reference:str}/afvisning", name="screening.reject")
async def reject(request: Request, at: NamedDependency[AtNomination], clock: NamedDependency[Clock]) -> Response[str]:
    form = with_posted(at, await request.form(), clock.now())
    reason = read_reason(form)
    day = read_answer_by(form, local(clock.now()).date())
    if form.errors or day is None:
        return await show(request, at, form, clock, status=422)
    nomination, until, seen = at.case.nomination.id, day, form.value("seen") or None
    return await attempt(
        request,
        at,
        form,
        clock,
        lambda: actions.reject(nomination, reason=reason, answer_by=until, seen=seen, by=request.actor, clock=clock),
    )


@post("/indstillinger/{reference:str}/genoptagelse", name="screening.bring_back")
async def bring_back(
    request: Request, at: NamedDependency[AtNomination], clock: NamedDependency[Clock]
) -> Response[str]:
    form = with_posted(at, await request.form(), clock.now())
    reason = form.text("back_reason", required=False, maximum=1500, lines=True)
    if form.errors:
        return await show(request, at, form, clock, status=422)
    nomination, seen = at.case.nomination.id, form.value("seen") or None
    return await attempt(
        request,
        at,
        form,
        clock,
        lambda: actions.bring_back(nomination, reason=reason, seen=seen, by=request.actor, clock=clock),
    )


@post("/indstillinger/{reference:str}/flytning", name="screening.move")
async def move(request: Request, at: NamedDependency[AtNomination], clock: NamedDependency[Clock]) -> Response[str]:
    form = with_posted(at, await request.form(), clock.now())
    prize = form.choice("prize", [str(row["id"]) for row in at.case.other_prizes])
    if form.errors:
        return await show(request, at, form, clock, status=422)
    nomination, seen = at.case.nomination.id, form.value("seen") or None
    return await attempt(
        request,
        at,
        form,
        clock,
        lambda: actions.move(nomination, UUID(prize), seen=seen, by=request.actor, clock=clock),
    )


@get("/nominerede", name="screening.shortlist")
async def shortlist(request: Request, at_round: NamedDependency[AtRound], clock: NamedDependency[Clock]) -> Page:
    round = at_round.round
    return desk(
        request,
        at_round.standing,
        "screening/shortlist.html",
        round=round,
        deadline_passed=round.closes_at is not None and clock.now() >= round.closes_at,
        prizes=(await queries.inbox(round.id, queries.Filter(), clock.now())).prizes,
        dossiers=await queries.dossiers([prize.id for prize in await prizes_of(round.id)]),
        here=at_round.shortlist,
        inbox_path=at_round.inbox,
    )


@post("/{prize:str}/nominerede", name="screening.confirm")
async def confirm(
    request: Request, at_round: NamedDependency[AtRound], clock: NamedDependency[Clock], prize: FromPath[str]
) -> Response[str]:
    row = await prize_of(at_round.round.id, prize)
    await actions.confirm_shortlist(row.id, by=request.actor, clock=clock)
    return go_to(request, at_round.shortlist)


router = Router(
    path="/{council:str}/{year:int}",
    dependencies=PLACES,
    route_handlers=[
        inbox,
        nomination,
        assess,
        accept,
        reject,
        bring_back,
        move,
        *web_bulk.HANDLERS,
        *web_exports.HANDLERS,
        *web_history.HANDLERS,
        *web_inquiries.HANDLERS,
        *web_merging.HANDLERS,
        *web_redaction.HANDLERS,
        *web_danish.HANDLERS,
        shortlist,
        confirm,
    ],
)
