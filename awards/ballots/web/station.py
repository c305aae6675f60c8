"""Filling in a ballot: the paper, the ranking button by button, and reading it through before it is cast.

It is the same wherever it is done: on a member's own device, at the council's tablet, or as a trial. The choice travels
in the form itself: it stands in no address, no session and no log.
"""

from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from awards.accounts.proof import Means
from awards.ballots.booth import Booth
from awards.ballots.forms import changed_ranking, read_ballot_form, read_ranking, score_field
from awards.ballots.words import void_words
from awards.rounds.queries import criteria_of
from awards.web.forms import Form
from awards.web.i18n import _
from awards.web.pages import Page


@dataclass(frozen=True, slots=True)
class Station:
    """Where a ballot is filled in.

    here: stands before the addresses of its steps. kind: on which depend some words, and whether the device remembers
    the code of the ballot. show: makes a page of a template, a status and what the template needs. means: what the
    voter proves who they are with before the vote is cast, when they have to. device: what the voter's own is called.
    """

    booth: Booth
    here: str
    kind: Literal["own", "tablet", "trial"]
    show: Callable[..., Page]
    means: Means | None = None
    device: str = ""


async def paper(station: Station, form: Form, *, status: int = 200, said: str = "", pressed: str = "") -> Page:
    """The ballot paper as it stands in `form`. said: what a screen reader says after the button that was `pressed`."""
    booth = station.booth
    return station.show(
        "ballots/ballot.html",
        status=status,
        booth=booth,
        prize=booth.prize,
        form=form,
        ranking=read_ranking(form, booth.manifest.paper),
        criteria=await _criteria(booth),
        score_field=score_field,
        seq=form.value("seq") or str(booth.seq),
        said=said,
        pressed=pressed,
        means=station.means,
        device=station.device,
        here=station.here,
        kind=station.kind,
        void_words=void_words,
    )


async def ranked_on(station: Station, form: Form) -> Page:
    """A button of the ranking was pressed: the same paper, one step on."""
    before = read_ranking(form, station.booth.manifest.paper)
    act = form.value("act")
    ranking = changed_ranking(before, act, station.booth.manifest.paper)
    values: dict[str, Any] = {"chosen": ranking, "seq": form.value("seq")}
    return await paper(station, Form(values), said=_said(act, ranking, station.booth), pressed=act)


async def review(station: Station, form: Form, *, status: int = 200) -> Page:
    """What was chosen, to read through, and sealed; the paper again when something is missing."""
    booth = station.booth
    filled_in = read_ballot_form(form, booth.manifest.paper)
    if filled_in is None:
        return await paper(station, form, status=422)
    sealed = booth.seal(filled_in)
    return station.show(
        "ballots/review.html",
        status=status,
        booth=booth,
        prize=booth.prize,
        form=form,
        kept=[(name, value) for name, value in form.all_values() if name.removesuffix("[]") in _ballot_fields(booth)],
        filled_in=filled_in,
        names=booth.names(),
        criteria=await _criteria(booth),
        outer=b64encode(sealed.outer).decode(),
        t1=sealed.t1,
        seq=form.value("seq") or str(booth.seq),
        means=station.means,
        here=station.here,
        kind=station.kind,
    )


async def _criteria(booth: Booth) -> list[Any]:
    if booth.manifest.paper.method != "score":
        return []
    return (await criteria_of([booth.prize.id]))[booth.prize.id]


def _ballot_fields(booth: Booth) -> list[str]:
    paper = booth.manifest.paper
    points = [score_field(candidate, each.id) for candidate in paper.candidates for each in paper.criteria]
    return ["chosen", "blank", *points]


def _said(act: str, ranking: list[str], booth: Booth) -> str:
    """What a screen reader says after a button of the ranking."""
    id = act.partition(":")[2]
    name = booth.names().get(id)
    if act == "clear":
        return _("The ranking is empty.")
    if name is None:
        return ""
    if id in ranking:
        return _("Number %(n)s: %(name)s", n=ranking.index(id) + 1, name=name)
    return _("%(name)s is taken out.", name=name)
