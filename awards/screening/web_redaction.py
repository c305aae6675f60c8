"""The page on which the secretary hides personal data from the council, each text beside its original."""

from typing import Any

from litestar import get, post
from litestar.di import NamedDependency
from litestar.response import Response

from awards.clock import Clock
from awards.councils.standing import desk
from awards.screening import rules
from awards.screening.inquiry_queries import inquiries_of
from awards.screening.places import AtNomination
from awards.screening.redaction import (
    ORGANISATION,
    RELATION,
    STORY,
    answer_part,
    parts_of,
    redact,
    redactions_of,
)
from awards.web.forms import Form
from awards.web.i18n import _
from awards.web.pages import Page, Request, go_to

LONGEST = 6000


@get("/indstillinger/{reference:str}/skjul", name="screening.redaction")
async def hiding(request: Request, at: NamedDependency[AtNomination], clock: NamedDependency[Clock]) -> Page:
    nomination = at.case.nomination
    originals = await _originals(at, clock)
    redactions = await redactions_of([nomination.id])
    values: dict[str, str | list[str]] = {
        _field(part): redactions.shown(nomination.id, part, _suggested(text)) for part, text in originals.items()
    }
    values["files"] = [str(file["id"]) for file in at.case.attachments if redactions.hides(nomination.id, file["id"])]
    return _page(request, at, originals, Form(values))


@post("/indstillinger/{reference:str}/skjul", name="screening.redact")
async def hide(request: Request, at: NamedDependency[AtNomination], clock: NamedDependency[Clock]) -> Response[str]:
    """`of-…` carries the words that the secretary had before them: those who change meanwhile are shown again."""
    form = Form(await request.form())
    originals = await _originals(at, clock)
    changed = [part for part, text in originals.items() if form.value(f"of-{_field(part)}").strip() != text.strip()]
    texts = {part: form.text(_field(part), required=False, maximum=LONGEST, lines=True) for part in originals}
    if changed:
        form.fail(_field(changed[0]), _("The text has changed meanwhile. See the new one, and save again."))
    if form.errors:
        return _page(request, at, originals, form, status=409 if changed else 422)
    hidden = [file["id"] for file in at.case.attachments if str(file["id"]) in form.chosen("files")]
    # A form's lines are trimmed: a text that only lost a space at its end is no redaction.
    texts = {part: originals[part] if text == originals[part].strip() else text for part, text in texts.items()}
    await redact(at.case.nomination.id, originals, texts, hidden, by=request.actor, clock=clock)
    return go_to(request, at.path)


async def _originals(at: AtNomination, clock: Clock) -> dict[str, str]:
    inquiries = await inquiries_of(at.case.nomination.id, clock.now())
    return parts_of(at.case.nomination, [*at.case.criteria, *at.case.other_answers], inquiries)


def _page(request: Request, at: AtNomination, originals: dict[str, str], form: Form, status: int = 200) -> Page:
    labels = _labels(at)
    parts: list[dict[str, Any]] = [
        {
            "field": _field(part),
            "label": labels.get(part) or _("Answer to a later question"),
            "original": text,
            "found": rules.personal_data(text),
        }
        for part, text in originals.items()
    ]
    return desk(
        request,
        at.standing,
        "screening/redaction.html",
        status=status,
        nomination=at.case.nomination,
        prize=at.case.prize,
        parts=parts,
        file_options=[(str(file["id"]), file["name"]) for file in at.case.attachments],
        longest=LONGEST,
        form=form,
        here=at.path,
    )


def _labels(at: AtNomination) -> dict[str, str]:
    labels = {
        STORY: _("What has the candidate done?"),
        RELATION: _("Knows the candidate how"),
        ORGANISATION: _("Association or workplace"),
    }
    return labels | {answer_part(row["id"]): row["text"] for row in [*at.case.criteria, *at.case.other_answers]}


def _suggested(text: str) -> str:
    return rules.without(text, rules.personal_data(text), _("[left out]"))


def _field(part: str) -> str:
    return part.replace(":", "-")


HANDLERS = [hiding, hide]
