"""The navigation of signed-in pages: what each role works with."""

from collections.abc import Set
from typing import NamedTuple

from awards.web.i18n import N_, _

EVERY_ROLE = frozenset({"member", "chair", "vice_chair", "secretary", "communications"})


class Entry(NamedTuple):
    """One link of the navigation, as `base_signed_in.html` unpacks it; `path` is without the language prefix."""

    path: str
    label: str
    current: bool


STAFF = frozenset({"secretary", "communications"})

# Label, path below the council, who sees it. The pages guard themselves: this only spares people dead ends.
# Those with a year stand there on the pages of that year's round.
ENTRIES = (
    (N_("Overview"), "/overblik", EVERY_ROLE),
    (N_("Nominations received"), "/{year}/indstillinger", frozenset({"secretary"})),
    (N_("The candidates"), "/{year}/nominerede", frozenset({"secretary"})),
    (N_("Votes"), "/{year}/afstemninger", frozenset({"secretary"})),
    (N_("Vote"), "/{year}/afstemning", frozenset({"member"})),
    (N_("Publish the winners"), "/{year}/vindere", STAFF),
    (N_("People"), "/personer", frozenset({"secretary"})),
    (N_("Settings"), "/opsaetning", frozenset({"secretary"})),
    (N_("Mails"), "/mails", frozenset({"secretary"})),
    (N_("Data protection"), "/databeskyttelse", frozenset({"secretary"})),
)


def navigation(council: str, roles: Set[str], path: str, year: int | None = None) -> list[Entry]:
    """The entries for `roles`, the one that `path` lies under marked as current; `year` is the round's, if any."""
    mine = [
        (label, f"/{council}{below.format(year=year)}")
        for label, below, whose in ENTRIES
        if not whose.isdisjoint(roles) and (year is not None or "{year}" not in below)
    ]
    return [Entry(address, _(label), f"{path}/".startswith(f"{address}/")) for label, address in mine]
