"""The page of one nomination: as the case stands, or with what was just typed and refused."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from litestar.response import Response

from awards.clock import Clock
from awards.councils.standing import desk
from awards.errors import RuleBroken, Stale
from awards.rounds.words import check_words
from awards.screening import rules, words
from awards.screening.actions import Judgement
from awards.screening.checks import checks_of
from awards.screening.danish import danish_texts_of
from awards.screening.history import Entry, history_of, notes_on
from awards.screening.inquiry_queries import inquiries_of
from awards.screening.places import AtNomination
from awards.screening.redaction import redactions_of
from awards.web.formats import end_of_day, local
from awards.web.forms import Form, moment_values
from awards.web.i18n import DEFAULT, _
from awards.web.pages import Page, Request, go_to

DAYS_TO_ANSWER = 7
NEW = "ny"  # the choice of a candidate of its own
TEXTS = ("reason", "back_reason", "question")


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """Why an act was refused; what happened last, when that is why; and the texts that were typed for it."""

    refusal: str
    happened: Entry | None
    texts: list[str]


async def attempt(
    request: Request, at: AtNomination, form: Form, clock: Clock, act: Callable[[], Awaitable[object]], then: str = ""
) -> Response[str]:
    """Do `act` and see the case again. Refused, the page tells what somebody else did meanwhile, and keeps the text."""
    try:
        await act()
    except RuleBroken as refusal:
        at = await at.again()
        happened = (await history_of(at.case.nomination, clock.now(), with_notes=False))[-1]
        meanwhile = Meanwhile(
            _(refusal.message, **refusal.values),
            happened if isinstance(refusal, Stale) else None,
            [text for name, text in form.all_values() if text and (name in TEXTS or name.startswith("note-"))],
        )
        return await show(request, at, form, clock, 409, meanwhile)
    return go_to(request, f"{at.path}{then}")


async def show(
    request: Request,
    at: AtNomination,
    form: Form,
    clock: Clock,
    status: int = 200,
    meanwhile: "Meanwhile | None" = None,
) -> Page:
    """One nomination; a form that was refused is shown as it was typed, otherwise as the case stands."""
    case, year, now = at.case, at.round.year, clock.now()
    inquiries = await inquiries_of(case.nomination.id, now)
    return desk(
        request,
        at.standing,
        "screening/show.html",
        status=status,
        case=case,
        checks=await checks_of(case, at.standing.council.id, year),
        check_words=check_words,
        facts=words.facts_of(case.nomination),
        candidate_options=[(NEW, _("A new candidate"))]
        + [(str(candidate.id), candidate.name) for candidate in case.lookalikes],
        prize_options=[(str(row["id"]), row["title"]) for row in case.other_prizes],
        state_names={state: _(name) for state, name in words.STATES.items()},
        verdict_names={verdict: _(name) for verdict, name in words.VERDICTS.items()},
        inquiries=inquiries,
        redactions=await redactions_of([case.nomination.id]),
        danish_texts=await danish_texts_of([case.nomination.id]),
        danish_is_needed=case.nomination.written_in not in ("", DEFAULT),
        personal=rules.personal_data(" ".join([case.nomination.story, *(row["answer"] for row in case.criteria)])),
        notes=await notes_on(case.nomination.id),
        may_ask=case.nomination.state == rules.WAITING and rules.ASKED not in {row["state"] for row in inquiries},
        inquiry_names={state: _(name) for state, name in words.INQUIRIES.items()},
        inquiry_tones=words.INQUIRY_TONES,
        outcome_names={outcome: _(name) for outcome, name in words.OUTCOMES.items()},
        form=form,
        meanwhile=meanwhile,
        panel=at.panel,
        year=year,
        here=at.path,
    )


def as_it_stands(at: AtNomination, now: datetime) -> Form:
    """The verdicts so far, and deadlines to suggest."""
    return Form(_values(at, now))


def with_posted(at: AtNomination, posted: Any, now: datetime) -> Form:
    """The case as it stands, with what was just typed on top."""
    return Form(_values(at, now) | {name: str(value) for name, value in posted.multi_items()})


def _values(at: AtNomination, now: datetime) -> dict[str, str | list[str]]:
    day = local(now).date() + timedelta(days=DAYS_TO_ANSWER)
    values: dict[str, str | list[str]] = {"answer_by": day.isoformat()}
    values |= moment_values("reply_by", end_of_day(day), is_deadline=True)
    own = None if at.panel is None or at.panel.is_complete else at.panel.own
    for row in at.case.criteria:
        judged = Judgement(row["verdict"], row["note"]) if own is None else own.get(row["id"], Judgement("", ""))
        values[f"verdict-{row['id']}"], values[f"note-{row['id']}"] = judged.verdict, judged.note
    return values
