"""What members read before they vote: the dossiers, and what was rejected."""

from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.handlers import BaseRouteHandler
from litestar.params import FromPath
from litestar.response import Response

from awards.audit.readings import note_reading
from awards.ballots.dossier_pdf import dossier_pdf
from awards.ballots.dossiers import Rejected, dossier_file, dossiers_of, read_in, rejected_of
from awards.ballots.queries import PrizeCase
from awards.ballots.web.places import AtPrize, AtRound
from awards.ballots.web.refusals import not_for_you
from awards.clock import Clock
from awards.councils.attempts import attempt
from awards.councils.standing import desk
from awards.errors import NotFound
from awards.nominations.web.files import file_response
from awards.rounds.words import KINDS
from awards.screening.actions import bring_back
from awards.screening.words import VERDICTS
from awards.web.forms import Form
from awards.web.pages import Page, Request, go_to

TONES = {"met": "good", "not_met": "bad", "unsure": "warn"}


@get("/{prize:str}/kandidater", name="ballots.dossier")
async def dossier(request: Request, at: NamedDependency[AtPrize], clock: NamedDependency[Clock]) -> Response[str]:
    case = await _case(at)
    if case.is_out:
        return not_for_you(request, at, case)
    if not case.has_answered:
        return go_to(request, f"{at.here}/inhabilitet")
    dossiers = await dossiers_of(case.prize.id)
    await note_reading("dossier", read_in(dossiers), by=request.actor, at=clock.now())
    return desk(
        request,
        at.standing,
        "ballots/dossier.html",
        case=case,
        dossiers=dossiers,
        kinds=KINDS,
        verdicts=VERDICTS,
        tones=TONES,
        here=at.here,
    )


@get("/{prize:str}/kandidater/pdf", name="ballots.dossier_pdf")
async def dossier_on_paper(
    request: Request, at: NamedDependency[AtPrize], clock: NamedDependency[Clock]
) -> Response[bytes]:
    """The same as the page, and for the same readers."""
    case = await _case(at)
    if case.is_out or not case.has_answered:
        raise NotFound
    dossiers = await dossiers_of(case.prize.id)
    await note_reading("dossier", read_in(dossiers), by=request.actor, at=clock.now())
    council, reader = at.standing.council, request.actor.name
    return Response(
        await dossier_pdf(council, at.round, case.prize, dossiers, reader=reader, now=clock.now()),
        media_type="application/pdf",
        headers={
            "Content-Disposition": f"attachment; filename=kandidater-{at.round.year}-{at.slug}.pdf",
            "Cache-Control": "no-store",
        },
    )


@get("/{prize:str}/kandidater/bilag/{file:uuid}", name="ballots.dossier_file")
async def show_file(at: NamedDependency[AtPrize], file: FromPath[UUID]) -> Response[bytes]:
    case = await _case(at)
    if case.is_out or not case.has_answered:
        raise NotFound
    return file_response(await dossier_file(case.prize.id, file))


async def _case(at: AtPrize) -> PrizeCase:
    """Raises NotFound for strangers, and before the candidates are confirmed."""
    case = await at.case("member")
    if not case.is_confirmed:
        raise NotFound
    return case


@get("/afviste", name="ballots.rejected")
async def rejected(request: Request, at_round: NamedDependency[AtRound]) -> Page:
    cases = await _readable(at_round)
    return _rejected_page(request, at_round, cases, await _rejected(cases), Form())


@post("/afviste/{reference:str}", name="ballots.bring_back")
async def take_up_again(
    request: Request,
    at_round: NamedDependency[AtRound],
    reference: FromPath[str],
    clock: NamedDependency[Clock],
) -> Response[str]:
    cases = await _readable(at_round)
    found = await _rejected(cases)
    nomination = next((one.text.nomination for one in found if one.text.nomination.reference == reference), None)
    if nomination is None:
        raise NotFound
    form = Form(await request.form())
    reason = form.text(f"reason-{reference}", maximum=1000, lines=True)
    status = await attempt(form, lambda: bring_back(nomination.id, reason=reason, by=request.actor, clock=clock))
    if status is not None:
        return _rejected_page(request, at_round, cases, found, form, status)
    return go_to(request, f"{at_round.here}/afviste")


async def _readable(at: AtRound) -> list[PrizeCase]:
    """The prizes whose nominations the member may read: not those they are out of, nor those still to answer about."""
    at.standing.require("member")
    return [case for case in await at.cases() if not case.is_out and (case.has_answered or not case.is_confirmed)]


async def _rejected(cases: list[PrizeCase]) -> list[Rejected]:
    return await rejected_of([case.prize.id for case in cases])


def _rejected_page(
    request: Request,
    at: AtRound,
    cases: list[PrizeCase],
    found: list[Rejected],
    form: Form,
    status: int = 200,
) -> Page:
    return desk(
        request,
        at.standing,
        "ballots/rejected.html",
        status=status,
        prizes=[(case, [one for one in found if one.prize == case.prize.id]) for case in cases],
        form=form,
        kinds=KINDS,
        verdicts=VERDICTS,
        tones=TONES,
        here=at.here,
    )


HANDLERS: list[BaseRouteHandler] = [dossier, dossier_on_paper, show_file, rejected, take_up_again]
