"""The append-only chain: each link holds the hash of the one before, so that nothing can be changed behind the head.

`hash = sha256(prev‖body)`: `prev` as its 64 hex digits in ASCII, `body` in UTF-8, the digest in lower-case hex. The
first link has seq 1 and GENESIS before it. Cutting off the end leaves a whole chain: only a head known elsewhere (every
member gets one by mail) shows it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

GENESIS = "0" * 64


class ChainBroken(Exception):
    """The chain is not as it was written. seq: where it shows, None for the head that is missing. why: in English."""

    def __init__(self, seq: int | None, why: str) -> None:
        super().__init__(why if seq is None else f"link {seq}: {why}")
        self.seq = seq
        self.why = why


@dataclass(frozen=True, slots=True)
class Link:
    """One link as it is stored."""

    seq: int
    body: str
    prev: str
    hash: str


def link_hash(prev: str, body: str) -> str:
    """The hash of a link with this body after the link with hash `prev`."""
    return sha256(prev.encode("ascii") + body.encode()).hexdigest()


def verify(links: Iterable[Link], head: str | None = None) -> str:
    """Check a whole chain, in its order, and return its head (GENESIS when it is empty).

    head: a hash that somebody kept; the chain may have grown since. Raises ChainBroken at the first link that was
    altered, dropped, inserted or moved, or when `head` is no longer in the chain.
    """
    last, kept = GENESIS, head in (None, GENESIS)
    for seq, link in enumerate(links, start=1):
        if link.seq != seq:
            raise ChainBroken(link.seq, f"link {seq} is missing, or the order was changed")
        if link.prev != last:
            raise ChainBroken(link.seq, "does not follow the link before it")
        if link.hash != link_hash(link.prev, link.body):
            raise ChainBroken(link.seq, "was altered")
        last = link.hash
        kept = kept or last == head
    if not kept:
        raise ChainBroken(None, "the head you hold is not in the chain: its end was cut off or rewritten")
    return last
