"""The page on which the secretary hides personal data from the council, each text beside its original."""

from typing import Any

from litestar import get, post
from litestar.di import NamedDependency
from litestar.response import Response

from awards.clock import Clock
from awards.councils.standing import desk
from awards.screening import rules
from awards.screening.danish import danish_texts_of
from awards.screening.places import AtNomination
from awards.screening.redaction import redact, redactions_of, with_danish
from awards.screening.web_parts import changed_meanwhile, field_of, labels_of, originals_of
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
        field_of(part): redactions.shown(nomination.id, part, _suggested(text)) for part, text in originals.items()
    }
    values["files"] = [str(file["id"]) for file in at.case.attachments if redactions.hides(nomination.id, file["id"])]
    return _page(request, at, originals, Form(values))


@post("/indstillinger/{reference:str}/skjul", name="screening.redact")
async def hide(request: Request, at: NamedDependency[AtNomination], clock: NamedDependency[Clock]) -> Response[str]:
    form = Form(await request.form())
    originals = await _originals(at, clock)
    changed = changed_meanwhile(form, originals)
    texts = {part: form.text(field_of(part), required=False, maximum=LONGEST, lines=True) for part in originals}
    if form.errors:
        return _page(request, at, originals, form, status=409 if changed else 422)
    hidden = [file["id"] for file in at.case.attachments if str(file["id"]) in form.chosen("files")]
    # A form's lines are trimmed: a text that only lost a space at its end is no redaction.
    texts = {part: originals[part] if text == originals[part].strip() else text for part, text in texts.items()}
    await redact(at.case.nomination.id, originals, texts, hidden, by=request.actor, clock=clock)
    return go_to(request, at.path)


async def _originals(at: AtNomination, clock: Clock) -> dict[str, str]:
    """What the nominator wrote, and what staff wrote to it in Danish, which may tell the same."""
    nomination = at.case.nomination.id
    return with_danish(nomination, await originals_of(at, clock), await danish_texts_of([nomination]))


def _page(request: Request, at: AtNomination, originals: dict[str, str], form: Form, status: int = 200) -> Page:
    labels = labels_of(at, originals)
    parts: list[dict[str, Any]] = [
        {
            "field": field_of(part),
            "label": labels[part],
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


def _suggested(text: str) -> str:
    return rules.without(text, rules.personal_data(text), _("[left out]"))


HANDLERS = [hiding, hide]
