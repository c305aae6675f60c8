"""One step of the form as a page, and the check that stands beside it."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from awards.nominations import rules
from awards.nominations.checks import Line, check_answers, check_eligibility, summary
from awards.nominations.forms import TIE_WORDS, answer_field, asks_cvr, kinds_of, ties_of
from awards.nominations.languages import NAMES, OTHER
from awards.nominations.queries import AttachedFile, Terms
from awards.rounds.queries import criteria_of
from awards.rounds.words import KINDS
from awards.web.forms import Form
from awards.web.i18n import N_, _
from awards.web.pages import Page, Request, page

TITLES = {
    "kandidat": N_("The candidate"),
    "begrundelse": N_("The reasons"),
    "dig": N_("You"),
    "send": N_("Read through and send"),
}
NUMBERS = {step: number for number, step in enumerate(TITLES, start=1)}
TEMPLATES = {
    "kandidat": "nominations/nominee.html",
    "begrundelse": "nominations/reasons.html",
    "dig": "nominations/nominator.html",
}


async def switched(terms: Terms, form: Form) -> Terms:
    """The terms of the prize chosen in the form, when it is another one of the round."""
    slug = form.value("prize")
    other = next((prize for prize in terms.prizes if prize.slug == slug and not prize.outcome), None)
    if other is None or other.id == terms.prize.id:
        return terms
    return replace(terms, prize=other, criteria=(await criteria_of([other.id]))[other.id])


def step_page(
    request: Request,
    step: str,
    terms: Terms,
    form: Form,
    *,
    base: str,
    draft: UUID,
    attachments: list[AttachedFile] | None = None,
    begun: UUID | None = None,
    lines: list[Line] | None = None,
) -> Page:
    """The page of a step, 422 with what is wrong. `base`: the address that the form's own addresses begin with.

    begun: another draft of the same prize that the reader may go on with. lines: the check, when it was asked for.
    """
    return page(
        request,
        TEMPLATES[step],
        status=422 if form.errors else 200,
        council=terms.council,
        terms=terms,
        form=form,
        step=step,
        number=NUMBERS[step],
        step_title=_(TITLES[step]),
        base=base,
        is_draft=base.startswith("/kladder/"),
        draft=draft,
        begun=begun,
        # What was written before is checked at once; whom it is about only when asked, for that takes queries.
        lines=check_answers(form, terms) if step == "begrundelse" and form.value("story") else lines,
        attachments=attachments or [],
        answer_field=answer_field,
        limits=rules,
        **choices(terms),
    )


def choices(terms: Terms) -> dict[str, Any]:
    """What the radio buttons of the form offer."""
    return {
        "prizes": [(prize.slug, prize.title) for prize in terms.prizes if not prize.outcome],
        "kinds": [(kind, _(KINDS[kind])) for kind in kinds_of(terms)],
        "ties": [(tie, _(TIE_WORDS[tie])) for tie in ties_of(terms)],
        "asks_cvr": asks_cvr(terms),
        "asks_phone": terms.prize.asks_phone,
        "written_in": [*NAMES.items(), (OTHER, _("Another language"))],
        "aware": [("yes", _("Yes")), ("no", _("No, or I am not sure"))],
    }


async def check_page(
    request: Request,
    step: str,
    terms: Terms,
    form: Form,
    *,
    base: str,
    draft: UUID,
    now: datetime,
    attachments: list[AttachedFile] | None = None,
) -> Page:
    """The check alone for htmx; without JavaScript the whole step with the check in it."""
    lines = check_answers(form, terms) if step == "begrundelse" else await check_eligibility(form, terms, now)
    if request.htmx and not request.htmx.boosted:
        return page(
            request,
            "nominations/_check.html",
            lines=lines,
            summary=summary(lines) if step == "begrundelse" else "",
            step=step,
        )
    return step_page(request, step, terms, form, base=base, draft=draft, attachments=attachments, lines=lines)
