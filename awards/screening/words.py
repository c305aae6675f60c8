"""Screening in words: states, verdicts, outcomes, and what a nomination tells."""

from awards.nominations.languages import written_in
from awards.nominations.tables import Nomination
from awards.rounds.words import KINDS, TIES
from awards.web.formats import show_datetime
from awards.web.i18n import N_, _

STATES = {
    "received": N_("Waiting"),
    "accepted": N_("Accepted"),
    "rejected": N_("Rejected"),
    "withdrawn": N_("Withdrawn"),
}
VERDICTS = {"met": N_("Met"), "not_met": N_("Not met"), "unsure": N_("Unsure – for the council")}
OUTCOMES = {
    "assessed": N_("Assessed"),
    "accepted": N_("Accepted"),
    "rejected": N_("Rejected"),
    "brought_back": N_("Taken up again"),
    "reopened": N_("Changed or withdrawn by the nominator"),
    "moved": N_("Moved to another prize"),
    "redacted": N_("Changed what is hidden from the council"),
    "translated": N_("Wrote the Danish text"),
    "merged": N_("Laid into another dossier"),
    "parted": N_("Parted from the dossier"),
}

INQUIRIES = {
    "asked": N_("Waiting for an answer"),
    "answered": N_("Has answered"),
    "overdue": N_("Has not answered in time"),
}
PANELS = {
    "yours": N_("Waits for your verdicts"),
    "others": N_("Waits for the other assessor"),
    "differ": N_("The assessors differ"),
    "judged": N_("Assessed by both"),
}
OBSTACLES = {
    "settled": N_("Is settled or withdrawn"),
    "unassessed": N_("Not every criterion is assessed"),
    "unmet": N_("Does not meet the criteria"),
    "alike": N_("Looks like another: decide it by itself"),
    "awaited": N_("Waiting for an answer"),
    "confirmed": N_("The candidates of the prize are confirmed"),
    "nothing": N_("Nothing to remind of"),
    "lately": N_("Was reminded or asked within a day"),
    "changed": N_("Somebody else was first"),
    "refused": N_("Could not be done: open it"),
}
INQUIRY_TONES = {"asked": "accent", "answered": "good", "overdue": "warn"}


def facts_of(nomination: Nomination) -> list[dict[str, str]]:
    """What the nominator told, as rows of a summary list; what they left out is left out."""
    aware = {"yes": _("Yes"), "no": _("No")}.get(nomination.aware, "")
    rows = (
        (_("Kind"), _(KINDS[nomination.kind]) if nomination.kind in KINDS else ""),
        (_("CVR number"), nomination.cvr),
        (_("Tie to the municipality"), _(TIES[nomination.tie]) if nomination.tie in TIES else ""),
        (_("The candidate's contact"), _dotted(nomination.nominee_email, nomination.nominee_phone)),
        (_("The candidate knows of it"), aware),
        (
            _("Nominated by"),
            _dotted(nomination.nominator, nomination.organisation, nomination.email, nomination.phone),
        ),
        (_("Knows the candidate how"), nomination.relation),
        (_("Language of the text"), written_in(nomination.written_in)),
        (_("Received"), show_datetime(nomination.received_at)),
    )
    return [{"key": key, "value": value} for key, value in rows if value]


def told_verdicts(changes: str) -> str:
    """`1:>met 2:met>unsure`, as an assessment notes what it changed, in words."""
    told = []
    for change in changes.split():
        number, verdicts = change.split(":")
        before, after = verdicts.split(">")
        now = _("Criterion %(n)s: %(verdict)s", n=number, verdict=_(VERDICTS[after]))
        told.append(_("%(now)s (before: %(before)s)", now=now, before=_(VERDICTS[before])) if before else now)
    return " · ".join(told)


def _dotted(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
