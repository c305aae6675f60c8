"""Bars of a chart that the server draws: where each stands, so that the page needs no script and no own style."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDE, HIGH = 640, 160
"""The size of a chart in its own units; the page scales it."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One number as a bar that stands on the ground, or is nothing but a place when it is zero."""

    label: str
    n: int
    x: float
    y: float
    width: float
    height: float


def bars(counts: Sequence[tuple[str, int]]) -> list[Bar]:
    """The tallest fills the height, the others in proportion; the same gap between all."""
    if not counts:
        return []
    step, most = WIDE / len(counts), max(n for _label, n in counts) or 1
    found = []
    for at, (label, n) in enumerate(counts):
        height = round(n / most * HIGH, 1)
        found.append(Bar(label, n, round((at + 0.1) * step, 1), round(HIGH - height, 1), round(step * 0.8, 1), height))
    return found
