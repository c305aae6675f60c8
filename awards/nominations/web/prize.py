"""The page of a prize, the same for everybody, and the beginning of the form."""

from datetime import datetime
from uuid import UUID, uuid4

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Response

from awards.accounts.sessions import begin_session
from awards.clock import Clock
from awards.errors import DeadlinePassed, RuleBroken, TooMany
from awards.nominations.drafts import start_draft
from awards.nominations.forms import fields_of, read_step, typed
from awards.nominations.queries import Terms, open_draft_of, terms_of
from awards.nominations.timetable import timetable
from awards.nominations.web.draft import too_late
from awards.nominations.web.limits import limit_drafts
from awards.nominations.web.steps import check_page, step_page, switched
from awards.nominations.web.told import copies
from awards.rounds.queries import PublicPrize, listed, public_prize
from awards.rounds.rules import ORGANISATION_KINDS, is_open
from awards.rounds.tables import Prize
from awards.rounds.words import KINDS, TIES, criteria_rule_words
from awards.settings import Settings
from awards.web.forms import Form
from awards.web.i18n import N_, _, ngettext
from awards.web.pages import Page, Request, go_to, page
from awards.web.problems import too_many

EXCLUSIONS = {
    "excludes_members": N_("Members of the council cannot be nominated."),
    "excludes_employees": N_("Employees of the municipality cannot be nominated."),
    "excludes_self": N_("You cannot nominate yourself."),
    "excludes_paid": N_(
        "Only volunteer work counts: unpaid, and for others than oneself or one's family. "
        "Small allowances do not count as pay."
    ),
}


@get("/{council:str}/{year:int}/{prize:str}", name="nominations.prize")
async def show_prize(
    request: Request,
    council: FromPath[str],
    year: FromPath[int],
    prize: FromPath[str],
    clock: NamedDependency[Clock],
) -> Page:
    return _prize_page(request, "nominations/prize.html", await public_prize(council, year, prize), clock.now())


@get("/{council:str}/{year:int}/{prize:str}/tekst", name="nominations.plain")
async def show_plainly(
    request: Request,
    council: FromPath[str],
    year: FromPath[int],
    prize: FromPath[str],
    clock: NamedDependency[Clock],
) -> Page:
    """The same as plain text, to have read aloud."""
    return _prize_page(request, "nominations/plain.html", await public_prize(council, year, prize), clock.now())


def _prize_page(request: Request, template: str, found: PublicPrize, now: datetime) -> Page:
    row = found.prize
    return page(
        request,
        template,
        public=True,
        council=found.council,
        round=found.round,
        prize=row,
        criteria=found.criteria,
        rule=criteria_rule_words(
            row.criteria_rule,
            row.criteria_minimum,
            sum(criterion.required for criterion in found.criteria),
            len(found.criteria),
        ),
        kinds=[_(KINDS[kind]) for kind in KINDS if kind in listed(row.kinds)],
        ties=_ties(row),
        exclusions=_exclusions(row),
        timetable=timetable(found.round, now),
        is_open=is_open(found.round, now) and not row.outcome,
        now=now,
        address=f"/{found.council.slug}/{found.round.year}/{row.slug}",
    )


def _exclusions(prize: Prize) -> list[str]:
    """Who cannot win, a sentence each."""
    sentences = [_(text) for column, text in EXCLUSIONS.items() if getattr(prize, column)]
    if years := prize.excludes_winners_years:
        words = ngettext(
            "Whoever won the prize last year cannot win again yet.",
            "Whoever won the prize in the last %(n)s years cannot win again yet.",
            years,
        )
        sentences.append(words % {"n": years})
    return sentences


def _ties(prize: Prize) -> list[tuple[str, list[str]]]:
    """Of whom a tie to the place is asked, and which are accepted; once where all are asked for the same."""
    kinds = set(listed(prize.kinds))
    people = [_(TIES[tie]) for tie in listed(prize.ties)] if kinds - ORGANISATION_KINDS else []
    organisations = [_(TIES[tie]) for tie in listed(prize.organisation_ties)] if kinds & ORGANISATION_KINDS else []
    if people == organisations or kinds <= ORGANISATION_KINDS or kinds.isdisjoint(ORGANISATION_KINDS):
        groups = [(_("Tie to the municipality"), people or organisations)]
    else:
        groups = [
            (_("Tie of people and initiatives to the municipality"), people),
            (_("Tie of associations, companies and institutions to the municipality"), organisations),
        ]
    return [(who, accepted) for who, accepted in groups if accepted]


