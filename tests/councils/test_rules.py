"""Addresses and spans of days."""

from datetime import date
from pathlib import Path

import pytest

from awards.councils import words
from awards.councils.rules import ACCENTS, is_current, is_reserved, is_slug, moved, overlap, slug_of


def test_an_address_is_made_of_the_name() -> None:
    assert slug_of("Integrationsråd i Køge – Ærø & omegn") == "integrationsraad-i-koege-aeroe-omegn"
    assert slug_of("مجلس") == ""
    assert len(slug_of("a" * 200)) == 60


@pytest.mark.parametrize(
    ("slug", "good"),
    [("handicapraad", True), ("raad-2", True), ("2026", False), ("Råd", False), ("a--b", False), ("-a", False)],
)
def test_an_address_is_letters_digits_and_hyphens(slug: str, good: bool) -> None:
    assert is_slug(slug) is good


@pytest.mark.parametrize("slug", ["log-ind", "kladder", "static", "en", "opsaetning", "indstillinger", "vindere"])
def test_the_products_own_addresses_are_reserved(slug: str) -> None:
    assert is_reserved(slug)


def test_both_days_of_a_term_are_included() -> None:
    first, last = date(2026, 1, 1), date(2029, 12, 31)
    assert is_current(first, last, first)
    assert is_current(first, last, last)
    assert not is_current(first, last, date(2030, 1, 1))
    assert is_current(first, None, date(2050, 1, 1))


def test_terms_that_share_a_day_overlap() -> None:
    jan, june = date(2026, 1, 1), date(2026, 6, 30)
    assert overlap(jan, june, june, None)
    assert not overlap(jan, june, date(2026, 7, 1), None)


def test_the_colours_to_choose_from_are_those_of_the_stylesheet() -> None:
    sheet = (Path(__file__).parents[2] / "static" / "app.css").read_text()
    assert list(words.ACCENTS) == list(ACCENTS)
    for number, (_name, colour) in words.ACCENTS.items():
        assert f".accent-{number} {{ --a: {colour}" in sheet


def test_what_is_moved_beyond_an_end_stays() -> None:
    assert moved("abc", "b", -1) == ["b", "a", "c"]
    assert moved("abc", "a", 1) == ["b", "a", "c"]
    assert moved("abc", "a", -1) == moved("abc", "c", 1) == ["a", "b", "c"]
