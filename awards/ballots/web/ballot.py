"""Filling in a ballot: the paper, the ranking button by button, and reading it through before it is cast.

The choice travels in the form itself: it stands in no address, no session and no log.
"""

from base64 import b64encode
from dataclasses import replace
from typing import Any

from litestar import get, post
from litestar.di import NamedDependency
from litestar.handlers import BaseRouteHandler
from litestar.response import Response

from awards.accounts.words import this_device
from awards.ballots.ballot import Ballot
from awards.ballots.booth import Booth, enter
from awards.ballots.forms import changed_ranking, read_ballot_form, read_ranking, score_field
from awards.ballots.web.places import AtPrize
from awards.ballots.web.proving import READING, proof_needed, read_proof
from awards.ballots.web.refusals import kept_until_signed_in, not_for_you
from awards.clock import Clock
from awards.councils.standing import desk
from awards.errors import SignInNeeded
from awards.rounds.queries import criteria_of
from awards.settings import Settings
from awards.web.forms import Form
from awards.web.i18n import _
from awards.web.pages import Page, Request, go_to


@get("/{prize:str}/stemmeseddel", name="ballots.ballot")
async def ballot(
    request: Request,
    at: NamedDependency[AtPrize],
    clock: NamedDependency[Clock],
    settings: NamedDependency[Settings],
) -> Response[str]:
    booth = await _booth(request, at, clock, settings)
    return await _paper(request, at, booth, Form(), clock) if isinstance(booth, Booth) else booth


@post("/{prize:str}/stemmeseddel", name="ballots.rank")
async def rank(
    request: Request,
    at: NamedDependency[AtPrize],
    clock: NamedDependency[Clock],
    settings: NamedDependency[Settings],
) -> Response[str]:
    """A button of the ranking was pressed: the same paper, one step on."""
    form = Form(await request.form())
    booth = await _booth(request, at, clock, settings, form)
    if not isinstance(booth, Booth):
        return booth
    before = read_ranking(form, booth.manifest.paper)
    ranking = changed_ranking(before, form.value("act"), booth.manifest.paper)
    said = _said(form.value("act"), ranking, booth)
    return await _paper(request, at, booth, _with_ranking(form, ranking), clock, said=said, pressed=form.value("act"))


@post("/{prize:str}/stemmeseddel/gennemsyn", name="ballots.review")
async def review(
    request: Request,
    at: NamedDependency[AtPrize],
    clock: NamedDependency[Clock],
    settings: NamedDependency[Settings],
) -> Response[str]:
    form = Form(await request.form())
    booth = await _booth(request, at, clock, settings, form)
    if not isinstance(booth, Booth):
        return booth
    filled_in = read_ballot_form(form, booth.manifest.paper)
    if filled_in is None:
        return await _paper(request, at, booth, form, clock, status=422)
    return await _review(request, at, booth, form, filled_in, clock)


@post("/{prize:str}/stemmeseddel/bekraeftelse", name="ballots.prove")
async def give_proof(
    request: Request,
    at: NamedDependency[AtPrize],
    clock: NamedDependency[Clock],
    settings: NamedDependency[Settings],
) -> Response[str]:
    """Without a script the ballot waits in the form while its voter proves who they are."""
    form = Form(await request.form())
    booth = await _booth(request, at, clock, settings, form)
    if not isinstance(booth, Booth):
        return booth
    filled_in = read_ballot_form(form, booth.manifest.paper)
    if filled_in is None:
        return await _paper(request, at, booth, form, clock, status=422)
    opened = await read_proof(request, form, clock, settings)
    if opened is None:
        return await _review(request, at, booth, form, filled_in, clock, status=422)
    request.scope["user"] = replace(request.actor, stepped_up_at=clock.now())
    answer = await _review(request, at, booth, form, filled_in, clock)
    answer.set_cookie(opened.cookie)
    return answer


@get(
    ["/{prize:str}/stemmeseddel/gennemsyn", "/{prize:str}/stemmeseddel/bekraeftelse", "/{prize:str}/stemme"],
    name="ballots.ballot_again",
)
async def again(request: Request, at: NamedDependency[AtPrize]) -> Response[str]:
    """Somebody reloaded or bookmarked a step that exists as a form only."""
    at.standing.require("member")
    return go_to(request, f"{at.path}/stemmeseddel")


async def _booth(
    request: Request, at: AtPrize, clock: Clock, settings: Settings, form: Form | None = None
) -> Booth | Response[str]:
    """The booth, or the page that says why not. What was filled into `form` is kept when the session has ended."""
    try:
        case = await at.case("member")
    except SignInNeeded:
        if form is None:
            raise
        return kept_until_signed_in(request, at.standing, form)
    if case.is_out:
        return not_for_you(request, at, case)
    if case.poll is not None and case.poll.opens_at is not None and not case.has_answered:
        return go_to(request, f"{at.here}/inhabilitet")
    return await enter(case, at.standing.actor.id, key_dir=settings.key_dir, clock=clock)


async def _paper(
    request: Request,
    at: AtPrize,
    booth: Booth,
    form: Form,
    clock: Clock,
    *,
    status: int = 200,
    said: str = "",
    pressed: str = "",
) -> Page:
    method = booth.manifest.paper.method
    criteria = (await criteria_of([booth.case.prize.id]))[booth.case.prize.id] if method == "score" else []
    return desk(
        request,
        at.standing,
        "ballots/ballot.html",
        status=status,
        booth=booth,
        prize=booth.case.prize,
        form=form,
        ranking=read_ranking(form, booth.manifest.paper),
        criteria=criteria,
        score_field=score_field,
        seq=form.value("seq") or str(booth.seq),
        said=said,
        pressed=pressed,
        means=await proof_needed(request, clock, lasting=READING),
        device=this_device(request.headers.get("user-agent", "")),
        here=at.path,
    )


async def _review(
    request: Request, at: AtPrize, booth: Booth, form: Form, filled_in: Ballot, clock: Clock, status: int = 200
) -> Page:
    sealed = booth.seal(filled_in)
    return desk(
        request,
        at.standing,
        "ballots/review.html",
        status=status,
        booth=booth,
        prize=booth.case.prize,
        form=form,
        kept=[(name, value) for name, value in form.all_values() if name.removesuffix("[]") in _ballot_fields(booth)],
        filled_in=filled_in,
        names=booth.names(),
        criteria=(await criteria_of([booth.case.prize.id]))[booth.case.prize.id] if filled_in.points else [],
        outer=b64encode(sealed.outer).decode(),
        t1=sealed.t1,
        seq=form.value("seq") or str(booth.seq),
        means=await proof_needed(request, clock),
        here=at.path,
    )


def _ballot_fields(booth: Booth) -> list[str]:
    paper = booth.manifest.paper
    points = [score_field(candidate, each.id) for candidate in paper.candidates for each in paper.criteria]
    return ["chosen", "blank", *points]


def _with_ranking(form: Form, ranking: list[str]) -> Form:
    values: dict[str, Any] = {"chosen": ranking, "seq": form.value("seq")}
    return Form(values)


def _said(act: str, ranking: list[str], booth: Booth) -> str:
    """What a screen reader says after a button of the ranking."""
    id = act.partition(":")[2]
    name = booth.names().get(id)
    if act == "clear":
        return _("The ranking is empty.")
    if name is None:
        return ""
    if id in ranking:
        return _("Number %(n)s: %(name)s", n=ranking.index(id) + 1, name=name)
    return _("%(name)s is taken out.", name=name)


HANDLERS: list[BaseRouteHandler] = [ballot, rank, review, give_proof, again]
