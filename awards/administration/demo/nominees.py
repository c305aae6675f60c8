"""The nominations of the story, read from `nominees.toml`, arrive one after the other."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

from awards.administration.demo.round import prizes_by_slug
from awards.administration.demo.story import Story
from awards.nominations.actions import confirm_address, submit_nomination
from awards.nominations.rules import Answers
from awards.nominations.tables import Draft
from awards.rounds.queries import criteria_of
from awards.web.identity import ANONYMOUS

EARLY = 4
"""So many have arrived while nominations are open."""


@dataclass(frozen=True, slots=True)
class Told:
    """One nomination as it was written: columns of `Nomination`, and an answer to each criterion in its order."""

    prize: str
    kind: str
    nominee: str
    tie: str
    aware: str
    nominator: str
    email: str
    relation: str
    story: str
    answers: Sequence[str]
    nominee_email: str = ""
    nominee_phone: str = ""
    organisation: str = ""

    def columns(self) -> dict[str, Any]:
        return {each.name: getattr(self, each.name) for each in fields(self) if each.name not in ("prize", "answers")}


@cache
def everything_told() -> tuple[Told, ...]:
    with Path(__file__).with_name("nominees.toml").open("rb") as file:
        return tuple(Told(**entry) for entry in tomllib.load(file)["nomination"])


async def receive_early(story: Story) -> None:
    """The first nominations arrive while everybody can still nominate."""
    await _receive(story, everything_told()[:EARLY], timedelta(days=9))


async def receive_late(story: Story) -> None:
    """The others arrive in the last days, and the deadline passes."""
    story.clock.move_to(story.calendar.closes_at - timedelta(days=6))
    await _receive(story, everything_told()[EARLY:], timedelta(hours=20))
    story.clock.move_to(story.calendar.closes_at)


async def _receive(story: Story, told: Sequence[Told], pause: timedelta) -> None:
    prizes = await prizes_by_slug(story.round.id)
    criteria = await criteria_of(prize.id for prize in prizes.values())
    for each in told:
        story.clock.move_to(story.clock.now() + pause)
        prize = prizes[each.prize]
        now = story.clock.now()
        draft = Draft(id=uuid4(), prize=prize.id, created_at=now, updated_at=now)
        await draft.save()
        questions = [criterion.id for criterion in criteria[prize.id]]
        answers = Answers(each.columns(), dict(zip(questions, each.answers, strict=True)))
        await submit_nomination(draft.id, answers, by=ANONYMOUS, clock=story.clock)
        story.clock.move_to(now + timedelta(minutes=4))
        await confirm_address(draft.id, by=ANONYMOUS, clock=story.clock)
