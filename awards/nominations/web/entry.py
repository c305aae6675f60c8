"""The secretariat's one page for a nomination that came on paper or by phone."""

from uuid import UUID, uuid4

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from awards.clock import Clock
from awards.councils.standing import Standing, desk
from awards.errors import NotFound, RuleBroken
from awards.nominations import rules
from awards.nominations.entry import SOURCES, enter_nomination
from awards.nominations.forms import OPTIONAL_ON_PAPER, WRITTEN_IN, answer_field, read_all
from awards.nominations.queries import Terms
from awards.nominations.web.draft import Answer, read_files
from awards.nominations.web.steps import choices
from awards.rounds.queries import criteria_of, prizes_of, round_of
from awards.web.forms import Form, moment_values
from awards.web.i18n import DEFAULT, N_, _
from awards.web.pages import Page, Request, go_to

WORDS = {"paper": N_("On paper"), "phone": N_("By phone")}


@get("/{council:str}/{year:int}/indstillinger/ny", name="nominations.entry_page")
async def show_entry(
    request: Request,
    standing: NamedDependency[Standing],
    year: FromPath[int],
    clock: NamedDependency[Clock],
) -> Page:
    standing.require("secretary")
    terms = await _terms(standing, year, request.query_params.get("pris", ""))
    blank = {"nomination": str(uuid4()), WRITTEN_IN: DEFAULT} | moment_values("received", clock.now())
    return _entry(request, standing, terms, Form(blank))


@post("/{council:str}/{year:int}/indstillinger/ny", name="nominations.enter")
async def enter(
    request: Request,
    standing: NamedDependency[Standing],
    year: FromPath[int],
    clock: NamedDependency[Clock],
) -> Answer:
    standing.require("secretary")
    form = Form(await request.form())
    terms = await _terms(standing, year, form.value("prize"))
    source = form.choice("source", SOURCES, missing=N_("Choose how it came."))
    received_at = form.moment("received")
    answers = read_all(form, terms, optional=OPTIONAL_ON_PAPER)
    files = await read_files(form)
    if form.errors or received_at is None:
        return _entry(request, standing, terms, form)
    try:
        reference = await enter_nomination(
            _id(form),
            terms.prize.id,
            answers,
            files,
            source=source,
            received_at=received_at,
            by=request.actor,
            clock=clock,
        )
    except RuleBroken as refusal:
        form.fail("received", refusal.message, **refusal.values)
        return _entry(request, standing, terms, form)
    return go_to(request, f"/{standing.council.slug}/{year}/indstillinger/{reference}")


async def _terms(standing: Standing, year: int, slug: str) -> Terms:
    """The prize chosen in the address or the form, else the round's first. Raises NotFound for a round not opened."""
    round = await round_of(standing.council.id, year)
    prizes = [prize for prize in await prizes_of(round.id) if not prize.outcome]
    chosen = next((prize for prize in prizes if prize.slug == slug), prizes[0] if prizes else None)
    if chosen is None or round.opened_at is None:
        raise NotFound
    return Terms(standing.council, round, chosen, (await criteria_of([chosen.id]))[chosen.id], prizes)


def _entry(request: Request, standing: Standing, terms: Terms, form: Form) -> Page:
    return desk(
        request,
        standing,
        "nominations/entry.html",
        status=422 if form.errors else 200,
        terms=terms,
        form=form,
        sources=[(source, _(WORDS[source])) for source in SOURCES],
        answer_field=answer_field,
        limits=rules,
        others=[prize for prize in terms.prizes if prize.id != terms.prize.id],
        **choices(terms) | {"prizes": []},
    )


def _id(form: Form) -> UUID:
    try:
        return UUID(form.value("nomination"))
    except ValueError:
        return uuid4()


HANDLERS = [show_entry, enter]
