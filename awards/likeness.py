"""How alike names are, whatever alphabet they are written in: `محمد علي` and `Mohammed Ali` may be one person."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import lru_cache

from anyascii import anyascii
from rapidfuzz import fuzz, process

from awards.names import normalise

# Words that a name may have or lack; Arabic's article stands apart in Latin letters.
OPTIONAL = frozenset({"aps", "as", "a", "s", "ivs", "amba", "fmba", "smba", "i", "is", "al", "el", "den", "det", "the"})
# Of a hundred: the same words with a slip of the keyboard; of a short name every letter counts.
ALIKE, ALIKE_WHEN_SHORT, SHORT = 84, 93, 8
# One name within the other, or two that sound the same in two alphabets.
PROBABLY = 0.8
FEWEST_BONES = 4


def latin(text: str) -> str:
    """`text` normalised, in Latin letters: `Шевченко` → `shevchenko`."""
    return normalise(re.sub(r"['`]", "", anyascii(normalise(text))))


class Names:
    """Names to compare others with. Made once for many comparisons: a thousand names take about a millisecond each."""

    def __init__(self, names: Sequence[str]) -> None:
        self._keys = [_key(name) for name in names]
        self._lengths = [len(key.split()) for key in self._keys]
        self._by_word: defaultdict[str, list[int]] = defaultdict(list)
        self._by_bones: defaultdict[tuple[bool, str], list[int]] = defaultdict(list)
        for place, (name, key) in enumerate(zip(names, self._keys, strict=True)):
            for word in set(key.split()):
                self._by_word[word].append(place)
            self._by_bones[_is_latin(name), _bones(name)].append(place)

    def like(self, name: str) -> dict[int, float]:
        """The places of those that may be the same, each with 0 to 1: the same words in any order, one name within the
        other, or the same consonants where the alphabets differ (Arabic writes few vowels)."""
        one = _key(name)
        if not one:
            return {}
        found = dict.fromkeys(self._within(one), PROBABLY)
        if len(bones := _bones(name)) >= FEWEST_BONES:  # of two alphabets: within one, spelling tells more than sound
            found |= dict.fromkeys(self._by_bones.get((not _is_latin(name), bones), ()), PROBABLY)
        for other, score, place in process.extract(one, self._keys, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=None):
            if score >= ALIKE_WHEN_SHORT or min(len(one), len(other)) > SHORT:
                found[place] = score / 100
        return found

    def _within(self, one: str) -> list[int]:
        """`cykelkøkkenet` in `cykelkøkkenet køge`; a short first name in a whole one says too little."""
        words = set(one.split())
        shared = Counter(place for word in words for place in self._by_word.get(word, ()))
        return [
            place
            for place, number in shared.items()
            if number in (len(words), self._lengths[place]) and min(len(one), len(self._keys[place])) > SHORT
        ]


@lru_cache(maxsize=8192)
def _key(name: str) -> str:
    """The words that count, each once in the order of the alphabet; a company form alone is a name too."""
    words = latin(name.replace("/", "")).split()
    return " ".join(sorted({word for word in words if word not in OPTIONAL} or words))


@lru_cache(maxsize=8192)
def _is_latin(name: str) -> bool:
    return normalise(name).isascii()


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
