"""Rules of councils: their settings, who sits when, and addresses that no council or prize may take."""

import re
from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from awards.names import normalise

T = TypeVar("T")

QUORUM_RULES = ("half", "majority", "number")
TIE_RULES = ("chair", "new_poll")
ACCENTS = range(1, 9)

ROLES = ("chair", "vice_chair", "secretary", "deputy_secretary", "communications")
# Held by several at a time, in order of rank; the sole ones by one at a time.
RANKED_ROLES = ("vice_chair", "deputy_secretary")
SOLE_ROLES = ("chair", "secretary")
# A chair is one of the council's members; staff need not be.
MEMBERS_ROLES = ("chair", "vice_chair")

# First words of the product's own addresses, at the top and below a council or a round.
_WORDS = (
    "admin administration afmeld afstemning afstemninger api ar arkiv auditor bekraeft bekraeft-dig besvar "
    "bilag brugere cookies da data demonstration en favicon.ico fejl filer forside foto genskab glemt "
    "healthz hjaelp indstil indstilling indstillinger inhabil inhabilitet invitation kandidat kandidater "
    "kladde kladder kontakt kvittering link log log-ind log-ud logo mails medlemmer metrics min-side "
    "mine-enheder mit modtagne-indstillinger nominerede ny om opsaetning overblik personer pl post postkasse "
    "presse priser privatliv proeve profil protokol raad raadet readyz referat resultat resultater revision "
    "robots.txt runde runder sikkerhed sitemap.xml sprog static stem stemmekort stemmer svar tavle tekst "
    "tilgaengelighed tr uk vinder vindere was"
)
RESERVED_SLUGS = frozenset(_WORDS.split())


def is_current(starts: date, ends: date | None, day: date) -> bool:
    """A term or office runs from `starts` to `ends`, both days included; without an end it goes on."""
    return starts <= day and (ends is None or day <= ends)


def overlap(starts: date, ends: date | None, other_starts: date, other_ends: date | None) -> bool:
    """True when two spans share a day."""
    return (ends is None or other_starts <= ends) and (other_ends is None or starts <= other_ends)


def slug_of(name: str) -> str:
    """A word for an address: `Integrationsråd Køge` → `integrationsraad-koege`, at most 60 characters."""
    return re.sub(r"[^a-z0-9]+", "-", normalise(name)).strip("-")[:60].strip("-")


def is_slug(text: str) -> bool:
    """Small letters, digits and single hyphens, not only digits: a number stands for a year in addresses."""
    return bool(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text)) and len(text) <= 60 and not text.isdigit()


def is_reserved(slug: str) -> bool:
    return slug in RESERVED_SLUGS


def moved(order: Sequence[T], item: T, places: int) -> list[T]:
    """`order` with `item` moved by `places`, negative ones up; beyond an end it stays where it was."""
    rest = [other for other in order if other != item]
    place = list(order).index(item) + places
    if not 0 <= place < len(order):
        return list(order)
    return [*rest[:place], item, *rest[place:]]
