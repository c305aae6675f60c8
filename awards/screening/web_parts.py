"""What a nominator wrote, part by part, for the pages on which staff write beside it."""

from awards.clock import Clock
from awards.screening.inquiry_queries import inquiries_of
from awards.screening.places import AtNomination
from awards.screening.redaction import ORGANISATION, RELATION, STORY, answer_part, danish_part, parts_of
from awards.web.forms import Form
from awards.web.i18n import _


async def originals_of(at: AtNomination, clock: Clock) -> dict[str, str]:
    """The words of the nominator by part, without what is empty."""
    inquiries = await inquiries_of(at.case.nomination.id, clock.now())
    return parts_of(at.case.nomination, [*at.case.criteria, *at.case.other_answers], inquiries)


def labels_of(at: AtNomination, parts: dict[str, str]) -> dict[str, str]:
    """What each part is called."""
    labels = {
        STORY: _("What has the candidate done?"),
        RELATION: _("Knows the candidate how"),
        ORGANISATION: _("Association or workplace"),
    }
    labels |= {answer_part(row["id"]): row["text"] for row in [*at.case.criteria, *at.case.other_answers]}
    named = {part: labels.get(part) or _("Answer to a later question") for part in parts}
    told = {danish_part(part): _("%(part)s – in Danish", part=name) for part, name in named.items()}
    return {part: told.get(part, name) for part, name in named.items()}


def field_of(part: str) -> str:
    return part.replace(":", "-")


def changed_meanwhile(form: Form, originals: dict[str, str]) -> bool:
    """`of-…` carries the words that the writer had before them. Notes at the field when the nominator changed them."""
    for part, text in originals.items():
        if form.value(f"of-{field_of(part)}").strip() != text.strip():
            form.fail(field_of(part), _("The text has changed meanwhile. See the new one, and save again."))
            return True
    return False
