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


# Label, path below the council, who sees it. The pages guard themselves: this only spares people dead ends.
ENTRIES = (
    (N_("Overview"), "/overblik", EVERY_ROLE),
    (N_("People"), "/personer", frozenset({"secretary"})),
    (N_("Settings"), "/opsaetning", frozenset({"secretary"})),
)


def navigation(council: str, roles: Set[str], path: str) -> list[Entry]:
    """The entries for `roles`, the one that `path` lies under marked as current."""
    mine = [(label, f"/{council}{below}") for label, below, whose in ENTRIES if not whose.isdisjoint(roles)]
    return [Entry(address, _(label), f"{path}/".startswith(f"{address}/")) for label, address in mine]
