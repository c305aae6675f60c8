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
from awards.ballots.queries import Question, questions_for
from awards.ballots.recusals import HABILE, NONE, RECUSED, RUNNING, answer, decide_doubt
from awards.ballots.web.places import AtPrize, AtRound
from awards.clock import Clock
from awards.councils.attempts import attempt
from awards.councils.standing import desk
from awards.errors import NotFound
from awards.settings import Settings
from awards.web.forms import Form
from awards.web.i18n import N_
from awards.web.pages import Page, Request, go_to

DECISIONS = {HABILE: N_("Not inhabil: the member takes part"), RECUSED: N_("Inhabil: the member takes no part")}


@get("/inhabilitet", name="ballots.recusals")
async def question(request: Request, at_round: NamedDependency[AtRound]) -> Page:
    questions = await _questions(at_round)
    form = Form(reply_values(line for each in questions for line in each.lines))
    return _question_page(request, at_round, questions, form)


@post("/inhabilitet", name="ballots.answer_recusals")
async def save_answers(
    request: Request,
    at_round: NamedDependency[AtRound],
    clock: NamedDependency[Clock],
    settings: NamedDependency[Settings],
) -> Response[str]:
    questions = await _questions(at_round)
    form = Form(await request.form())
    replies = read_replies(form, [line for each in questions for line in each.lines])
    slot_key = keys.slot_key(settings.key_dir)
    status = await attempt(
        form, lambda: answer(at_round.round.id, replies, slot_key=slot_key, by=request.actor, clock=clock)
    )
    if status is not None:
        return _question_page(request, at_round, questions, form, status)
    return go_to(request, f"{at_round.here}/afstemning")


async def _questions(at: AtRound) -> list[Question]:
    at.standing.require()
    person = await Person.objects().get(Person.id == at.standing.actor.id)
    if person is None:
        raise NotFound
    return await questions_for(await at.cases(), person)


def _question_page(request: Request, at: AtRound, questions: list[Question], form: Form, status: int = 200) -> Page:
    return desk(
        request,
        at.standing,
        "ballots/recusals.html",
        status=status,
        round=at.round,
        questions=questions,
        form=form,
        can_answer=any(not line.is_fixed for each in questions for line in each.lines),
        said_none={line.answer for each in questions for line in each.lines} == {NONE},
        running=RUNNING,
        here=at.here,
    )


@get("/inhabilitet/tvivl", name="ballots.doubts")
async def doubts(request: Request, at_round: NamedDependency[AtRound]) -> Page:
    """Who is in doubt, for the chair (or the vice-chair who acts), and nothing of a prize one takes no part in."""
    return _doubts_page(request, at_round, await _doubts(at_round), Form())


@post("/inhabilitet/tvivl/{prize:str}/{member:uuid}", name="ballots.decide_doubt")
async def save_decision(
    request: Request,
    at: NamedDependency[AtPrize],
    member: FromPath[UUID],
    clock: NamedDependency[Clock],
) -> Response[str]:
    found = await _doubts(at)
    doubt = next((doubt for doubt in found if doubt.slug == at.slug and doubt.member == member), None)
    if doubt is None:
        raise NotFound
    form = Form(await request.form())
    suffix = f"{at.slug}-{member}"
    decision = form.choice(f"decision-{suffix}", DECISIONS)
    reason = form.text(f"reason-{suffix}", maximum=1000, lines=True)
    status = await attempt(
        form, lambda: decide_doubt(doubt.prize, member, decision, reason, by=request.actor, clock=clock)
    )
    if status is not None:
        return _doubts_page(request, at, found, form, status)
    return go_to(request, f"{at.here}/inhabilitet/tvivl")


async def _doubts(at: AtRound) -> list[Doubt]:
    at.standing.require("chair", "vice_chair")
    return await doubts_of(at.round.id, at.standing.actor.id)


def _doubts_page(request: Request, at: AtRound, found: list[Doubt], form: Form, status: int = 200) -> Page:
    return desk(
        request,
        at.standing,
        "ballots/doubts.html",
        status=status,
        round=at.round,
        doubts=found,
        form=form,
        decisions=DECISIONS,
        here=at.here,
    )


HANDLERS: list[BaseRouteHandler] = [question, save_answers, doubts, save_decision]
