"""Communications tell everybody who has won."""

import tomllib
from datetime import timedelta
from pathlib import Path

from awards.administration.demo.people import COMMUNICATIONS, actor_for
from awards.administration.demo.round import PLACE, prizes_by_slug
from awards.administration.demo.story import Story as Demonstration
from awards.counting.deciding import winners_of
from awards.winners.actions import Story, publish, seen_of, write_award


async def announce(story: Demonstration) -> None:
    """Both winners are published, and the moment of the announcement passes."""
    story.clock.move_to(story.calendar.announce_at - timedelta(days=2))
    by = await actor_for(COMMUNICATIONS, story.clock)
    texts = tomllib.loads(Path(__file__).with_name("winners.toml").read_text())
    for slug, prize in (await prizes_by_slug(story.round.id)).items():
        told = Story(
            **texts[slug],
            winners=[candidate.name for candidate in await winners_of(prize.id)],
            ceremony_at=story.calendar.ceremony_at,
            ceremony_place=PLACE,
            embargo_until=story.calendar.announce_at,
        )
        await write_award(prize.id, told, seen=seen_of(None), by=by, clock=story.clock)
        await publish(prize.id, by=by, clock=story.clock)
    story.clock.move_to(story.calendar.announce_at)
