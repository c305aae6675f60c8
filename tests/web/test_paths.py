"""Where a page may send people back to: our own site, nowhere else."""

import pytest

from awards.web.paths import local_path, with_next


@pytest.mark.parametrize("path", ["/", "/a/b", "/a?b=c&d=%20", "/a-b/2026"])
def test_our_own_paths_are_ways_back(path: str) -> None:
    assert local_path(path, "/no") == path


@pytest.mark.parametrize(
    "path",
    [
        None,
        "",
        "a",
        "//evil.example",
        "/\\evil.example",
        "https://evil.example/",
        "/\t/evil.example",
        "/a\r\nX: y",
        "javascript:alert(1)",
        "/en//evil.example",
        "/" + "a" * 2000,
    ],
)
def test_nothing_else_is(path: str | None) -> None:
    assert local_path(path, "/no") == "/no"


def test_the_language_of_the_page_decides_the_prefix() -> None:
    assert local_path("/en/a?b=c") == "/a?b=c"


def test_the_way_back_survives_in_a_query() -> None:
    assert with_next("/log-ind", "/a?b=c") == "/log-ind?next=%2Fa%3Fb%3Dc"
    assert with_next("/log-ind", "/") == "/log-ind"
