"""The page on which staff write the Danish text, each part beside its original."""

from litestar import get, post
from litestar.di import NamedDependency
from litestar.response import Response

from awards.clock import Clock
from awards.councils.standing import desk
from awards.screening.danish import danish_texts_of, write_danish
from awards.screening.places import AtNomination
from awards.screening.redaction import ORGANISATION
from awards.screening.web_parts import changed_meanwhile, field_of, labels_of, originals_of
from awards.web.forms import Form
from awards.web.pages import Page, Request, go_to

LONGEST = 6000


@get("/indstillinger/{reference:str}/dansk", name="screening.danish_page")
async def show(request: Request, at: NamedDependency[AtNomination], clock: NamedDependency[Clock]) -> Page:
    """An outdated text is offered to write on from."""
    originals = await _originals(at, clock)
    texts = (await danish_texts_of([at.case.nomination.id])).by_part
    written = {part: texts.get((at.case.nomination.id, part)) for part in originals}
    form = Form({field_of(part): text.text for part, text in written.items() if text})
    return _page(request, at, originals, form)


@post("/indstillinger/{reference:str}/dansk", name="screening.write_danish")
async def write(request: Request, at: NamedDependency[AtNomination], clock: NamedDependency[Clock]) -> Response[str]:
    form = Form(await request.form())
    originals = await _originals(at, clock)
    changed = changed_meanwhile(form, originals)
    texts = {part: form.text(field_of(part), required=False, maximum=LONGEST, lines=True) for part in originals}
    if form.errors:
        return _page(request, at, originals, form, status=409 if changed else 422)
    await write_danish(at.case.nomination.id, originals, texts, by=request.actor, clock=clock)
    return go_to(request, at.path)


async def _originals(at: AtNomination, clock: Clock) -> dict[str, str]:
    """A name of an association is the same in every language."""
    originals = await originals_of(at, clock)
    return {part: text for part, text in originals.items() if part != ORGANISATION}


def _page(request: Request, at: AtNomination, originals: dict[str, str], form: Form, status: int = 200) -> Page:
    labels = labels_of(at, originals)
    return desk(
        request,
        at.standing,
        "screening/danish.html",
        status=status,
        nomination=at.case.nomination,
        prize=at.case.prize,
        parts=[{"field": field_of(part), "label": labels[part], "original": text} for part, text in originals.items()],
        longest=LONGEST,
        form=form,
        here=at.path,
    )


HANDLERS = [show, write]
