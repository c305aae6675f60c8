"""The languages that a nomination may be written in: those of the pages, and others much spoken in Denmark."""

from babel import Locale

from awards.web.i18n import LANGUAGES, _

OTHERS = [
    "bs",
    "de",
    "es",
    "fa",
    "fr",
    "hr",
    "it",
    "ku",
    "lt",
    "ps",
    "ro",
    "ru",
    "so",
    "sr",
    "ta",
    "ti",
    "ur",
    "vi",
    "zh",
]
OTHER = "und"  # none of these: BCP 47's undetermined


def own_name(code: str) -> str:
    """What those who speak a language call it."""
    name = LANGUAGES.get(code) or Locale(code).get_display_name(code) or code
    return name[0].upper() + name[1:]


# Code and own name, those of the pages first.
NAMES = {code: own_name(code) for code in (*LANGUAGES, *OTHERS)}


def written_in(code: str) -> str:
    """The language in words, in its own; empty when nobody has told."""
    return _("Another language") if code == OTHER else NAMES.get(code, "")
