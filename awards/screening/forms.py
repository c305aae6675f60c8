"""What the secretariat fills in while screening."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from awards.screening.actions import Judgement
from awards.screening.rules import VERDICTS
from awards.web.forms import Form
from awards.web.i18n import N_

LONGEST_REASON = 1500


@dataclass(frozen=True, slots=True)
class Assessment:
    """The verdicts of a form, by criterion; `seen` names the state of the case when the form was made."""

    judgements: dict[UUID, Judgement]
    seen: str


def read_assessment(form: Form, criteria: list[UUID]) -> Assessment:
    """A criterion may still be without a verdict, but a note needs one."""
    judgements: dict[UUID, Judgement] = {}
    for criterion in criteria:
        verdict = form.choice(f"verdict-{criterion}", VERDICTS, required=False)
        note = form.text(f"note-{criterion}", required=False, maximum=LONGEST_REASON, lines=True)
        if note and not verdict:
            form.fail(f"verdict-{criterion}", N_("Choose a verdict to go with the note."))
        if verdict:
            judgements[criterion] = Judgement(verdict, note)
    return Assessment(judgements, form.value("seen"))


def read_reason(form: Form) -> str:
    return form.text(
        "reason", maximum=LONGEST_REASON, lines=True, missing=N_("Write the reason. The nominator gets it by mail.")
    )


def read_answer_by(form: Form, today: date) -> date | None:
    """The day until which the nominator can answer: after today."""
    day = form.date("answer_by")
    if day is not None and day <= today:
        form.fail("answer_by", N_("Choose a day after today."))
    return day
