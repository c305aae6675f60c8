"""Every text is translated, and every translation is used."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po

from awards.web.i18n import LANGUAGES, LOCALE, read_catalogue

ROOT = Path(__file__).parent.parent
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "N_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "RuleBroken": None,
    "VotedElsewhere": None,
    "DeadlinePassed": None,
    "Stale": None,
    "CountRefused": None,
}
TRANSLATED = [code for code in LANGUAGES if code != "en"]
# As `awards.web.templates` reads them; what cannot be parsed fails instead of hiding its texts.
TEMPLATES = {"trim_blocks": "true", "lstrip_blocks": "true", "extensions": "jinja2.ext.do", "silent": "false"}
PLACES = re.compile(r"%\((\w+)\)s")


def messages_in_use() -> set[str]:
    found: set[str] = set()
    for path in [*(ROOT / "awards").rglob("*.py"), *(ROOT / "templates").rglob("*.*")]:
        method = "python" if path.suffix == ".py" else "jinja2.ext:babel_extract"
        options = {} if path.suffix == ".py" else TEMPLATES
        for _line, message, _comments, _context in extract(
            method, BytesIO(path.read_bytes()), KEYWORDS, options=options
        ):
            found.add(message[0] if isinstance(message, tuple) else message)
    return found - {""}


def messages_of(code: str) -> dict[str, str | tuple[str, ...]]:
    return {
        (message.id[0] if isinstance(message.id, (tuple, list)) else message.id): message.string
        for message in read_catalogue(code)
        if message.id
    }


def is_complete(translated: str | tuple[str, ...] | None) -> bool:
    return bool(translated) and (isinstance(translated, str) or all(translated))


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_message_is_translated(code: str) -> None:
    catalogue = messages_of(code)
    missing = {text for text in messages_in_use() if not is_complete(catalogue.get(text))}
    assert not missing, "\n".join(sorted(missing))


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_translation_is_used(code: str) -> None:
    unused = set(messages_of(code)) - messages_in_use()
    assert not unused, "\n".join(sorted(unused))


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_translation_fills_the_same_places(code: str) -> None:
    for text, translated in messages_of(code).items():
        if isinstance(translated, str):
            assert set(PLACES.findall(translated)) == set(PLACES.findall(text)), text
        else:
            for form in translated:  # the singular may say "one" in words
                assert set(PLACES.findall(form)) <= set(PLACES.findall(text)) | {"n"}, text


@pytest.mark.parametrize("code", TRANSLATED)
def test_two_rooms_never_translate_one_message_differently(code: str) -> None:
    seen: dict[str, tuple[str, object]] = {}
    for path in sorted((LOCALE / code).glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=code, abort_invalid=True):
                if message.id:
                    first, words = seen.setdefault(str(message.id), (path.name, message.string))
                    assert words == message.string, f"{message.id}: {first} and {path.name}"
