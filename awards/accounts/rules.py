"""Rules of codes, passwords and browsers' names. Pure."""

import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise

# No 0 O, 1 I L, 2 Z, 5 S, U V: a code is read from paper and typed on a phone.
CODE_LETTERS = "346789ACDEFGHJKMNPQRTWXY"
CODE_LENGTH = 10

PASSWORD_MINIMUM = 15
PASSWORD_MAXIMUM = 200
# Words that make a long password easy to guess when there is little else in it (NIST SP 800-63B, 3.1.1.2).
OBVIOUS = (
    "integrationspriserne",
    "integrationsprisen",
    "integrationsråd",
    "kommune",
    "password",
    "adgangskode",
    "kodeord",
    "awards",
    "qwertyuiop",
    "asdfghjkl",
    "qwerty",
    "hemmelig",
    "danmark",
    "velkommen",
    "sommer",
    "vinter",
    "12345",
    "67890",
)


def normal_code(typed: str) -> str:
    """A card's code as it was made: capitals, without the spaces and hyphens that people type."""
    return re.sub(r"[\s\-\u2010-\u2015]", "", unicodedata.normalize("NFKC", typed)).upper()


def is_code(code: str) -> bool:
    """Whether a normal code has the shape of a card's."""
    return len(code) == CODE_LENGTH and all(letter in CODE_LETTERS for letter in code)


def grouped(code: str, size: int = 5) -> str:
    """`ABCDEFGHJK` → `ABCDE FGHJK`: easier to read and to copy."""
    return " ".join(code[start : start + size] for start in range(0, len(code), size))


def normal_password(typed: str) -> str:
    """The same password from every keyboard: Unicode NFKC, nothing else changed."""
    return unicodedata.normalize("NFKC", typed)


def password_fault(password: str, own: Iterable[str] = ()) -> str:
    """What is wrong with a password: `short`, `long`, `obvious` or nothing.

    Length is all that is asked; composition rules make passwords worse. own: the person's name and address.
    """
    if len(password) < PASSWORD_MINIMUM:
        return "short"
    if len(password) > PASSWORD_MAXIMUM:
        return "long"
    rest = password.casefold()
    names = {part.casefold() for text in own for part in re.split(r"[\W_]+", text) if len(part) > 2}
    for word in sorted({*OBVIOUS, *names}, key=len, reverse=True):
        rest = rest.replace(word, "")
    return "obvious" if len(set(re.sub(r"[\W_]", "", rest))) < 5 or _counts_up(rest) else ""


def _counts_up(text: str) -> bool:
    """Whether most signs are the one before, or its neighbour: 1234567890123456, abcdefghijklmnop, 111111222222."""
    steps = [abs(ord(one) - ord(next)) in (0, 1, 9) for one, next in pairwise(text)]
    return sum(steps) * 2 > len(steps)


def browser_name(agent: str) -> str:
    """`Firefox · Windows` from a User-Agent; empty when it says nothing that we know."""
    # Order matters: Edge and Samsung's browser say Chrome too, Chrome says Safari.
    browsers = (("Edg", "Edge"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"), ("Chrome", "Chrome"))
    systems = (("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac", "Mac"))
    found = [
        next((name for sign, name in (*browsers, ("Safari", "Safari")) if sign in agent), ""),
        next((name for sign, name in (*systems, ("Linux", "Linux")) if sign in agent), ""),
    ]
    return " · ".join(part for part in found if part)


def device_kind(agent: str) -> str:
    """What kind of device a User-Agent tells of; `device` when it says nothing that we know."""
    if "Android" in agent:
        return "android-phone" if "Mobile" in agent else "android-tablet"
    # Order matters: an iPhone says that it is like a Mac.
    signs = (("iPhone", "iphone"), ("iPad", "ipad"), ("Windows", "windows"), ("Mac", "mac"), ("Linux", "linux"))
    return next((kind for sign, kind in signs if sign in agent), "device")
