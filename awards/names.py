"""Names made comparable, for search and for finding the same candidate twice."""

import re
import unicodedata

# How Danes write these letters on other keyboards; the rest loses its accents by decomposition.
LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ß": "ss", "þ": "th", "ð": "d", "ł": "l", "đ": "d", "ı": "i"})


def normalise(text: str) -> str:
    """Small letters without accents, punctuation as spaces: `Åse O’Brien ApS` → `aase o brien aps`."""
    small = unicodedata.normalize("NFKC", text).casefold().replace("a\u030a", "å").translate(LETTERS)
    plain = "".join(sign for sign in unicodedata.normalize("NFD", small) if not unicodedata.combining(sign))
    return " ".join(re.findall(r"\w+", plain))
