"""Languages: English is the source of the catalogue, Danish the default; each language has an address of its own.

Everything speaks Danish and English. The pages of whoever nominates, and the mails to them, speak every language.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).parent.parent / "locale"
DEFAULT = "da"
LANGUAGES = {
    "da": "Dansk",
    "en": "English",
    "ar": "العربية",
    "tr": "Türkçe",
    "uk": "Українська",
    "pl": "Polski",
}
# What the council and the staff read; the other catalogues hold only what everybody may read.
OFFICE = {code: LANGUAGES[code] for code in ("da", "en")}
_PLACE = re.compile(r"%\(\w+\)s")

_language: ContextVar[str] = ContextVar("language", default=DEFAULT)


def language() -> str:
    """The language of the page or mail being made."""
    return _language.get()


def direction(code: str) -> str:
    """`ltr` or `rtl`."""
    return str(Locale(code).text_direction)


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Make everything inside in language `code`; an unknown one falls back to the default."""
    token = _language.set(code if code in LANGUAGES else DEFAULT)
    try:
        yield
    finally:
        _language.reset(token)


def read_catalogue(code: str) -> Catalog:
    """All messages of one language, from `locale/<code>/*.po`."""
    catalogue = Catalog(locale=code)
    for path in sorted((LOCALE / code).glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=code, abort_invalid=True):
                if message.id:
                    catalogue[message.id] = message
    return catalogue


@cache
def translations(code: str) -> NullTranslations:
    if code == "en":
        return NullTranslations()
    compiled, catalogue = BytesIO(), read_catalogue(code)
    if direction(code) == "rtl":
        for message in catalogue:
            _isolate(message)
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)


def _isolate(message: Message) -> None:
    """Names, numbers and addresses keep their own direction inside a sentence of another (Unicode FSI … PDI)."""
    if message.id:
        texts = message.string if isinstance(message.string, (tuple, list)) else [message.string or ""]
        isolated = tuple(_PLACE.sub("\u2068\\g<0>\u2069", text) for text in texts)
        message.string = isolated if message.pluralizable else isolated[0]


@cache
def is_reviewed(code: str) -> bool:
    """False when a catalogue says `X-Reviewed: no`: then no native speaker has gone through the texts yet."""
    return all("X-Reviewed: no" not in path.read_text("utf-8") for path in (LOCALE / code).glob("*.po"))


def gettext(message: str) -> str:
    return translations(_language.get()).gettext(message)


def ngettext(singular: str, plural: str, n: int) -> str:
    return translations(_language.get()).ngettext(singular, plural, n)


def _(message: str, **values: object) -> str:
    """Translate now, and put `values` in their %(name)s places."""
    text = gettext(message)
    return text % values if values else text


def N_(message: str) -> str:
    """Mark a message for the catalogue; it is translated where it is shown."""
    return message


def href(path: str) -> str:
    """The address of `path` in the current language: Danish has no prefix, others `/<code>`."""
    code = _language.get()
    return path if code == DEFAULT else f"/{code}{path}"


def split_language(path: str) -> tuple[str, str]:
    """`/en/priser` → (`en`, `/priser`); without a prefix the language is the default."""
    first, _slash, rest = path[1:].partition("/")
    if first in LANGUAGES and first != DEFAULT:
        return first, "/" + rest
    return DEFAULT, path
