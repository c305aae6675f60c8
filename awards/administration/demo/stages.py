"""The story, stage by stage. Each plays on from the one before."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from awards.administration.demo.council import seat_council
from awards.administration.demo.people import SECRETARY, actor_for
from awards.administration.demo.round import set_up_round, type_in_earlier_laureates
from awards.administration.demo.story import Calendar, StoryClock
from awards.administration.installation import Misconfigured, establish, is_empty
from awards.clock import Clock
from awards.councils.tables import Council
from awards.rounds.tables import Round
from awards.settings import Settings


@dataclass(slots=True)
class Story:
    """What the stages work with."""

    clock: StoryClock
    calendar: Calendar
    settings: Settings
    council: Council
    round: Round


async def nominating(story: Story) -> None:
    """Nominations are open; the council, the round and the archive are there already."""


@dataclass(frozen=True, slots=True)
class Stage:
    """`play` brings the story here; `days_to_deadline` is where the deadline for nominations lies, seen from now."""

    play: Callable[[Story], Awaitable[None]]
    days_to_deadline: int


STAGES: dict[str, Stage] = {"nominating": Stage(nominating, 21)}


async def load_demonstration(stage: str, settings: Settings, clock: Clock) -> None:
    """Load the demonstration up to `stage` (a key of `STAGES`). Raises Misconfigured when the database is not empty."""
    if not await is_empty():
        raise Misconfigured("The demonstration is loaded into an empty database only, and this one has data.")
    await establish(settings, clock=clock, demonstration=True)
    told_at: datetime = clock.now()
    calendar = Calendar.around(told_at, STAGES[stage].days_to_deadline)
    story_clock = StoryClock(told_at)
    story_clock.move_to(calendar.opens_at - timedelta(days=21))
    council = await seat_council(story_clock)
    secretary = await actor_for(SECRETARY, story_clock)
    await type_in_earlier_laureates(council.id, calendar.year, by=secretary, clock=story_clock)
    round = await set_up_round(council.id, calendar, by=secretary, clock=story_clock)
    story = Story(story_clock, calendar, settings, council, round)
    for name, each in STAGES.items():
        await each.play(story)
        if name == stage:
            return
