"""Reading the forms of councils, seats and offices, and filling them from what is stored."""

from datetime import date
from uuid import UUID

from awards.councils.actions import CouncilDetails
from awards.councils.people import Chosen
from awards.councils.rules import ACCENTS, QUORUM_RULES, TIE_RULES, is_slug
from awards.councils.tables import Council
from awards.web.forms import Form
from awards.web.i18n import N_

Values = dict[str, str | list[str]]

NEW_COUNCIL: Values = {
    "accent": "1",
    "quorum_rule": "half",
    "tie_rule": "chair",
    "ballots_kept_days": "28",
    "nominations_kept_months": "12",
}


def read_council(form: Form) -> CouncilDetails:
    name = form.text("name", maximum=200)
    municipality = form.text("municipality", maximum=200)
    email = form.email("email")
    phone = form.phone("phone", required=True)
    address = form.text("address", maximum=300, lines=True, required=False)
    accent = form.choice("accent", [str(number) for number in ACCENTS])
    legal_basis = form.text("legal_basis", maximum=500, lines=True, required=False)
    officer = form.text("data_protection_officer", maximum=500, lines=True, required=False)
    quorum_rule = form.choice("quorum_rule", QUORUM_RULES)
    number = form.whole("quorum_number", minimum=1, maximum=200, required=False) if quorum_rule == "number" else None
    if quorum_rule == "number" and number is None:
        form.fail("quorum_number", N_("Write how many members must vote."))
    tie_rule = form.choice("tie_rule", TIE_RULES)
    ballots_kept = form.whole("ballots_kept_days", minimum=7, maximum=365)
    nominations_kept = form.whole("nominations_kept_months", minimum=1, maximum=60)
    return CouncilDetails(
        name=name,
        municipality=municipality,
        email=email,
        phone=phone,
        address=address,
        accent=int(accent or 1),
        legal_basis=legal_basis,
        data_protection_officer=officer,
        quorum_rule=quorum_rule,
        quorum_number=number,
        tie_rule=tie_rule,
        ballots_kept_days=ballots_kept or 28,
        nominations_kept_months=nominations_kept or 12,
    )


def council_values(council: Council) -> Values:
    names = (*CouncilDetails.__dataclass_fields__,)
    return {name: "" if getattr(council, name) is None else str(getattr(council, name)) for name in names}


def read_address(form: Form, name: str = "slug") -> str:
    """A word of an address, in small letters."""
    slug = form.text(name, maximum=60).lower()
    if slug and not is_slug(slug):
        form.fail(name, N_("Use the letters a–z, digits and hyphens, and not digits alone."))
    return slug


def read_chosen(form: Form) -> Chosen:
    """Somebody from the list (`person`), or somebody new (`new_name`, `new_email`)."""
    text = form.value("person")
    if text:
        try:
            return Chosen(UUID(text))
        except ValueError:
            form.fail("person", N_("Choose one."))
            return Chosen(None)
    missing = N_("Choose somebody from the list, or write the name of somebody new.")
    name = form.text("new_name", maximum=200, missing=missing)
    email = form.email("new_email", missing=N_("Write the e-mail address of the new person."))
    return Chosen(None, name, email)


def read_days(form: Form) -> tuple[date, date | None]:
    """First and last day; the last may be open. Without a first day the form has an error."""
    starts = form.date("starts")
    ends = form.date("ends", required=False)
    if starts and ends and ends < starts:
        form.fail("ends", N_("The last day comes before the first."))
    return starts or date.min, ends


def days_values(starts: date | None, ends: date | None) -> Values:
    return {"starts": f"{starts:%d.%m.%Y}" if starts else "", "ends": f"{ends:%d.%m.%Y}" if ends else ""}
