"""The overview's tasks in words."""

from collections.abc import Callable

from awards.administration.overview import Task
from awards.web.formats import show_deadline
from awards.web.i18n import N_, _, ngettext

LABELS = {
    "set_up": N_("Set the round up, and open it for nominations"),
    "receiving": N_("Nominations are being received"),
    "screened": N_("All nominations received are screened"),
    "answer": N_("Tell whether you are too close to a candidate"),
    "answered": N_("You have told whether you are too close to a candidate"),
    "open_vote": N_("Open the vote"),
    "vote_open": N_("The vote is open"),
    "counting": N_("The vote is closed and is being counted"),
    "tie_waits": N_("The votes are tied: the chair decides"),
    "decision_waits": N_("The chair approves the council's decision"),
    "decide_tie": N_("The votes are tied: make the decision"),
    "approve": N_("Approve the result"),
    "approval_waits": N_("The result waits for the other approval"),
    "approve_decision": N_("Approve the council's decision"),
    "vote": N_("Cast your vote"),
    "not_on_roll": N_("The vote is open; you are not on the roll"),
    "vote_closed": N_("The vote is closed; the result is being approved"),
    "read": N_("Read about the candidates"),
    "decided": N_("The council has decided"),
    "write": N_("Write about the winner"),
    "publish": N_("Publish the winner"),
    "published": N_("The winner is published"),
    "undecided": N_("Waits for the council's decision"),
    "recused": N_("You take no part in this prize"),
    "not_awarded": N_("The prize is not awarded this year"),
}
COUNTED: dict[str, Callable[[int], str]] = {
    "screen": lambda n: ngettext("Screen %(n)s nomination", "Screen %(n)s nominations", n),
    "confirm": lambda n: ngettext(
        "Confirm the candidates: %(n)s nomination is accepted",
        "Confirm the candidates: %(n)s nominations are accepted",
        n,
    ),
    "unanswered": lambda n: ngettext(
        "%(n)s member has not answered about inhabilitet", "%(n)s members have not answered about inhabilitet", n
    ),
    "doubts": lambda n: ngettext(
        "%(n)s doubt about inhabilitet waits for the council",
        "%(n)s doubts about inhabilitet wait for the council",
        n,
    ),
    "settle_doubts": lambda n: ngettext(
        "Record what the council decides about %(n)s doubt", "Record what the council decides about %(n)s doubts", n
    ),
    "confirm_access": lambda n: ngettext(
        "Confirm a new voting card or address for %(n)s member",
        "Confirm a new voting card or address for %(n)s members",
        n,
    ),
    "locked_out": lambda n: ngettext("%(n)s person cannot sign in yet", "%(n)s people cannot sign in yet", n),
    "undelivered": lambda n: ngettext("%(n)s mail did not arrive", "%(n)s mails did not arrive", n),
}
# What stands in the tag, and its tone.
STATES = {
    "todo": (N_("Waits for you"), "warn"),
    "waiting": (N_("Under way"), "neutral"),
    "done": (N_("Done"), "good"),
}
# Tasks that stay open as long as one likes to do them again: the tag must not tell whether it was done.
OPEN = {"vote", "read"}


def label(task: Task) -> str:
    """`Gå 3 indstillinger igennem`."""
    if task.key in COUNTED:
        return COUNTED[task.key](task.n) % {"n": task.n}
    return _(LABELS[task.key])


def hint(task: Task) -> str:
    """The deadline, where there is one."""
    return _("Until %(deadline)s", deadline=show_deadline(task.until)) if task.until else ""


def tag(task: Task) -> tuple[str, str]:
    """The state in words, and its tone."""
    if task.key in OPEN:
        return _("Open"), "accent"
    if task.key == "recused":
        return _("Recused"), "neutral"
    words, tone = STATES[task.state]
    return _(words), tone
