"""What is due in counting by the clock."""

from awards.clock import Clock
from awards.counting.closing import close_due_polls
from awards.settings import Settings


async def close_polls(*, clock: Clock, settings: Settings) -> None:
    """Close the polls whose time is up, and count them."""
    await close_due_polls(key_dir=settings.key_dir, clock=clock)
