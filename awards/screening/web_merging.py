"""Several nominations of one candidate: the dossier that would result, laying together, and parting again."""

from litestar import get, post
from litestar.di import NamedDependency
from litestar.response import Response

from awards.clock import Clock
from awards.councils.standing import desk
from awards.errors import NotFound
from awards.screening import actions, dossiers, rules
from awards.screening.case_page import as_it_stands, attempt, with_posted
from awards.screening.places import AtNomination
from awards.screening.queries import Case
from awards.screening.tables import Candidate
from awards.web.forms import Form
from awards.web.pages import Page, Request


@get("/indstillinger/{reference:str}/sammenlaegning", name="screening.merge_preview")
async def preview(request: Request, at: NamedDependency[AtNomination]) -> Page:
    candidate = candidate_in(Form(dict(request.query_params)), at.case)
    nomination = at.case.nomination
    lying_there = await dossiers.nominations_in(candidate.id)
    own = [] if any(one.id == nomination.id for one in lying_there) else [nomination]
    return desk(
        request,
        at.standing,
        "screening/merge.html",
        case=at.case,
        candidate=candidate,
        gathered=sorted([*lying_there, *own], key=lambda one: (one.received_at, one.reference)),
        told=[one for one in ([*lying_there, *own] if len(lying_there) == 1 else own) if dossiers.can_be_told(one)],
        here=at.path,
    )


@post("/indstillinger/{reference:str}/sammenlaegning", name="screening.merge")
async def merge(request: Request, at: NamedDependency[AtNomination], clock: NamedDependency[Clock]) -> Response[str]:
    """Lays an accepted nomination into the dossier; one that waits is accepted into it."""
    form = with_posted(at, await request.form(), clock.now())
    candidate, nomination = candidate_in(form, at.case).id, at.case.nomination

    async def lay_together() -> None:
        if nomination.state == rules.WAITING:
            await actions.accept(nomination.id, candidate_id=candidate, by=request.actor, clock=clock)
        else:
            await dossiers.merge(nomination.id, candidate, by=request.actor, clock=clock)

    return await attempt(request, at, form, clock, lay_together, "#dossier")


@post("/indstillinger/{reference:str}/adskillelse", name="screening.part")
async def part(request: Request, at: NamedDependency[AtNomination], clock: NamedDependency[Clock]) -> Response[str]:
    form = as_it_stands(at, clock.now())
    nomination = at.case.nomination.id
    return await attempt(
        request, at, form, clock, lambda: dossiers.part(nomination, by=request.actor, clock=clock), "#dossier"
    )


def candidate_in(form: Form, case: Case) -> Candidate:
    """The dossier chosen in a form. Raises NotFound for one that is not offered."""
    found = next((one for one in case.lookalikes if str(one.id) == form.value("candidate")), None)
    if found is None:
        raise NotFound
    return found


HANDLERS = [preview, merge, part]
