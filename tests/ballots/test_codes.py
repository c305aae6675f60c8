"""Codes and roots that anybody can recompute."""

import subprocess
from base64 import b32decode
from hashlib import sha256

import pytest

from awards.ballots.codes import CODE_LENGTH, code_of, in_groups, root_of

CODES = [code_of(bytes([n])) for n in range(5)]


def test_a_code_is_the_start_of_the_envelopes_hash() -> None:
    code = code_of(b"envelope")
    assert len(code) == CODE_LENGTH
    assert b32decode(code) == sha256(b"envelope").digest()[:15]
    assert in_groups("ABCDEFGHIJKLMNOPQRSTUVWX") == "ABCD EFGH IJKL MNOP QRST UVWX"


def test_a_root_is_what_sort_and_sha256sum_give() -> None:
    command = "printf '%s\\n' " + " ".join(CODES) + " | LC_ALL=C sort | sha256sum"
    assert root_of(CODES) == subprocess.check_output(["sh", "-c", command], text=True).split()[0]


def test_the_order_of_the_board_carries_nothing() -> None:
    assert root_of(reversed(CODES)) == root_of(CODES)


def test_the_root_of_an_empty_board_is_defined() -> None:
    assert root_of([]) == sha256(b"").hexdigest()


def test_a_code_that_is_dropped_replaced_or_doubled_shows() -> None:
    assert root_of(CODES[1:]) != root_of(CODES)
    assert root_of([*CODES[1:], code_of(b"stuffed")]) != root_of(CODES)
    with pytest.raises(ValueError, match="twice"):
        root_of([*CODES, CODES[0]])


@pytest.mark.parametrize("code", ["", "ABCD EFGH", "A" * 23, "A" * 23 + "\n", "Ø" * 24])
def test_what_is_no_code_has_no_place_on_a_board(code: str) -> None:
    with pytest.raises(ValueError, match="not a code"):
        root_of([code])
