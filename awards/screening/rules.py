"""Screening: when a nomination may go on, which may be about the same candidate, and what looks like personal data."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from awards.likeness import Names

MET, NOT_MET, UNSURE = "met", "not_met", "unsure"
VERDICTS = (MET, NOT_MET, UNSURE)

# States of a nomination that screening still has to settle, and those it has settled.
WAITING = "received"
ACCEPTED = "accepted"
REJECTED = "rejected"
WITHDRAWN = "withdrawn"

# In doubt counts as met: it is left to the council.
IS_MET = {MET: True, UNSURE: True, NOT_MET: False}


# How it stands with a question to the nominator.
ASKED, ANSWERED, OVERDUE = "asked", "answered", "overdue"
INQUIRY_STATES = (ASKED, ANSWERED, OVERDUE)


def inquiry_state(answered_at: datetime | None, answer_by: datetime, now: datetime) -> str:
    """One of INQUIRY_STATES: the deadline is exclusive."""
    if answered_at is not None:
        return ANSWERED
    return ASKED if now < answer_by else OVERDUE


ASSESSORS = 2  # of each nomination, when the round asks for more than one

# How a nomination stands with its two assessors, for one of them.
YOURS, OTHERS, DIFFER, JUDGED = "yours", "others", "differ", "judged"


def agreed(opinions: Mapping[UUID, Sequence[Mapping[str, str]]]) -> dict[UUID, tuple[str, str]]:
    """By criterion the verdict on which both agree, with both their notes; a criterion without two is not agreed on."""
    found = {}
    for criterion, both in opinions.items():
        verdicts = {row["verdict"] for row in both}
        if len(both) == ASSESSORS and len(verdicts) == 1:
            found[criterion] = verdicts.pop(), "\n".join(dict.fromkeys(row["note"] for row in both if row["note"]))
    return found


def panel_state(two: Sequence[UUID], viewer: UUID | None, is_settled: bool) -> str:
    """`two`: who has judged every criterion. Until both have, no more is said than whose turn it is.

    is_settled: a verdict stands on every criterion, as both gave it or as it was settled.
    """
    if len(two) == ASSESSORS:
        return JUDGED if is_settled else DIFFER
    return OTHERS if viewer in two else YOURS


@dataclass(frozen=True, slots=True)
class Named:
    """A candidate as it is compared: its name and its CVR number, if any."""

    id: UUID
    name: str
    cvr: str = ""


def lookalikes(ones: Sequence[Named], others: Sequence[Named]) -> dict[UUID, list[UUID]]:
    """For each of `ones` those of `others` that may be the same candidate, the most alike first: the same CVR number,
    or a similar name."""
    names = Names([other.name for other in others])
    by_cvr: dict[str, list[int]] = {}
    for place, other in enumerate(others):
        by_cvr.setdefault(other.cvr, []).append(place)
    found: dict[UUID, list[UUID]] = {}
    for one in ones:
        scores = names.like(one.name) | dict.fromkeys(by_cvr.get(one.cvr, []) if one.cvr else [], 1.0)
        most_alike = sorted(scores, key=lambda place: (-scores[place], str(others[place].id)))
        found[one.id] = [others[place].id for place in most_alike if others[place].id != one.id]
    return found


# What looks like an address of somebody: mail, telephone, CPR number, street with a house number.
PERSONAL = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?<![\d.,])(?:\+\d{1,3}[ ]?)?\d{2}(?:[ .]?\d{2}){3}(?![\d.,]?\d)"
    r"|(?<!\d)\d{6}[ ]?-?[ ]?\d{4}(?!\d)"
    r"|\b[A-ZÆØÅ][\wæøåé.]*(?:vej|gade|gården|parken|allé|alle|stræde|vænget|torv|plads|toften|haven|bakken|engen)"
    r"[ ]\d{1,3}[A-Za-z]?(?:,?[ ](?:st|kl|\d{1,2})\.?[ ]?(?:tv|th|mf)\.?)?(?:,?[ ]\d{4}[ ][A-ZÆØÅ][\wæøå]+)?"
)


def personal_data(text: str) -> list[str]:
    """What in a text looks like personal data: only what has a shape; names and illness take a reader."""
    return list(dict.fromkeys(PERSONAL.findall(text)))


def without(text: str, words: Iterable[str], mark: str) -> str:
    """`text` with each of `words` replaced by `mark`, the longest first."""
    for word in sorted(words, key=len, reverse=True):
        text = text.replace(word, mark)
    return text
