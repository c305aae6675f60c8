"""Full-text search that is the same on both engines: one folded column and `LIKE`, a word at a time.

Whoever searches for `Aarhus`, `århus` or `arhus` finds `Århus`, and `olena` finds `Олена`.
"""

import re
from collections.abc import Iterable, Sequence

from awards.likeness import latin
from awards.names import normalise

# How the letters are written where a keyboard, or a reader, does not have them.
BARE = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "Æ": "ae", "Ø": "o", "Å": "a"})
SENTENCES = re.compile(r"(?<=[.!?])\s+|\n+")
EXCERPT = 200


def findable(texts: Iterable[str]) -> str:
    """What the column of searched words holds for these texts: every way in which a word may be typed, once."""
    whole = " ".join(text for text in texts if text)
    ways = (normalise(whole), normalise(whole.translate(BARE)), *([] if whole.isascii() else [latin(whole)]))
    first, *others = (way.split() for way in ways)
    known = set(first)
    more = dict.fromkeys(word for way in others for word in way if word not in known)
    return " ".join([*first, *more])


def sought(query: str) -> list[str]:
    """The words of a search, each of which has to be found, folded as the column is."""
    return list(dict.fromkeys(normalise(query.replace("_", " ")).split()))  # which LIKE takes for any letter


def excerpt(words: Sequence[str], texts: Iterable[str]) -> str:
    """The first sentence in which one of the `words` stands, shortened around nothing but its end; else empty."""
    for text in texts:
        for sentence in SENTENCES.split(text):
            folded = findable([sentence])
            if any(word in folded for word in words):
                return sentence if len(sentence) <= EXCERPT else f"{sentence[:EXCERPT].rsplit(' ', 1)[0]} …"
    return ""
