"""Work beside the requests: it goes on after an error, wakes when called, and finishes what it began."""

import asyncio

from awards.background import Loop, running


async def test_a_failing_work_is_tried_again() -> None:
    times = 0
    again = asyncio.Event()

    async def work() -> None:
        nonlocal times
        times += 1
        if times == 1:
            raise ValueError("once")
        if times == 3:
            again.set()

    loop = Loop("test", work, seconds=0.01)
    async with running(loop):
        assert not loop.is_alive(), "nothing was done yet"
        await asyncio.wait_for(again.wait(), 10)
        assert loop.is_alive()


async def test_a_sleeping_loop_can_be_woken() -> None:
    done = asyncio.Semaphore(0)

    async def work() -> None:
        done.release()

    loop = Loop("test", work, seconds=3600)
    async with running(loop):
        await asyncio.wait_for(done.acquire(), 1)
        loop.wake()
        await asyncio.wait_for(done.acquire(), 1)


async def test_what_is_being_done_is_finished_before_the_end() -> None:
    began, finished = asyncio.Event(), False

    async def work() -> None:
        nonlocal finished
        began.set()
        await asyncio.sleep(0.05)
        finished = True

    async with running(Loop("test", work, seconds=3600)):
        await began.wait()
    assert finished
