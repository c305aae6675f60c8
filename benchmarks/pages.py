"""What the pages cost: `python -m benchmarks.pages [seconds]` (Linux).

Each server is a process of its own, and so is the client: this one. Every line stands beside a bare Litestar
hello-world of the same run. On a busy machine the CPU per request moves least; compare that first. CPU is that of our
server process; PostgreSQL's own is not in it, and this PostgreSQL does not wait for the disk.

Aims: front page at most 2.5 times the CPU of hello-world when nothing has changed, a whole submission (nine requests,
from the empty form to the receipt) at most 15 ms, a cast at most 5 ms.
"""

import asyncio
import os
import re
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

from awards.db import connect
from awards.db.migrate import migrate
from awards.settings import Settings
from tests.live import VOTED_PRIZE, Scene, Server, a_scene, an_envelope
from tests.nominations.builders import NOMINATOR, NOMINEE, PRIZE, reasons
from tests.postgres import TestServer

CLIENTS = 8
MEMBERS = 15
CASTS = 20  # as many as a member may cast in ten minutes
TICKS = os.sysconf("SC_CLK_TCK")

Unit = Callable[["Browser"], Awaitable[None]]


class Browser:
    """One connection that stays open, with as little of a client around it as will do."""

    def __init__(self, port: int, cookie: str = "") -> None:
        self._port = port
        self.cookie = cookie
        self.forwarded_for = ""

    async def open(self) -> None:
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port)

    async def get(self, path: str) -> None:
        await self._ask("GET", path, b"")

    async def post(self, path: str, data: dict[str, str]) -> str:
        """Returns where to go next."""
        return await self._ask("POST", path, urlencode(data).encode())

    async def _ask(self, method: str, path: str, body: bytes) -> str:
        lines = [f"{method} {path} HTTP/1.1", "Host: localhost", "Accept-Encoding: br"]
        if self.cookie:
            lines.append(f"Cookie: {self.cookie}")
        if self.forwarded_for:
            lines.append(f"X-Forwarded-For: {self.forwarded_for}")
        if body:
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        self._writer.write("\r\n".join([*lines, "", ""]).encode() + body)
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        length = re.search(r"content-length: (\d+)", head, re.IGNORECASE)
        await self._reader.readexactly(int(length[1]) if length else 0)
        status = int(head.split(" ", 2)[1])
        if status not in (200, 303):
            raise RuntimeError(f"{method} {path}: {status}")
        if given := re.search(r"set-cookie: ([^;]+)", head, re.IGNORECASE):
            self.cookie = given[1]
        location = re.search(r"location: (\S+)", head, re.IGNORECASE)
        return location[1] if location else ""


@dataclass(frozen=True, slots=True)
class Result:
    """Units a second, how long the middle one and the slowest twentieth took, and the server's CPU for one (ms)."""

    rate: float
    p50: float
    p95: float
    cpu: float


async def measure(
    server: Server, browsers: list[Browser], unit: Unit, *, seconds: float, most: int = 1_000_000
) -> Result:
    """`unit` by all browsers at once, for `seconds` or `most` times each, after one time that is not counted."""
    took: list[float] = []

    async def use(browser: Browser) -> None:
        for _n in range(most):
            if (asked := time.perf_counter()) >= end:
                break
            await unit(browser)
            took.append(time.perf_counter() - asked)

    for browser in browsers:
        await browser.open()
        await unit(browser)  # templates are compiled, statements prepared
    cpu, began = cpu_seconds(server.pid), time.perf_counter()
    end = began + seconds
    await asyncio.gather(*(use(browser) for browser in browsers))
    passed, cpu = time.perf_counter() - began, cpu_seconds(server.pid) - cpu
    took.sort()
    n = len(took)
    return Result(n / passed, took[n // 2] * 1000, took[int(n * 0.95)] * 1000, cpu / n * 1000)


def cpu_seconds(pid: int) -> float:
    """User and system time of a process with all its threads."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def addresses() -> Iterator[str]:
    """One for each submission, so that the limits of one address are not what is measured."""
    for number in range(1 << 24):
        yield f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}"


async def bench(settings: Settings, scene: Scene, answers: dict[str, str], seconds: float) -> dict[str, Result]:
    server = Server(settings)
    await server.start()
    fresh = addresses()

    async def submit(browser: Browser, *, pages: bool) -> None:
        browser.cookie, browser.forwarded_for = "", next(fresh)
        address = f"{PRIZE}/indstil"
        for data in (NOMINEE | {"draft": str(uuid4())}, answers, NOMINATOR, {"sent": "yes"}):
            if pages:
                await browser.get(address)
            address = await browser.post(address, data)
        if pages:
            await browser.get(address)

    def eight() -> list[Browser]:
        return [Browser(server.port) for _n in range(CLIENTS)]

    try:
        results = {
            "front page": await measure(server, eight(), lambda it: it.get("/"), seconds=seconds),
            "form page": await measure(server, eight(), lambda it: it.get(f"{PRIZE}/indstil"), seconds=seconds),
            "submit (4 posts)": await measure(server, eight(), lambda it: submit(it, pages=False), seconds=seconds),
            "submit (with pages)": await measure(server, eight(), lambda it: submit(it, pages=True), seconds=seconds),
        }
        sequences = {voter.cookie: iter(range(CASTS)) for voter in scene.voters}

        async def cast(browser: Browser) -> None:
            await browser.post(f"{VOTED_PRIZE}/stemme", an_envelope(next(sequences[browser.cookie])))

        members = [Browser(server.port, voter.cookie) for voter in scene.voters]
        results["cast"] = await measure(server, members, cast, seconds=seconds * 10, most=CASTS - 1)
        return results
    finally:
        await server.kill()


async def bench_hello(settings: Settings, seconds: float) -> Result:
    server = Server(settings, ("-m", "benchmarks.hello"))
    await server.start()
    try:
        browsers = [Browser(server.port) for _n in range(CLIENTS)]
        return await measure(server, browsers, lambda it: it.get("/"), seconds=seconds)
    finally:
        await server.kill()


async def run(name: str, settings: Settings, seconds: float) -> None:
    hello = await bench_hello(settings, seconds)
    async with connect(settings) as database:
        await migrate(database)
        scene = await a_scene(settings, members=MEMBERS)
        answers = await reasons(scene.prize)
    results = {"hello-world": hello} | await bench(settings, scene, answers, seconds)
    print(f"{name:20} {'per second':>16} {'p50 ms':>15} {'p95 ms':>15} {'CPU ms':>15}   (× hello-world)")
    for what, it in results.items():
        figures = ((it.rate, hello.rate), (it.p50, hello.p50), (it.p95, hello.p95), (it.cpu, hello.cpu))
        print(f"{what:20} " + " ".join(f"{value:8.2f} ({value / base:5.2f})" for value, base in figures))


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as folder:
        ours = Settings(data_dir=Path(folder) / "var", key_dir=Path(folder) / "keys")
        asyncio.run(run("SQLite", ours, seconds))
        server = TestServer(f"benchmark-{os.getpid()}")
        asyncio.run(server.execute("CREATE DATABASE awards"))
        postgres = Settings(data_dir=ours.data_dir, key_dir=ours.key_dir, database_url=server.url("awards"))
        asyncio.run(run("PostgreSQL", postgres, seconds))


if __name__ == "__main__":
    main()
