"""Reading the nomination form, step by step. What is read is ready for the columns of `Nomination`."""

from collections.abc import Collection, Mapping
from uuid import UUID

from awards.nominations import rules
from awards.nominations.languages import NAMES, OTHER
from awards.nominations.queries import Terms
from awards.nominations.rules import Answers
from awards.rounds.queries import listed
from awards.rounds.rules import NO_TIE, ORGANISATION_KINDS, TIES
from awards.rounds.words import KINDS
from awards.rounds.words import TIES as WORDS_OF_TIES
from awards.web.forms import Form, has_cpr_number
from awards.web.i18n import N_

STEPS = ("kandidat", "begrundelse", "dig", "send")
NOMINEE_FIELDS = ("prize", "kind", "nominee", "cvr", "contact", "contact_unknown", "tie", "aware")
NOMINATOR_FIELDS = ("nominator", "email", "phone", "organisation", "relation")
UNKNOWN = "unknown"
TIE_WORDS = {**WORDS_OF_TIES, UNKNOWN: N_("I do not know")}
WRITTEN_IN = "written_in"
CRITERIA = "criteria"  # in `optional`: all the questions about the criteria
# What a letter or a phone call need not tell.
OPTIONAL_ON_PAPER = frozenset({"contact", "tie", "aware", "email", "phone", "relation", CRITERIA})
# A draft keeps what is far too long, so that it can be shortened, but not without end.
KEPT = 20_000


def answer_field(criterion: UUID) -> str:
    """The name of the field that answers the question of a criterion."""
    return f"answer-{criterion}"


def fields_of(step: str, terms: Terms) -> list[str]:
    """The names of the fields of a step, those for "it is no CPR number" included."""
    if step == "kandidat":
        names = list(NOMINEE_FIELDS)
    elif step == "begrundelse":
        names = [WRITTEN_IN, "story", *(answer_field(criterion.id) for criterion in terms.criteria)]
    else:
        names = list(NOMINATOR_FIELDS)
    return names + [f"{name}_not_cpr" for name in names]


def all_fields(terms: Terms) -> list[str]:
    return [name for step in STEPS[:-1] for name in fields_of(step, terms)]


def step_of(name: str) -> str:
    """The step in which a field stands."""
    base = name.removesuffix("_not_cpr")
    if base in (WRITTEN_IN, "story") or base.startswith("answer-"):
        return "begrundelse"
    return "dig" if base in NOMINATOR_FIELDS else "kandidat"


def typed(form: Form, names: list[str], before: Mapping[str, str]) -> dict[str, str]:
    """What a draft keeps of the fields `names`: as typed, right or wrong, but never a CPR number."""
    kept = {}
    for name in names:
        text = form.value(name)
        if has_cpr_number(text) and not form.flag(f"{name}_not_cpr"):
            text = before.get(name, "")
        kept[name] = text[:KEPT]
    return kept


def ties_of(terms: Terms) -> list[str]:
    """The answers to how the nominee is tied to the place: the ties that the prize accepts of anybody, none of these,
    or not known. Empty where the prize asks for no tie."""
    accepted = {*listed(terms.prize.ties), *listed(terms.prize.organisation_ties)}
    return [*(tie for tie in TIES if tie in accepted), NO_TIE, UNKNOWN] if accepted else []


def asks_cvr(terms: Terms) -> bool:
    """A prize for people and initiatives alone needs no CVR number."""
    return not ORGANISATION_KINDS.isdisjoint(kinds_of(terms))


def kinds_of(terms: Terms) -> list[str]:
    """The kinds of nominees that the prize takes, in the order of the form."""
    allowed = listed(terms.prize.kinds)
    return [kind for kind in KINDS if kind in allowed]


def read_all(form: Form, terms: Terms, *, optional: Collection[str] = ()) -> Answers:
    """Read every step; `form.errors` tells what is missing, `step_of` where. `optional`: fields that may stay empty."""
    answers = Answers()
    for step in STEPS[:-1]:
        read_step(form, step, terms, answers, optional=optional)
    return answers


