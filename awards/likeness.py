"""How alike names are, whatever alphabet they are written in: `محمد علي` and `Mohammed Ali` may be one person."""

import re
from collections.abc import Sequence
from functools import lru_cache

from anyascii import anyascii
from rapidfuzz import fuzz, process

from awards.names import normalise

# Words that a name may have or lack; Arabic's article stands apart in Latin letters.
OPTIONAL = frozenset({"aps", "as", "a", "s", "ivs", "amba", "fmba", "smba", "i", "is", "al", "el", "den", "det", "the"})
# Of a hundred: the same words with a slip of the keyboard; of a short name every letter counts.
ALIKE, ALIKE_WHEN_SHORT, SHORT = 84, 93, 8


def latin(text: str) -> str:
    """`text` normalised, in Latin letters: `Шевченко` → `shevchenko`."""
    return normalise(re.sub(r"['`]", "", anyascii(normalise(text))))


def likeness(name: str, others: Sequence[str]) -> list[float]:
    """0 to 1 for each of `others`: the same words in any order, one name within the other, or the same consonants
    where the alphabets differ (Arabic writes few vowels). 0 for those that do not seem to be alike."""
    one, compared = _key(name), [_key(other) for other in others]
    scores = [0.0] * len(others)
    if not one:
        return scores
    for _other, score, place in process.extract(one, compared, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=None):
        if score >= ALIKE_WHEN_SHORT or min(len(one), len(compared[place])) > SHORT:
            scores[place] = score / 100
    for place, other in enumerate(compared):
        if not scores[place] and other and (_within(one, other) or _sounds_the_same(name, others[place])):
            scores[place] = 0.8
    return scores


@lru_cache(maxsize=8192)
def _key(name: str) -> str:
    """The words that count, in the order of the alphabet; a company form alone is a name too."""
    words = latin(name.replace("/", "")).split()
    return " ".join(sorted([word for word in words if word not in OPTIONAL] or words))


def _within(one: str, other: str) -> bool:
    """`cykelkøkkenet` in `cykelkøkkenet køge`; a short first name in a whole one says too little."""
    a, b = set(one.split()), set(other.split())
    fewer = min(a, b, key=len)
    return (a <= b or b <= a) and len(" ".join(fewer)) > SHORT


def _sounds_the_same(one: str, other: str) -> bool:
    """Of two alphabets: within one, spelling tells more than sound."""
    bones = _bones(one)
    return len(bones) > 3 and normalise(one).isascii() != normalise(other).isascii() and bones == _bones(other)


# One sound, as Danes and as the English write it.
SOUNDS = (("sh|sj|sch", "s"), ("ch|tj|tsj", "c"), ("kh", "k"), ("w", "v"), (r"h\b", ""))
ARABIC_ARTICLE = re.compile(r"\bال(?=\w{3})")


@lru_cache(maxsize=8192)
def _bones(name: str) -> str:
    """Consonants by words, each once in a row: `Mohammed Ali` and `محمد علي` are both `l mhmd`."""
    words = _key(ARABIC_ARTICLE.sub("", name))
    for pattern, sound in SOUNDS:
        words = re.sub(pattern, sound, words)
    return " ".join(sorted(re.sub(r"(.)\1+", r"\1", re.sub(r"[^b-df-hk-np-tvxz]", "", word)) for word in words.split()))
