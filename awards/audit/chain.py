"""The chain's arithmetic: each link's hash covers its body and the link before it."""

from hashlib import sha256

GENESIS = "0" * 64


def link_hash(prev: str, body: str) -> str:
    """hash = sha256(prev ‖ body), prev as its 64 hex digits, body in UTF-8."""
    return sha256(prev.encode() + body.encode()).hexdigest()
