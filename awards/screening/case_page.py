"""The page of one nomination: as the case stands, or with what was just typed and refused."""

from datetime import datetime, timedelta
from typing import Any

from awards.clock import Clock
from awards.councils.standing import desk
from awards.rounds.words import check_words
from awards.screening import queries, rules, words
from awards.screening.checks import checks_of
from awards.screening.history import notes_on
from awards.screening.inquiry_queries import inquiries_of
from awards.screening.places import AtNomination
from awards.screening.redaction import redactions_of
from awards.web.formats import end_of_day, local
from awards.web.forms import Form, moment_values
from awards.web.i18n import _
from awards.web.pages import Page, Request

DAYS_TO_ANSWER = 7


async def show(request: Request, at: AtNomination, form: Form, clock: Clock, status: int = 200) -> Page:
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
        candidate_options=[("", _("A new candidate"))]
        + [(str(candidate.id), candidate.name) for candidate in case.lookalikes],
        prize_options=[(str(row["id"]), row["title"]) for row in case.other_prizes],
        state_names={state: _(name) for state, name in words.STATES.items()},
        verdict_names={verdict: _(name) for verdict, name in words.VERDICTS.items()},
        inquiries=inquiries,
        redactions=await redactions_of([case.nomination.id]),
        personal=rules.personal_data(" ".join([case.nomination.story, *(row["answer"] for row in case.criteria)])),
        notes=await notes_on(case.nomination.id),
        may_ask=case.nomination.state == rules.WAITING and rules.ASKED not in {row["state"] for row in inquiries},
        inquiry_names={state: _(name) for state, name in words.INQUIRIES.items()},
        inquiry_tones=words.INQUIRY_TONES,
        outcome_names={outcome: _(name) for outcome, name in words.OUTCOMES.items()},
        form=form,
        year=year,
        here=at.path,
    )


def as_it_stands(case: queries.Case, now: datetime) -> Form:
    """The verdicts so far, and deadlines to suggest."""
    return Form(_values(case, now))


def with_posted(case: queries.Case, posted: Any, now: datetime) -> Form:
    """The case as it stands, with what was just typed on top."""
    return Form(_values(case, now) | {name: str(value) for name, value in posted.multi_items()})


def _values(case: queries.Case, now: datetime) -> dict[str, str | list[str]]:
    day = local(now).date() + timedelta(days=DAYS_TO_ANSWER)
    values: dict[str, str | list[str]] = {"answer_by": day.isoformat()}
    values |= moment_values("reply_by", end_of_day(day), is_deadline=True)
    for row in case.criteria:
        values[f"verdict-{row['id']}"] = row["verdict"]
        values[f"note-{row['id']}"] = row["note"]
    return values
