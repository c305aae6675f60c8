"""The rules of prizes in words, for everybody: on the form, the prize page and in the checks."""

from awards.rounds.rules import NO_TIE, Check
from awards.web.i18n import N_, _, ngettext

KINDS = {
    "person": N_("One person"),
    "persons": N_("Several people together"),
    "association": N_("An association or organisation"),
    "company": N_("A company"),
    "institution": N_("An institution, such as a school or a library"),
    "initiative": N_("An initiative or project"),
}
TIES = {
    "lives": N_("Lives in the municipality"),
    "works": N_("Works in the municipality"),
    "effort": N_("Makes an effort that benefits people in the municipality"),
    "address": N_("Has its address in the municipality"),
    NO_TIE: N_("None of these"),
}

_CHECKS = {
    ("kind", "met"): N_("Can be nominated for this prize."),
    ("kind", "not_met"): N_("This kind of nominee cannot receive this prize."),
    ("kind", "judge"): N_("Not told whether it is a person, an association or something else."),
    ("tie", "met"): N_("Has the tie to the municipality that the prize asks for."),
    ("tie", "not_met"): N_("Does not seem to have the tie to the municipality that the prize asks for."),
    ("tie", "judge"): N_("Not told how the nominee is tied to the municipality."),
    ("member", "met"): N_("Is not a member of the council."),
    ("member", "not_met"): N_("Has the same name as a member of the council. Members cannot be nominated."),
    ("member", "judge"): N_("May include a member of the council. Members cannot be nominated."),
    ("employee", "judge"): N_("Employees of the municipality cannot be nominated. The secretariat checks it."),
    ("paid", "judge"): N_("Only unpaid work counts. The secretariat checks it."),
    ("self", "met"): N_("Is nominated by somebody else."),
    ("self", "not_met"): N_("It looks as if you nominate yourself. That is not possible for this prize."),
    ("self", "judge"): N_("The nominator may be one of the nominees. Nobody can nominate themselves."),
    ("winner", "met"): N_("Has not won this prize recently."),
    ("winner", "not_met"): N_("Won this prize in %(year)s, which is too recent to win again."),
}


def check_words(check: Check) -> str:
    """One sentence about `check`, in the language of the page."""
    return _(_CHECKS[check.key, check.outcome], year=check.detail)


def criteria_rule_words(rule: str, minimum: int, required: int, total: int) -> str:
    """How many of `total` criteria a nominee must meet, `required` of them in any case."""
    others = total - required
    wanted = min(minimum, others)
    if rule == "all" or (total and wanted == others):
        return _("The nominee must meet all of the criteria.")
    if not required:
        return ngettext(
            "The nominee must meet at least %(n)s of the criteria.",
            "The nominee must meet at least %(n)s of the criteria.",
            wanted,
        ) % {"n": wanted}
    return _(
        "The nominee must meet the criteria marked as required, and at least %(n)s of the others.",
        n=wanted,
    )