def read_step(
    form: Form, step: str, terms: Terms, into: Answers | None = None, *, optional: Collection[str] = ()
) -> Answers:
    """Read one step of the form."""
    answers = into or Answers()
    if step == "kandidat":
        answers.columns |= read_nominee(form, terms, optional)
    elif step == "begrundelse":
        if form.value(WRITTEN_IN):
            answers.columns[WRITTEN_IN] = form.choice(WRITTEN_IN, (*NAMES, OTHER))
        answers.columns["story"] = form.text(
            "story",
            maximum=rules.STORY,
            lines=True,
            missing=N_("Tell what the candidate has done."),
        )
        answers.criteria |= read_criteria(form, terms, optional)
    else:
        answers.columns |= read_nominator(form, terms, optional)
    return answers


def read_nominee(form: Form, terms: Terms, optional: Collection[str] = ()) -> dict[str, str]:
    columns = {
        "kind": form.choice("kind", kinds_of(terms), missing=N_("Choose whom you nominate.")),
        "nominee": form.text("nominee", maximum=rules.NAME, missing=N_("Write the candidate's name.")),
        "cvr": form.cvr("cvr") if asks_cvr(terms) else "",
    }
    columns["nominee_email"], columns["nominee_phone"] = read_contact(form, required="contact" not in optional)
    columns["tie"] = ""
    if ties := ties_of(terms):
        tie = form.choice(
            "tie",
            ties,
            required="tie" not in optional,
            missing=N_("Choose how the candidate is tied to the municipality."),
        )
        columns["tie"] = "" if tie == UNKNOWN else tie
    columns["aware"] = form.choice(
        "aware",
        ("yes", "no"),
        required="aware" not in optional,
        missing=N_("Say whether the candidate knows about the nomination."),
    )
    return columns


def read_contact(form: Form, *, required: bool = True) -> tuple[str, str]:
    """The nominee's e-mail address or phone number, from one field; neither when it is not known."""
    text = form.value("contact").strip()
    if not text:
        if required and not form.flag("contact_unknown"):
            form.fail("contact", N_("Write an e-mail address or a phone number, or say that you do not know it."))
        return "", ""
    if "@" in text:
        return form.email("contact"), ""
    if has_cpr_number(text):
        return "", form.text("contact")
    return "", form.phone("contact")


def read_criteria(form: Form, terms: Terms, optional: Collection[str] = ()) -> dict[UUID, str]:
    """The answers to the criteria's questions; as many are needed as the prize's rule asks for."""
    texts = [
        form.text(answer_field(criterion.id), required=False, maximum=rules.ANSWER, lines=True)
        for criterion in terms.criteria
    ]
    if CRITERIA in optional:
        return _given(terms, texts)
    given = [bool(form.value(answer_field(criterion.id)).strip()) for criterion in terms.criteria]
    required = [criterion.required for criterion in terms.criteria]
    for place in rules.unanswered(terms.prize.criteria_rule, terms.prize.criteria_minimum, required, given):
        form.fail(answer_field(terms.criteria[place].id), N_("The answer is missing."))
    return _given(terms, texts)


def _given(terms: Terms, texts: list[str]) -> dict[UUID, str]:
    return {criterion.id: text for criterion, text in zip(terms.criteria, texts, strict=True) if text}


def read_nominator(form: Form, terms: Terms, optional: Collection[str] = ()) -> dict[str, str]:
    return {
        "nominator": form.text("nominator", maximum=rules.NAME, missing=N_("Write your name.")),
        "email": form.email("email", required="email" not in optional, missing=N_("Write your e-mail address.")),
        "phone": form.phone(
            "phone",
            required=terms.prize.asks_phone and "phone" not in optional,
            missing=N_("Write your phone number."),
        ),
        "organisation": form.text("organisation", required=False, maximum=rules.NAME),
        "relation": form.text(
            "relation", required="relation" not in optional, maximum=300, missing=N_("Say how you know the candidate.")
        ),
    }
