"""What is due by the clock. Every process does it: each job is a locking action, so no leader is needed."""

from collections.abc import Awaitable, Sequence
from typing import Protocol

import structlog

from awards.clock import Clock
from awards.settings import Settings

log = structlog.get_logger()

EVERY_SECONDS = 15


class Job(Protocol):
    """Looks for what is due and does it, each thing in a transaction of its own. Doing it twice changes nothing."""

    def __call__(self, *, clock: Clock, settings: Settings) -> Awaitable[None]: ...


async def do_due(jobs: Sequence[Job], *, clock: Clock, settings: Settings) -> None:
    """Do every job once. One that fails is logged and waits for the next time; the others go on."""
    for job in jobs:
        try:
            await job(clock=clock, settings=settings)
        except Exception as error:
            log.error("job failed", job=getattr(job, "__qualname__", repr(job)), exc_info=error)
