"""What members read before they vote: the dossiers, and what was rejected."""

from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.handlers import BaseRouteHandler
from litestar.params import FromPath
from litestar.response import Response

from awards.ballots.dossiers import Rejected, dossier_file, dossiers_of, rejected_of
from awards.ballots.queries import PrizeCase, case_of, cases_of
from awards.ballots.web.refusals import not_for_you
from awards.clock import Clock
from awards.councils.attempts import attempt
from awards.councils.standing import Standing, desk
from awards.errors import NotFound
from awards.nominations.web.files import file_response
from awards.rounds.queries import round_of
from awards.rounds.words import KINDS
from awards.screening.actions import bring_back
from awards.screening.words import VERDICTS
from awards.web.forms import Form
from awards.web.pages import Page, Request, go_to

TONES = {"met": "good", "not_met": "bad", "unsure": "warn"}


@get("/{prize:str}/kandidater", name="ballots.dossier")
async def dossier(
    request: Request, standing: NamedDependency[Standing], year: FromPath[int], prize: FromPath[str]
) -> Response[str]:
    case = await _case(standing, year, prize)
    if case.is_out:
        return not_for_you(request, standing, year, case.prize.title)
    if not case.has_answered:
        return go_to(request, f"/{standing.council.slug}/{year}/inhabilitet")
    return desk(
        request,
        standing,
        "ballots/dossier.html",
        case=case,
        dossiers=await dossiers_of(case.prize.id),
        kinds=KINDS,
        verdicts=VERDICTS,
        tones=TONES,
        here=f"/{standing.council.slug}/{year}",
    )


@get("/{prize:str}/kandidater/bilag/{file:uuid}", name="ballots.dossier_file")
async def show_file(
    standing: NamedDependency[Standing], year: FromPath[int], prize: FromPath[str], file: FromPath[UUID]
) -> Response[bytes]:
    case = await _case(standing, year, prize)
    if case.is_out or not case.has_answered:
        raise NotFound
    return file_response(await dossier_file(case.prize.id, file))


async def _case(standing: Standing, year: int, prize: str) -> PrizeCase:
    """Raises NotFound for strangers, and before the candidates are confirmed."""
    standing.require("member")
    case = await case_of((await round_of(standing.council.id, year)).id, prize, standing.actor.id)
    if not case.is_confirmed:
        raise NotFound
    return case


@get("/afviste", name="ballots.rejected")
async def rejected(request: Request, standing: NamedDependency[Standing], year: FromPath[int]) -> Page:
    cases = await _readable(standing, year)
    return _rejected_page(request, standing, year, cases, await _rejected(cases), Form())


@post("/afviste/{reference:str}", name="ballots.bring_back", status_code=200)
async def take_up_again(
    request: Request,
    standing: NamedDependency[Standing],
    year: FromPath[int],
    reference: FromPath[str],
    clock: NamedDependency[Clock],
) -> Response[str]:
    cases = await _readable(standing, year)
    found = await _rejected(cases)
    nomination = next((one.text.nomination for one in found if one.text.nomination.reference == reference), None)
    if nomination is None:
        raise NotFound
    form = Form(await request.form())
    reason = form.text(f"reason-{reference}", maximum=1000, lines=True)
    status = await attempt(form, lambda: bring_back(nomination.id, reason=reason, by=request.actor, clock=clock))
    if status is not None:
        return _rejected_page(request, standing, year, cases, found, form, status)
    return go_to(request, f"/{standing.council.slug}/{year}/afviste")


async def _readable(standing: Standing, year: int) -> list[PrizeCase]:
    """The prizes whose nominations the member may read: not those they are out of, nor those still to answer about."""
    standing.require("member")
    cases = await cases_of((await round_of(standing.council.id, year)).id, standing.actor.id)
    return [case for case in cases if not case.is_out and (case.has_answered or not case.is_confirmed)]


async def _rejected(cases: list[PrizeCase]) -> list[Rejected]:
    return await rejected_of([case.prize.id for case in cases])


def _rejected_page(
    request: Request,
    standing: Standing,
    year: int,
    cases: list[PrizeCase],
    found: list[Rejected],
    form: Form,
    status: int = 200,
) -> Page:
    return desk(
        request,
        standing,
        "ballots/rejected.html",
        status=status,
        prizes=[(case, [one for one in found if one.prize == case.prize.id]) for case in cases],
        form=form,
        kinds=KINDS,
        verdicts=VERDICTS,
        tones=TONES,
        here=f"/{standing.council.slug}/{year}",
    )


HANDLERS: list[BaseRouteHandler] = [dossier, show_file, rejected, take_up_again]
