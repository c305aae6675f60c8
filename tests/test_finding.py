"""What a search finds."""

import pytest

from awards.finding import excerpt, findable, sought

TEXT = "Hun flyttede fra Århus til Ærø. Олена Шевченко og O'Brien hjalp Þór og محمد med æblerne."


@pytest.mark.parametrize(
    "query",
    [
        "Århus",
        "aarhus",
        "ARHUS",
        "ærø",
        "aeroe",
        "aero",
        "Олена",
        "olena shevchenko",
        "o'brien",
        "brien",
        "thor",
        "محمد",
        "mhmd",
        "æbler",
        "aeble",
        "flyttede århus",
    ],
)
def test_a_word_is_found_however_it_is_typed(query: str) -> None:
    column = findable([TEXT])
    assert sought(query)
    assert all(word in column for word in sought(query))


def test_a_percent_sign_and_other_marks_are_no_words() -> None:
    assert sought("% _ ' \\") == []
    assert sought("") == []


def test_the_excerpt_is_the_sentence_in_which_a_word_stands() -> None:
    texts = ["Intet her.", "Først dette. Så Århus! Og mere."]
    assert excerpt(sought("aarhus"), texts) == "Så Århus!"
    assert excerpt(sought("Odense"), texts) == ""
    long = excerpt(["ord"], ["ord " * 100])
    assert long.endswith(" …")
    assert len(long) <= 202
