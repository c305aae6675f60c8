"""Everything that was written, part by part, for reading through, for copying, and for the nominator's own page."""

from collections.abc import Mapping
from dataclasses import dataclass

from awards.nominations.forms import TIE_WORDS, UNKNOWN, answer_field, step_of
from awards.nominations.languages import written_in
from awards.nominations.queries import NominationCase, Terms
from awards.rounds.words import KINDS
from awards.web.i18n import N_, _, language
from awards.web.texts import danish

# Field, label, and the words of the link that changes it: never a bare "change".
BEFORE = (
    ("kind", N_("Whom you nominate"), N_("Change whom you nominate")),
    ("nominee", N_("Name"), N_("Change the name")),
    ("cvr", N_("CVR number"), N_("Change the CVR number")),
    ("contact", N_("The candidate's e-mail or phone"), N_("Change the candidate's contact")),
    ("tie", N_("Tie to the municipality"), N_("Change the tie")),
    ("aware", N_("Does the candidate know?"), N_("Change whether the candidate knows")),
    ("written_in", N_("Language of the text"), N_("Change the language")),
    ("story", N_("What the candidate has done"), N_("Change the reasons")),
)
AFTER = (
    ("nominator", N_("Your name"), N_("Change your name")),
    ("email", N_("E-mail"), N_("Change your e-mail")),
    ("phone", N_("Phone"), N_("Change your phone")),
    ("organisation", N_("Association or workplace"), N_("Change the association")),
    ("relation", N_("How you know the candidate"), N_("Change how you know the candidate")),
)
OPTIONAL = frozenset({"written_in", "cvr", "phone", "organisation"})
CHOSEN = frozenset({"kind", "tie", "aware"})


@dataclass(frozen=True, slots=True)
class Part:
    """One answer with its label; `step` and `field` tell where it was typed.

    is_asked: shown for reading through also when it is empty.   language: that `text` is in, empty when nobody knows.
    """

    field: str
    step: str
    label: str
    text: str
    change: str
    is_asked: bool
    language: str


def parts_of(typed: Mapping[str, str], terms: Terms) -> list[Part]:
    """Every part of the form, those left empty included."""
    spoken = typed.get("written_in", "")
    parts = [_part(name, _(label), typed.get(name, ""), _(change), spoken) for name, label, change in BEFORE]
    for number, criterion in enumerate(terms.criteria, start=1):
        name = answer_field(criterion.id)
        parts.append(
            _part(
                name,
                danish(criterion.question or criterion.text),
                typed.get(name, ""),
                _("Change answer %(n)s", n=number),
                spoken,
            )
        )
    parts += [_part(name, _(label), typed.get(name, ""), _(change), "") for name, label, change in AFTER]
    return parts


def copies(typed: Mapping[str, str], terms: Terms) -> list[tuple[str, str]]:
    """What was written, as (label, text), for a problem page from which it can be copied."""
    return [(part.label, part.text) for part in parts_of(typed, terms) if part.text]


def typed_of(case: NominationCase) -> dict[str, str]:
    """A nomination as it would stand in the form."""
    row = case.nomination
    values = {
        "prize": case.terms.prize.slug,
        "kind": row.kind,
        "nominee": row.nominee,
        "cvr": row.cvr,
        "contact": row.nominee_email or row.nominee_phone,
        "contact_unknown": "" if row.nominee_email or row.nominee_phone else "1",
        "tie": row.tie or UNKNOWN,
        "aware": row.aware,
        "written_in": row.written_in,
        "story": row.story,
        "nominator": row.nominator,
        "email": row.email,
        "phone": row.phone,
        "organisation": row.organisation,
        "relation": row.relation,
    }
    return values | {answer_field(criterion): text for criterion, text in case.answers.items()}


def _part(name: str, label: str, text: str, change: str, spoken: str) -> Part:
    """`spoken`: the language that the long texts are written in."""
    if name in CHOSEN:
        spoken = language()
    elif name == "written_in":
        spoken = text
    elif name != "story" and not name.startswith("answer-"):
        spoken = ""
    return Part(name, step_of(name), label, _shown(name, text), change, name not in OPTIONAL, spoken)


def _shown(name: str, text: str) -> str:
    """A chosen value in words; the rest as it was written."""
    if name == "kind":
        return _(KINDS[text]) if text in KINDS else ""
    if name == "written_in":
        return written_in(text)
    if name == "tie":
        return _(TIE_WORDS[text]) if text in TIE_WORDS else ""
    if name == "aware":
        return {"yes": _("Yes"), "no": _("No, or I am not sure")}.get(text, "")
    return text
