"""The rules of prizes in words, for forms, prize pages and checks."""

from awards.rounds.rules import Check
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
}
METHODS = {
    "auto": N_("By the number of candidates"),
    "single": N_("One choice"),
    "ranked": N_("Ranking"),
    "approval": N_("Approval"),
    "score": N_("Points for each criterion"),
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


MOMENTS = {
    "opens_at": N_("Nominations open"),
    "closes_at": N_("Deadline for nominations"),
    "screening_ends_at": N_("The screening ends"),
    "voting_ends_at": N_("The vote ends"),
    "announce_at": N_("The winners are announced"),
    "ceremony_at": N_("The ceremony begins"),
    "ceremony_ends_at": N_("The ceremony ends"),
}
PHASES = {
    "setup": N_("Being set up"),
    "nominating": N_("Nominations are open"),
    "screening": N_("Screening"),
    "voting": N_("Voting"),
    "deciding": N_("The result is being decided"),
    "published": N_("Published"),
}
KIND_HINTS = {
    "person": N_("Somebody by name."),
    "persons": N_("For instance a couple, or volunteers who did it together."),
    "association": N_("It has a name, and maybe a CVR number."),
    "company": N_("It has a CVR number."),
    "institution": N_("Leave it out when the municipality's own places cannot win."),
    "initiative": N_("Something people do, whoever is behind it."),
}
METHOD_HINTS = {
    "auto": N_("One choice with two candidates, a ranking with three or more. Right for most councils."),
    "single": N_("Each member chooses one candidate."),
    "ranked": N_("Each member puts the candidates in order."),
    "approval": N_("Each member chooses all whom they can support."),
    "score": N_("Each member gives every candidate points for each criterion."),
}
EXCLUSIONS = {
    "members": N_("Members of the council"),
    "employees": N_("Employees of the municipality"),
    "self": N_("People who nominate themselves"),
}
TASKS = {
    "council": N_("The council's details"),
    "people": N_("Members and roles"),
    "about": N_("Title and introduction"),
    "timetable": N_("Timetable"),
    "ceremony": N_("Ceremony"),
    "prizes": N_("Prizes"),
}
WHYS = {
    "council": N_("Phone, e-mail, legal basis and data protection officer are told to nominees."),
    "people": N_("The council has no chair today. You need one before the vote."),
    "about": N_("Two or three sentences for the front page."),
    "timetable": N_("Opening, deadline, screening, vote and announcement need a date."),
    "order": N_("The dates are out of order."),
    "past": N_("The deadline has passed already."),
    "ceremony": N_("Time and place can wait."),
    "prizes": N_("There is no prize yet."),
    "kinds": N_("Say who can be nominated."),
    "criteria": N_("It has no criteria yet."),
    "minimum": N_("More criteria are asked for than there are."),
}