@get("/{council:str}/{year:int}/{prize:str}/indstil", name="nominations.begin")
async def show_first_step(
    request: Request,
    council: FromPath[str],
    year: FromPath[int],
    prize: FromPath[str],
    clock: NamedDependency[Clock],
) -> Page:
    terms = await _open_terms(council, year, prize, clock)
    return step_page(
        request,
        "kandidat",
        terms,
        Form({"prize": terms.prize.slug}),
        base=_address(terms),
        draft=uuid4(),
        begun=await open_draft_of(request.actor.session, terms.prize.id),
    )


@post("/{council:str}/{year:int}/{prize:str}/indstil", name="nominations.start")
async def start(
    request: Request,
    council: FromPath[str],
    year: FromPath[int],
    prize: FromPath[str],
    clock: NamedDependency[Clock],
    settings: NamedDependency[Settings],
) -> Page | Response[str]:
    """The first step makes the draft, right or wrong, so that nothing typed is lost."""
    form = Form(await request.form())
    try:
        terms = await _open_terms(council, year, prize, clock)
    except DeadlinePassed:
        terms = await terms_of(await public_prize(council, year, prize))
        return too_late(request, typed(form, fields_of("kandidat", terms), {}), terms)
    terms = await switched(terms, form)
    read_step(form, "kandidat", terms)
    kept = typed(form, fields_of("kandidat", terms), {})
    try:
        await limit_drafts(request, clock.now())
    except TooMany as refusal:
        return too_many(request, refusal, copies=copies(kept, terms))
    session, cookie = request.actor.session, None
    if session is None:
        opened = await begin_session(agent=request.headers.get("user-agent", ""), clock=clock, settings=settings)
        session, cookie = opened.session, opened.cookie
    draft = await start_draft(_proposed(form), terms.prize.id, kept, session=session, clock=clock)
    if form.errors:
        answer = step_page(request, "kandidat", terms, form, base=f"/kladder/{draft}", draft=draft)
    else:
        answer = go_to(request, f"/kladder/{draft}/begrundelse")
    if cookie is not None:
        answer.set_cookie(cookie)
    return answer


@post("/{council:str}/{year:int}/{prize:str}/indstil/tjek", name="nominations.begin_check")
async def check_first_step(
    request: Request,
    council: FromPath[str],
    year: FromPath[int],
    prize: FromPath[str],
    clock: NamedDependency[Clock],
) -> Page:
    terms = await _open_terms(council, year, prize, clock)
    form = Form(await request.form())
    terms = await switched(terms, form)
    return await check_page(
        request, "kandidat", terms, form, base=_address(terms), draft=_proposed(form), now=clock.now()
    )


async def _open_terms(council: str, year: int, prize: str, clock: Clock) -> Terms:
    """Raises NotFound, or RuleBroken when the prize takes no nominations now."""
    terms = await terms_of(await public_prize(council, year, prize))
    now = clock.now()
    if terms.prize.outcome:
        raise RuleBroken("The prize is not awarded this year.")
    if terms.round.closes_at is not None and now >= terms.round.closes_at:
        raise DeadlinePassed("The deadline has passed.")
    if not is_open(terms.round, now):
        raise RuleBroken("Nominations are not open yet.")
    return terms


def _address(terms: Terms) -> str:
    return f"/{terms.council.slug}/{terms.round.year}/{terms.prize.slug}/indstil"


def _proposed(form: Form) -> UUID:
    """The id that the form carries, so that a second click meets the same draft."""
    try:
        return UUID(form.value("draft"))
    except ValueError:
        return uuid4()


HANDLERS = [show_prize, show_plainly, show_first_step, start, check_first_step]
