"""The candidate's own page: what was said about them, and whether name and photo may be shown (GDPR article 14)."""

from uuid import UUID

from litestar import Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Response

from awards import audit
from awards.accounts.links import read_link
from awards.clock import Clock
from awards.councils.tables import Council
from awards.db import lock, transaction
from awards.errors import NotFound
from awards.nominations.tables import Nomination
from awards.rounds.tables import Prize
from awards.screening.tables import Candidate, Placement
from awards.settings import Settings
from awards.web.forms import Form
from awards.web.identity import Actor
from awards.web.pages import Page, Request, go_to, page

PURPOSE = "candidate"
YES, NO = "yes", "no"


async def answer_for_candidate(candidate_id: UUID, *, name: bool, photo: bool, by: Actor, clock: Clock) -> None:
    """The candidate's answer; a new one replaces it."""
    async with transaction():
        candidate = await lock(Candidate, Candidate.id == candidate_id)
        if candidate is None:
            raise NotFound
        candidate.may_show_name, candidate.may_show_photo = name, photo
        candidate.answered_at = clock.now()
        await candidate.save()
        await audit.append("screening.candidate_answered", by=by, at=candidate.answered_at, candidate=candidate_id)


async def _candidate_page(request: Request, token: str, candidate_id: UUID, form: Form, status: int = 200) -> Page:
    candidate = await Candidate.objects().get(Candidate.id == candidate_id)
    if candidate is None:
        raise NotFound
    prize = await Prize.objects(Prize.round).get(Prize.id == candidate.prize)
    council = await Council.objects().get(Council.id == prize.round.council) if prize else None
    placed = await Placement.select(Placement.nomination).where(Placement.candidate == candidate_id)
    words = await Nomination.select(Nomination.nominator, Nomination.story, Nomination.written_in).where(
        Nomination.id.is_in([row["nomination"] for row in placed] or [candidate_id])
    )
    return page(
        request,
        "screening/candidate.html",
        status=status,
        council=council,
        candidate=candidate,
        prize=prize,
        words=words,
        form=form,
        here=f"/kandidat/{token}",
        done="tak" in request.query_params,
    )


@get("/kandidat/{token:str}", name="screening.candidate")
async def show_candidate(
    request: Request, token: FromPath[str], clock: NamedDependency[Clock], settings: NamedDependency[Settings]
) -> Page:
    link = await read_link(token, PURPOSE, now=clock.now(), settings=settings)
    return await _candidate_page(request, token, link.subject, Form())


@post("/kandidat/{token:str}", name="screening.candidate_answers")
async def candidate_answers(
    request: Request, token: FromPath[str], clock: NamedDependency[Clock], settings: NamedDependency[Settings]
) -> Response[str]:
    link = await read_link(token, PURPOSE, now=clock.now(), settings=settings)
    form = Form(await request.form())
    name = form.choice("name", (YES, NO))
    photo = form.choice("photo", (YES, NO))
    if form.errors:
        return await _candidate_page(request, token, link.subject, form, status=422)
    await answer_for_candidate(link.subject, name=name == YES, photo=photo == YES, by=request.actor, clock=clock)
    return go_to(request, f"/kandidat/{token}?tak=1")


router = Router(path="/", route_handlers=[show_candidate, candidate_answers])
