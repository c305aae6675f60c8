"""Reading the forms of rounds, prizes, criteria and laureates, and filling them from what is stored."""

import json
from datetime import datetime
from urllib.parse import urlsplit

from awards.councils.forms import read_address
from awards.councils.rules import slug_of
from awards.rounds.actions import Timetable
from awards.rounds.criteria import CriterionTerms
from awards.rounds.desk_words import MOMENTS
from awards.rounds.laureates import LaureateDetails
from awards.rounds.prizes import PrizeTerms, PrizeTexts
from awards.rounds.queries import listed
from awards.rounds.readiness import order_faults
from awards.rounds.rules import CRITERIA_RULES, KINDS, METHODS, ORGANISATION_TIES, PEOPLE_TIES
from awards.rounds.tables import Criterion, Laureate, Prize, Round
from awards.web.forms import Form, moment_values
from awards.web.i18n import N_, _

Values = dict[str, str | list[str]]

# The other moments name a beginning, these the end of a time: without a time of day they mean the whole day.
DEADLINES = ("closes_at", "screening_ends_at", "voting_ends_at")
EVERY_MOMENT = ("opens_at", *DEADLINES, "announce_at", "ceremony_at", "ceremony_ends_at")

NEW_PRIZE: Values = {
    "may_be_shared": "1",
    "kinds": ["person", "persons", "association", "company", "initiative"],
    "ties": ["lives", "works", "effort"],
    "organisation_ties": ["address", "effort"],
    "criteria_rule": "all",
    "criteria_minimum": "1",
    "excludes": ["members"],
    "excludes_winners_years": "0",
    "method": "auto",
}


def read_timetable(form: Form, round: Round) -> Timetable:
    """Every moment may be open while the round is being set up. Once it is open, its opening and deadline are as
    stored: the form no longer has them."""
    frozen = round.opened_at is not None
    moments: dict[str, datetime | None] = {
        name: form.moment(name, required=False, is_deadline=name in DEADLINES)
        for name in EVERY_MOMENT
        if not (frozen and name in ("opens_at", "closes_at"))
    }
    if frozen:
        moments |= {"opens_at": round.opens_at, "closes_at": round.closes_at}
    for name, earlier in order_faults(moments).items():
        form.fail(name, N_("It must come after: %(moment)s."), moment=_(MOMENTS[earlier]))
    place = form.text("ceremony_place", maximum=300, required=False)
    return Timetable(**moments, ceremony_place=place)


def timetable_values(round: Round) -> Values:
    values: Values = {"ceremony_place": round.ceremony_place}
    for name in EVERY_MOMENT:
        values |= moment_values(name, getattr(round, name), is_deadline=name in DEADLINES)
    return values


def read_texts(form: Form) -> PrizeTexts:
    return PrizeTexts(
        title=form.text("title", maximum=200),
        purpose=form.text("purpose", maximum=2000, lines=True),
        award=form.text("award", maximum=200, required=False),
        decided_by=form.text("decided_by", maximum=500, lines=True, required=False),
    )


def read_terms(form: Form) -> PrizeTerms:
    # An address left empty is made of the title.
    slug = read_address(form) if form.value("slug").strip() else slug_of(form.value("title"))
    if not slug and "title" not in form.errors:
        form.fail("slug", N_("Write an address for the prize, such as integrationsprisen."))
    kinds = form.choices("kinds", KINDS, minimum=1)
    amount = form.kroner("amount", required=False)
    rule = form.choice("criteria_rule", CRITERIA_RULES)
    minimum = form.whole("criteria_minimum", minimum=1, maximum=50, required=rule == "at_least")
    excludes = form.choices("excludes", EXCLUSIONS)
    years = form.whole("excludes_winners_years", minimum=0, maximum=50, required=False)
    method = form.choice("method", METHODS)
    return PrizeTerms(
        slug=slug,
        amount_ore=amount,
        may_be_shared=form.flag("may_be_shared"),
        kinds=kinds,
        ties=form.choices("ties", PEOPLE_TIES),
        organisation_ties=form.choices("organisation_ties", ORGANISATION_TIES),
        criteria_rule=rule,
        criteria_minimum=minimum or 1,
        excludes_members="members" in excludes,
        excludes_employees="employees" in excludes,
        excludes_self="self" in excludes,
        excludes_paid="paid" in excludes,
        excludes_winners_years=years or 0,
        asks_phone=form.flag("asks_phone"),
        method=method,
        method_options={"majority": True} if method == "single" and form.flag("majority") else {},
    )


EXCLUSIONS = ("members", "employees", "self", "paid")


def prize_values(prize: Prize) -> Values:
    kroner, _oere = divmod(prize.amount_ore, 100)
    return {
        "title": prize.title,
        "slug": prize.slug,
        "purpose": prize.purpose,
        "amount": str(kroner) if kroner else "",
        "award": prize.award,
        "decided_by": prize.decided_by,
        "may_be_shared": "1" if prize.may_be_shared else "",
        "kinds": listed(prize.kinds),
        "ties": listed(prize.ties),
        "organisation_ties": listed(prize.organisation_ties),
        "criteria_rule": prize.criteria_rule,
        "criteria_minimum": str(prize.criteria_minimum),
        "excludes": [name for name in EXCLUSIONS if getattr(prize, f"excludes_{name}")],
        "excludes_winners_years": str(prize.excludes_winners_years),
        "asks_phone": "1" if prize.asks_phone else "",
        "method": prize.method,
        "majority": "1" if json.loads(prize.method_options).get("majority") else "",
    }


def read_criterion(form: Form) -> CriterionTerms:
    return CriterionTerms(
        text=form.text("text", maximum=1000, lines=True),
        question=form.text("question", maximum=500, required=False),
        required=form.flag("required"),
        weight=form.whole("weight", minimum=1, maximum=100, required=False) or 1,
    )


def criterion_values(criterion: Criterion) -> Values:
    return {
        "text": criterion.text,
        "question": criterion.question,
        "required": "1" if criterion.required else "",
        "weight": str(criterion.weight),
    }


def read_laureate(form: Form, latest: int) -> LaureateDetails:
    """A winner of a year up to `latest`. The title names the series, so that years of one prize stand together."""
    title = form.text("prize_title", maximum=200)
    year = form.whole("year", minimum=1950, maximum=latest)
    name = form.text("name", maximum=300)
    line = form.text("line", maximum=500, required=False)
    link = form.text("link", maximum=500, required=False)
    if link and (urlsplit(link).scheme not in ("http", "https") or not urlsplit(link).netloc):
        form.fail("link", N_("Write a whole web address, such as https://example.dk."))
    cvr = form.cvr("cvr")
    series = slug_of(title)
    if title and not series:
        form.fail("prize_title", N_("Use letters from a to å in the name of the prize."))
    return LaureateDetails(
        series=series, prize_title=title, year=year or latest, name=name, cvr=cvr, line=line, link=link
    )


def laureate_values(laureate: Laureate) -> Values:
    names = ("prize_title", "year", "name", "line", "link", "cvr")
    return {name: str(getattr(laureate, name)) for name in names}
