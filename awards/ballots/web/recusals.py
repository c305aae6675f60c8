"""Inhabilitet: the question to each member, once for all prizes, and the council's decision of a doubt."""

from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.handlers import BaseRouteHandler
from litestar.params import FromPath
from litestar.response import Response

from awards.accounts.tables import Person
from awards.ballots import keys
from awards.ballots.doubts import Doubt, doubts_of
from awards.ballots.forms import read_replies, reply_values
from awards.ballots.queries import Question, cases_of, questions_for
from awards.ballots.recusals import HABILE, RECUSED, RUNNING, answer, decide_doubt
from awards.clock import Clock
from awards.councils.attempts import attempt
from awards.councils.standing import Standing, desk
from awards.errors import NotFound
from awards.rounds.queries import round_of
from awards.rounds.tables import Round
from awards.settings import Settings
from awards.web.forms import Form
from awards.web.i18n import N_
from awards.web.pages import Page, Request, go_to

DECISIONS = {HABILE: N_("Not inhabil: the member takes part"), RECUSED: N_("Inhabil: the member takes no part")}


@get("/inhabilitet", name="ballots.recusals")
async def question(request: Request, standing: NamedDependency[Standing], year: FromPath[int]) -> Page:
    standing.require()
    round, questions = await _questions(standing, year)
    form = Form(reply_values(line for each in questions for line in each.lines))
    return _question_page(request, standing, round, questions, form)


@post("/inhabilitet", name="ballots.answer_recusals", status_code=200)
async def save_answers(
    request: Request,
    standing: NamedDependency[Standing],
    year: FromPath[int],
    clock: NamedDependency[Clock],
    settings: NamedDependency[Settings],
) -> Response[str]:
    standing.require()
    round, questions = await _questions(standing, year)
    form = Form(await request.form())
    replies = read_replies(form, [line for each in questions for line in each.lines])
    slot_key = keys.slot_key(settings.key_dir)
    status = await attempt(form, lambda: answer(round.id, replies, slot_key=slot_key, by=request.actor, clock=clock))
    if status is not None:
        return _question_page(request, standing, round, questions, form, status)
    return go_to(request, f"/{standing.council.slug}/{year}/afstemning")


async def _questions(standing: Standing, year: int) -> tuple[Round, list[Question]]:
    round = await round_of(standing.council.id, year)
    person = await Person.objects().get(Person.id == standing.actor.id)
    if person is None:
        raise NotFound
    return round, await questions_for(await cases_of(round.id, person.id), person)


def _question_page(
    request: Request, standing: Standing, round: Round, questions: list[Question], form: Form, status: int = 200
) -> Page:
    return desk(
        request,
        standing,
        "ballots/recusals.html",
        status=status,
        round=round,
        questions=questions,
        form=form,
        can_answer=any(not line.is_fixed for each in questions for line in each.lines),
        is_running=any(each.case.state in RUNNING for each in questions),
        here=f"/{standing.council.slug}/{round.year}",
    )


@get("/inhabilitet/tvivl", name="ballots.doubts")
async def doubts(request: Request, standing: NamedDependency[Standing], year: FromPath[int]) -> Page:
    """Who is in doubt, for the chair (or the vice-chair who acts), and nothing of a prize one takes no part in."""
    round = await _round_for_chairs(standing, year)
    return _doubts_page(request, standing, round, await doubts_of(round.id, standing.actor.id), Form())


@post("/inhabilitet/tvivl/{prize:str}/{member:uuid}", name="ballots.decide_doubt", status_code=200)
async def save_decision(
    request: Request,
    standing: NamedDependency[Standing],
    year: FromPath[int],
    prize: FromPath[str],
    member: FromPath[UUID],
    clock: NamedDependency[Clock],
) -> Response[str]:
    round = await _round_for_chairs(standing, year)
    found = await doubts_of(round.id, standing.actor.id)
    doubt = next((doubt for doubt in found if doubt.slug == prize and doubt.member == member), None)
    if doubt is None:
        raise NotFound
    form = Form(await request.form())
    suffix = f"{prize}-{member}"
    decision = form.choice(f"decision-{suffix}", DECISIONS)
    reason = form.text(f"reason-{suffix}", maximum=1000, lines=True)
    status = await attempt(
        form, lambda: decide_doubt(doubt.prize, member, decision, reason, by=request.actor, clock=clock)
    )
    if status is not None:
        return _doubts_page(request, standing, round, found, form, status)
    return go_to(request, f"/{standing.council.slug}/{year}/inhabilitet/tvivl")


async def _round_for_chairs(standing: Standing, year: int) -> Round:
    standing.require("chair", "vice_chair")
    return await round_of(standing.council.id, year)


def _doubts_page(
    request: Request, standing: Standing, round: Round, found: list[Doubt], form: Form, status: int = 200
) -> Page:
    return desk(
        request,
        standing,
        "ballots/doubts.html",
        status=status,
        round=round,
        doubts=found,
        form=form,
        decisions=DECISIONS,
        here=f"/{standing.council.slug}/{round.year}",
    )


HANDLERS: list[BaseRouteHandler] = [question, save_answers, doubts, save_decision]
