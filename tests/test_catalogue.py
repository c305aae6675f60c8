"""Every text is translated, and every translation is used; what only staff read is Danish and English."""

import re

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from awards.app import create_app
from awards.settings import Settings
from awards.web.i18n import LANGUAGES, LOCALE, OFFICE, is_reviewed, ngettext, read_catalogue, speaking
from tests.messages import ROOT, all_messages
from tests.public_messages import modules, public_messages

TRANSLATED = [code for code in LANGUAGES if code != "en"]
PUBLIC_ONLY = [code for code in TRANSLATED if code not in OFFICE]
PLACES = re.compile(r"%\((\w+)\)s")


def needed(code: str) -> set[str]:
    return all_messages() if code in OFFICE else public_messages()


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
    missing = {text for text in needed(code) if not is_complete(catalogue.get(text))}
    assert not missing, "\n".join(sorted(missing))


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_translation_is_used(code: str) -> None:
    unused = set(messages_of(code)) - needed(code)
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
def test_every_number_has_its_form(code: str) -> None:
    """A plural has as many forms as the language, in the order that `awards.web.i18n` compiles."""
    forms = Catalog(locale=code).num_plurals
    assert all(len(words) == forms for words in messages_of(code).values() if not isinstance(words, str))


@pytest.mark.parametrize("code", TRANSLATED)
def test_two_rooms_never_translate_one_message_differently(code: str) -> None:
    seen: dict[str, tuple[str, object]] = {}
    for path in sorted((LOCALE / code).glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=code, abort_invalid=True):
                if message.id:
                    first, words = seen.setdefault(str(message.id), (path.name, message.string))
                    assert words == message.string, f"{message.id}: {first} and {path.name}"


@pytest.mark.parametrize("code", PUBLIC_ONLY)
def test_a_catalogue_says_whether_a_native_speaker_has_reviewed_it(code: str) -> None:
    assert all(re.search(r"X-Reviewed: (yes|no)\\n", path.read_text()) for path in (LOCALE / code).glob("*.po"))
    assert is_reviewed("da")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("ar", {1: "يوم واحد", 2: "يومان", 3: "أيام", 11: "يومًا", 100: "يوم"}),
        ("uk", {1: "день", 2: "дні", 5: "днів", 21: "день"}),
        ("pl", {1: "dzień", 2: "dni", 5: "dni"}),
        ("tr", {1: "gün", 5: "gün"}),
    ],
)
def test_days_are_counted_as_the_language_counts(code: str, words: dict[int, str]) -> None:
    with speaking(code):
        for number, expected in words.items():
            assert expected in ngettext("There is %(n)s day left.", "There are %(n)s days left.", number), number


def test_the_texts_of_every_page_for_everybody_are_looked_for() -> None:
    """A route that speaks every language has its texts in a module that `tests.public_messages` reads."""
    listed = {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in modules()}
    handlers = [handler for route in create_app(Settings()).routes for handler in getattr(route, "route_handlers", [])]
    spoken = {handler.fn.__module__ for handler in handlers if handler.opt.get("every_language")}
    assert {module for module in spoken if module.startswith("awards.")} <= listed
