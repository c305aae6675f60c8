"""Codes that a voter can read and compare, and the roots over all of them.

A code names an envelope without telling what is in it: `t1` the outer one, `t2` the inner one.
"""

from base64 import b32encode
from collections.abc import Iterable
from hashlib import sha256

CODE_LENGTH = 24


def code_of(envelope: bytes) -> str:
    """RFC 4648 base32 of the first 15 bytes of the envelope's sha256: 24 characters, A to Z and 2 to 7."""
    return b32encode(sha256(envelope).digest()[:15]).decode("ascii")


def in_groups(code: str) -> str:
    """The code as it is shown and read aloud: `ABCD EFGH …`."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))


def board_of(codes: Iterable[str]) -> bytes:
    """All codes of a board as a text: sorted, in ASCII, each followed by one line feed.

    Raises ValueError for a code given twice or one that is no code.
    """
    board = sorted(codes)
    if len(set(board)) < len(board):
        raise ValueError("a code stands twice on the board")
    if any(len(code) != CODE_LENGTH or not code.isascii() or not code.isalnum() for code in board):
        raise ValueError("not a code")
    return "".join(f"{code}\n" for code in board).encode("ascii")


def root_of(codes: Iterable[str]) -> str:
    """Hex sha256 of a board. Without codes it is the sha256 of nothing. Raises ValueError as `board_of`.

    `printf '%s\\n' CODE… | LC_ALL=C sort | sha256sum` gives the same.
    """
    return sha256(board_of(codes)).hexdigest()
