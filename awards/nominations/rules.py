"""What a nomination must hold, how it is checked while it is written, and when it can still be changed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from uuid import UUID

from awards.rounds.rules import Phase

# Longest texts, in characters. The story's limit is published on the form.
STORY = 1500
ANSWER = 1000
NAME = 200
MOST_ATTACHMENTS = 3
SHORT = 80

# Letters and digits that nobody mixes up on the phone or on paper: no 0 O, 1 I L, 2 Z, 5 S, 8 B.
ALPHABET = "34679ACDEFGHJKMNPQRTUVWXY"
REFERENCE_LENGTH = 4
REFERENCES = len(ALPHABET) ** REFERENCE_LENGTH

AnswerCheck = Literal["answered", "missing", "short"]
Status = Literal["received", "screening", "accepted", "rejected", "withdrawn", "decided"]


@dataclass(slots=True)
class Answers:
    """A nomination as read from a form: columns of `Nomination`, and a text for each criterion that was answered."""

    columns: dict[str, str] = field(default_factory=dict)
    criteria: dict[UUID, str] = field(default_factory=dict)


def reference(year: int, number: int) -> str:
    """`2026-K7QF`: the nomination's name on paper and on the phone. `number` is below REFERENCES."""
    signs = ""
    for _place in range(REFERENCE_LENGTH):
        number, rest = divmod(number, len(ALPHABET))
        signs = ALPHABET[rest] + signs
    return f"{year}-{signs}"


def check_answer(text: str) -> AnswerCheck:
    """What the live check says of an answer. A short one may be sent as it is."""
    written = len(text.strip())
    if not written:
        return "missing"
    return "short" if written < SHORT else "answered"


def unanswered(rule: str, minimum: int, required: Sequence[bool], given: Sequence[bool]) -> list[int]:
    """Places of the criteria whose question must still be answered, under the prize's published rule.

    `all` asks for an answer to each; `at_least` for every required one and `minimum` of the others, and names every
    open one of those while they are too few.
    """
    pairs = list(zip(required, given, strict=True))
    must = [place for place, (is_required, _given) in enumerate(pairs) if is_required or rule == "all"]
    others = [place for place in range(len(pairs)) if place not in must]
    missing = {place for place in must if not given[place]}
    if sum(given[place] for place in others) < min(minimum, len(others)):
        missing |= {place for place in others if not given[place]}
    return sorted(missing)


def can_change(state: str, closes_at: datetime | None, now: datetime) -> bool:
    """The nominator may edit or withdraw until the deadline, also what the secretariat has gone through already."""
    return state != "withdrawn" and closes_at is not None and now < closes_at


def status(state: str, phase: Phase) -> Status:
    """What the nominator is told. An acceptance is told only once the council votes: until then it can be undone."""
    if state in ("withdrawn", "rejected"):
        return "withdrawn" if state == "withdrawn" else "rejected"
    if phase == "published":
        return "decided"
    if phase in ("voting", "deciding"):
        return "accepted" if state == "accepted" else "screening"
    return "screening" if phase == "screening" else "received"
