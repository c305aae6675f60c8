"""Canonical JSON: the one way to write a value, so that its hash and its signature mean something.

Sorted keys, no spaces, UTF-8, nothing escaped that need not be, and no floats. Within the values allowed here this is
RFC 8785 (JSON Canonicalization Scheme), which a browser reaches with sorted keys and `JSON.stringify`.
"""

import json

# Integers beyond this are not exact in JavaScript (Number.MAX_SAFE_INTEGER).
MAX_INTEGER = 2**53 - 1


def canonical(value: object) -> bytes:
    """The canonical JSON of null, booleans, integers, text, lists and objects with ASCII keys.

    Raises ValueError for floats, integers beyond 2^53 - 1, keys that are not ASCII, lone surrogates and other types.
    """
    _check(value)
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def read_canonical(data: bytes) -> object:
    """The value that `data` is the canonical JSON of.

    Raises ValueError for anything else: other spacing or order, a key given twice, floats, text that is not JSON.
    """
    try:
        value: object = json.loads(data)
        if canonical(value) == data:
            return value
    except RecursionError:
        raise ValueError("JSON nested too deeply") from None
    raise ValueError("JSON that is not canonical")


def _check(value: object) -> None:
    match value:
        case None | bool():
            pass
        case str():
            value.encode()  # A lone surrogate has no UTF-8: UnicodeEncodeError is a ValueError.
        case int():
            if abs(value) > MAX_INTEGER:
                raise ValueError(f"integer too large for canonical JSON: {value}")
        case list() | tuple():
            for item in value:
                _check(item)
        case dict():
            for key, item in value.items():
                # Code points and UTF-16 units sort ASCII alike, so that Python and a browser agree.
                if not (isinstance(key, str) and key.isascii()):
                    raise ValueError(f"key that is not ASCII text: {key!r}")
                _check(item)
        case _:
            raise ValueError(f"canonical JSON has no {type(value).__name__}")
