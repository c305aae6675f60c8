"""Work that a process does beside answering requests."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import structlog

log = structlog.get_logger()

PATIENCE = 20


class Loop:
    """Does `work` every `seconds`, and at once when woken. An error is logged, and the work tried again next time."""

    def __init__(self, name: str, work: Callable[[], Awaitable[object]], *, seconds: float) -> None:
        self.name = name
        self._work = work
        self._seconds = seconds
        self._woken = asyncio.Event()
        self._stopping = False
        self._finished_at: float | None = None

    def wake(self) -> None:
        """Do the work soon; a loop at work does it once more."""
        self._woken.set()

    def stop(self) -> None:
        """Finish what is being done, and end."""
        self._stopping = True
        self._woken.set()

    def is_alive(self) -> bool:
        """Whether the work was done lately without an error."""
        if self._finished_at is None:
            return False
        return asyncio.get_running_loop().time() - self._finished_at < 60 + 3 * self._seconds

    async def run(self) -> None:
        """Until stopped or cancelled."""
        while not self._stopping:
            self._woken.clear()
            try:
                await self._work()
                self._finished_at = asyncio.get_running_loop().time()
            except Exception as error:
                log.error("background work failed", loop=self.name, exc_info=error)
            if self._stopping:
                return
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), self._seconds)


@asynccontextmanager
async def running(*loops: Loop) -> AsyncIterator[None]:
    """Run `loops` beside the block. When it ends, what they are doing is finished, within `PATIENCE` seconds."""
    tasks = [asyncio.create_task(loop.run(), name=loop.name) for loop in loops]
    try:
        yield
    finally:
        for loop in loops:
            loop.stop()
        _done, late = await asyncio.wait(tasks, timeout=PATIENCE)
        for task in late:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
