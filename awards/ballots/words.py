"""Votes in words: their states, what ended them, and how a ballot of each kind is filled in."""

import json

from awards.ballots.casting import manifest_of
from awards.ballots.tables import Poll
from awards.web.formats import show_names
from awards.web.i18n import N_, _

STATES = {
    "": N_("Not prepared"),
    "draft": N_("Prepared"),
    "armed": N_("Prepared"),
    "open": N_("Open"),
    "closed": N_("Being counted"),
    "counted": N_("Being counted"),
    "tie": N_("A tie"),
    "decided": N_("Waiting for approval"),
    "approved": N_("Approved"),
    "destroyed": N_("Approved"),
    "void": N_("Ended without a result"),
}
TONES = {"open": "good", "tie": "warn", "decided": "warn", "void": "bad", "approved": "good", "destroyed": "good"}

# What a count without a result can end in; a reason that people wrote stands as it is.
VOID_REASONS = {
    "no_ballots": N_("Nobody voted."),
    "no_quorum": N_("Too few voted, so the council could not decide. The ballots were not opened."),
    "no_valid": N_("No ballot was for anybody."),
    "no_candidates": N_("There was nobody left to vote about."),
    "no_support": N_("No candidate got any support."),
    "withdrawn": N_("A candidate has withdrawn, so a new vote is needed."),
    "tie": N_("The votes are equal, and the council's rules ask for a new vote."),
}


def void_words(poll: Poll) -> str:
    """Why the vote ended without a result, in the language of the page."""
    if poll.void_reason == "runoff":
        names = show_names(finalists_of(poll))
        return _("Nobody got more than half. There is a second round between %(names)s.", names=names)
    known = VOID_REASONS.get(poll.void_reason)
    if known:
        return _(known)
    written = poll.void_reason.rstrip()
    return written if written.endswith((".", "!", "?")) or not written else f"{written}."


def finalists_of(poll: Poll) -> list[str]:
    """The names of those between whom there is a second round after this vote."""
    ids = json.loads(poll.finalists)
    return [entry.name for entry in manifest_of(poll).entries if str(entry.candidate) in ids] if ids else []


METHODS = {
    "single": N_("Each member chooses one candidate."),
    "ranked": N_("Each member ranks the candidates."),
    "approval": N_("Each member chooses all the candidates they can support."),
    "score": N_("Each member gives every candidate points for each criterion."),
}
