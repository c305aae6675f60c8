"""Codes, passwords and browsers' names."""

import pytest

from awards.accounts.rules import (
    CODE_LETTERS,
    browser_name,
    grouped,
    is_code,
    normal_code,
    password_fault,
)


def test_no_letter_of_a_code_looks_like_another() -> None:
    assert not set("0O1IL2Z5SUV8B") & (set(CODE_LETTERS) - {"8"})
    assert len(CODE_LETTERS) == 24


@pytest.mark.parametrize("typed", ["ACDEFGHJKM", "acdef ghjkm", " ACDEF-GHJKM ", "ＡＣＤＥＦ ghjkm", "acdef–ghjkm"])
def test_a_code_may_be_typed_with_small_letters_and_spaces(typed: str) -> None:
    assert normal_code(typed) == "ACDEFGHJKM"
    assert is_code(normal_code(typed))


def test_a_code_is_shown_in_two_groups() -> None:
    assert grouped("ACDEFGHJKM") == "ACDEF GHJKM"


@pytest.mark.parametrize(
    "password",
    ["fire glade geder danser", "correct horse battery", "æøå日本語и так далее…", "a1!b2?c3.d4,e5;", "739284610582947"],
)
def test_length_is_all_a_password_needs(password: str) -> None:
    assert password_fault(password, ("Anne Berg", "anne@example.dk")) == ""


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("", "short"),
        ("a" * 14, "short"),
        ("abcd" * 51, "long"),
        ("aaaaaaaaaaaaaaaa", "obvious"),
        ("123456789012345", "obvious"),
        ("abcdefghijklmnop", "obvious"),
        ("111111222222333333", "obvious"),
        ("Integrationspriserne2026", "obvious"),
        ("Kommune Velkommen 1849", "obvious"),
        ("anne.berg.anne.berg", "obvious"),
        ("kommune kommune kommune", "obvious"),
        ("passwordpassword", "obvious"),
    ],
)
def test_a_password_is_refused_for_what_is_wrong_with_it(password: str, fault: str) -> None:
    assert password_fault(password, ("Anne Berg", "anne@example.dk")) == fault


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18 Safari/604.1",
            "Safari · iPhone",
        ),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130 Mobile Safari/537.36", "Chrome · Android"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537 Chrome/130 Safari/537 Edg/130", "Edge · Windows"),
        ("curl/8", ""),
    ],
)
def test_a_device_is_named_as_its_owner_would(agent: str, name: str) -> None:
    assert browser_name(agent) == name
