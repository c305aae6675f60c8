"""The story, stage by stage. Each plays on from the one before."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

from awards.administration.demo.council import seat_council
from awards.administration.demo.deciding import count, decide
from awards.administration.demo.nominees import receive_early, receive_late
from awards.administration.demo.people import SECRETARY, actor_for
from awards.administration.demo.publishing import announce
from awards.administration.demo.round import set_up_round, type_in_earlier_laureates
from awards.administration.demo.screening import screen
from awards.administration.demo.story import Calendar, Story, StoryClock
from awards.administration.demo.voting import open_polls
from awards.administration.installation import Misconfigured, establish, is_empty
from awards.clock import Clock
from awards.settings import Settings


@dataclass(frozen=True, slots=True)
class Stage:
    """`play` are the steps that bring the story here from the stage before; `days_to_deadline` is where the deadline
    for nominations lies, seen from the day on which the story is told."""

    play: tuple[Callable[[Story], Awaitable[None]], ...]
    days_to_deadline: int


# Screening takes 9 days from the deadline, voting 8 more, and the ceremony comes 7 days later.
STAGES: dict[str, Stage] = {
    "nominating": Stage((receive_early,), 21),
    "screening": Stage((receive_late,), -2),
    "voting": Stage((screen, open_polls), -12),
    "tied": Stage((count,), -18),
    "decided": Stage((decide,), -20),
    "published": Stage((announce,), -26),
}


async def load_demonstration(stage: str, settings: Settings, clock: Clock) -> None:
    """Load the demonstration up to `stage` (a key of `STAGES`). Raises Misconfigured when the database is not empty."""
    if not await is_empty():
        raise Misconfigured("The demonstration is loaded into an empty database only, and this one has data.")
    await establish(settings, clock=clock, demonstration=True)
    told_at = clock.now()
    calendar = Calendar.around(told_at, STAGES[stage].days_to_deadline)
    story = await _begin(calendar, StoryClock(told_at), settings)
    for name, each in STAGES.items():
        for play in each.play:
            await play(story)
        if name == stage:
            return


async def _begin(calendar: Calendar, clock: StoryClock, settings: Settings) -> Story:
    clock.move_to(calendar.opens_at - timedelta(days=21))
    council = await seat_council(clock)
    secretary = await actor_for(SECRETARY, clock)
    await type_in_earlier_laureates(council.id, calendar.year, by=secretary, clock=clock)
    round = await set_up_round(council.id, calendar, by=secretary, clock=clock)
    return Story(clock, calendar, settings, council, round)
