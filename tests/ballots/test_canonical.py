"""One value, one way to write it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards.ballots.canonical import MAX_INTEGER, canonical, read_canonical

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
KEYS = st.text(st.characters(max_codepoint=127))
WHOLE = st.integers(-MAX_INTEGER, MAX_INTEGER)
VALUES = st.recursive(
    st.none() | st.booleans() | WHOLE | TEXT, lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner)
)


def test_the_bytes_are_known() -> None:
    value = {"b": [1, True, None], "a": 'Køge \u2028 \x00\x1f\x7f "\\/\n 🏆', "": {}}
    written = '{"":{},"a":"Køge \u2028 \\u0000\\u001f\x7f \\"\\\\/\\n 🏆","b":[1,true,null]}'
    assert canonical(value) == written.encode()


@given(VALUES)
def test_what_is_written_reads_back(value: object) -> None:
    assert read_canonical(canonical(value)) == value


@pytest.mark.parametrize(
    "value", [1.0, float("nan"), [0.5], {"a": 1e3}, MAX_INTEGER + 1, "\ud800", {1: "a"}, {"ø": 1}, b"a", {1}]
)
def test_what_two_programs_could_write_differently_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        canonical(value)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff",
        b"{",
        b'{"a": 1}',
        b' {"a":1}',
        b'{"a":1}\n',
        b'{"b":1,"a":1}',
        b'{"a":1,"a":1}',
        b'{"a":1.0}',
        b'{"a":NaN}',
        b'{"a":-0}',
        b'"\\u0041"',
        b'"\\ud800"',
        b'\xef\xbb\xbf{"a":1}',
        json.dumps({"a": "ø"}).encode(),
        b"[" * 1024,
        b"9" * 1024,
        "{}".encode("utf-16"),
    ],
)
def test_another_way_to_write_it_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_canonical(data)
