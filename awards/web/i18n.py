"""Languages: English is the source of the catalogue, Danish the default; each language has an address of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).parent.parent / "locale"
DEFAULT = "da"
LANGUAGES = {"da": "Dansk", "en": "English"}

_language: ContextVar[str] = ContextVar("language", default=DEFAULT)


def language() -> str:
    """The language of the page or mail being made."""
    return _language.get()


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Make everything inside in language `code`; an unknown one falls back to the default."""
    token = _language.set(code if code in LANGUAGES else DEFAULT)
    try:
        yield
    finally:
        _language.reset(token)


def read_catalogue(code: str) -> Catalog:
    """All rooms' messages of one language, from `locale/<code>/*.po`."""
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
    compiled = BytesIO()
    write_mo(compiled, read_catalogue(code))
    compiled.seek(0)
    return GNUTranslations(compiled)


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
