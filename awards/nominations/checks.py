"""The live check: what was typed, held against criteria and eligibility by the same rules as everywhere else."""

from dataclasses import dataclass
from datetime import datetime

from awards.councils.queries import members_on
from awards.nominations import rules
from awards.nominations.forms import answer_field
from awards.nominations.queries import Terms
from awards.nominations.rules import AnswerCheck
from awards.rounds.queries import earlier_winners, nominee_rules
from awards.rounds.rules import Check, NomineeFacts, check_nominee
from awards.rounds.words import check_words
from awards.web.formats import local
from awards.web.forms import Form
from awards.web.i18n import N_, _, ngettext
from awards.web.texts import danish

ANSWERS: dict[AnswerCheck, tuple[str, str]] = {
    "answered": (N_("Answered"), "good"),
    "missing": (N_("The answer is missing"), "neutral"),
    "short": (N_("Feel free to say more – you can also send it as it is"), "warn"),
}
OUTCOMES = {
    "met": (N_("Met"), "good"),
    "not_met": (N_("Does not seem to be met"), "bad"),
    "judge": (N_("The secretariat judges it"), "neutral"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the check: what it is about, and how it stands, in words and as a tone of `ui.tag`."""

    label: str
    status: str
    tone: str


def check_answers(form: Form, terms: Terms) -> list[Line]:
    """A line for the story and for each criterion's question."""
    texts = [(_("What the candidate has done"), form.value("story"))]
    texts += [
        (danish(criterion.question or criterion.text), form.value(answer_field(criterion.id)))
        for criterion in terms.criteria
    ]
    lines = []
    for label, text in texts:
        words, tone = ANSWERS[rules.check_answer(text)]
        lines.append(Line(label, _(words), tone))
    return lines


def summary(lines: list[Line]) -> str:
    """The answers in one sentence, for who listens instead of looking."""
    given = sum(line.tone != "neutral" for line in lines)
    return ngettext("%(n)s of %(total)s answered.", "%(n)s of %(total)s answered.", given) % {
        "n": given,
        "total": len(lines),
    }


async def check_eligibility(form: Form, terms: Terms, now: datetime) -> list[Line]:
    """A line for each rule about nominees; nothing is said of a candidate without kind and name."""
    if not form.value("kind") and not form.value("nominee").strip():
        return []
    return [
        _line(check)
        for check in check_nominee(nominee_rules(terms.prize, terms.round.year), await facts_of(form, terms, now))
    ]


async def facts_of(form: Form, terms: Terms, now: datetime) -> NomineeFacts:
    prize = terms.prize
    members = await members_on(terms.council.id, local(now).date()) if prize.excludes_members else []
    winners = await earlier_winners(terms.council.id, prize.slug) if prize.excludes_winners_years else []
    contact = form.value("contact").strip()
    tie = form.value("tie")
    return NomineeFacts(
        kind=form.value("kind"),
        name=form.value("nominee"),
        cvr=form.value("cvr").strip(),
        email=contact if "@" in contact else "",
        tie="" if tie == "unknown" else tie,
        nominator=form.value("nominator"),
        nominator_email=form.value("email").strip(),
        members=[member.name for member in members],
        winners=winners,
    )


def _line(check: Check) -> Line:
    words, tone = OUTCOMES[check.outcome]
    return Line(check_words(check), _(words), tone)
