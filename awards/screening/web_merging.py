"""Several nominations of one candidate: the dossier that would result, laying together, and parting again."""

from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.response import Response

from awards.clock import Clock
from awards.councils.standing import desk
from awards.errors import NotFound
from awards.screening import actions, dossiers, rules
from awards.screening.places import AtNomination
from awards.screening.queries import Case
from awards.screening.tables import Candidate
from awards.web.forms import Form
from awards.web.pages import Page, Request, go_to


@get("/indstillinger/{reference:str}/sammenlaegning", name="screening.merge_preview")
async def preview(request: Request, at: NamedDependency[AtNomination]) -> Page:
    candidate = candidate_in(Form(dict(request.query_params)), at.case)
    if candidate is None:
        raise NotFound
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
    candidate = candidate_in(Form(await request.form()), at.case)
    if candidate is None:
        raise NotFound
    if at.case.nomination.state == rules.WAITING:
        await actions.accept(at.case.nomination.id, candidate_id=candidate.id, by=request.actor, clock=clock)
    else:
        await dossiers.merge(at.case.nomination.id, candidate.id, by=request.actor, clock=clock)
    return go_to(request, f"{at.path}#dossier")


@post("/indstillinger/{reference:str}/adskillelse", name="screening.part")
async def part(request: Request, at: NamedDependency[AtNomination], clock: NamedDependency[Clock]) -> Response[str]:
    await dossiers.part(at.case.nomination.id, by=request.actor, clock=clock)
    return go_to(request, f"{at.path}#dossier")


def candidate_in(form: Form, case: Case) -> Candidate | None:
    """The dossier chosen in a form; None is a new one. Raises NotFound for one that is not offered."""
    chosen = form.value("candidate")
    if not chosen:
        return None
    try:
        id = UUID(chosen)
    except ValueError:
        raise NotFound from None
    found = next((one for one in case.lookalikes if one.id == id), None)
    if found is None:
        raise NotFound
    return found


HANDLERS = [preview, merge, part]
