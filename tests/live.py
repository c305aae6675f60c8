"""A real server process, and a council that it serves: for the tests and benchmarks that need both."""

import asyncio
import os
import socket
import sys
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from awards.accounts.sessions import sign_in
from awards.ballots import polls
from awards.ballots.codes import code_of
from awards.ballots.sealing import OUTER_SIZE
from awards.ballots.tables import Poll
from awards.clock import SystemClock
from awards.rounds.tables import Prize
from awards.screening.tables import Candidate, Shortlist
from awards.settings import Settings
from awards.web.identity import ANONYMOUS, Actor
from tests.builders import a_council, a_person, a_prize, a_round, a_seat, an_office
from tests.processes import Handed, process_of, serve_with

PATIENCE = 60  # seconds for a server to start, on a busy machine too
SERVE = ("-c", "from awards.cli import main; main()", "serve")
VOTED_PRIZE = "/integrationsraad/2026/erhvervsprisen"


class Server:
    """A process that serves on a free port: `awards serve` on `settings`, unless other arguments of Python are given.

    It believes `X-Forwarded-For`, so that its visitors can have addresses, and limits, of their own.
    """

    def __init__(self, settings: Settings, arguments: Sequence[str] = SERVE) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self._arguments = arguments
        self._environment = {
            "AWARDS_DATA": str(settings.data_dir),
            "AWARDS_KEY_DIR": str(settings.key_dir),
            "AWARDS_PORT": str(self.port),
            "AWARDS_TRUSTED_PROXY": "127.0.0.1",
            "DATABASE_URL": settings.database_url,
        }

    @property
    def pid(self) -> int:
        pid: int = self._process.pid
        return pid

    async def start(self) -> None:
        """Return when it listens."""
        log = await self._launch()
        async with asyncio.timeout(PATIENCE):
            async for line in log:
                if b"Uvicorn running" in line:
                    break
            else:
                raise AssertionError("the server ended")
        self._log = asyncio.create_task(log.read())  # a full pipe would stop the server

    async def kill(self) -> None:
        """With SIGKILL: it gets no chance to finish anything."""
        self._process.kill()
        await self._ended()
        await self._log

    async def _launch(self) -> asyncio.StreamReader:
        """Begin the process; what it writes to its log."""
        process = await asyncio.create_subprocess_exec(
            sys.executable, *self._arguments, env=os.environ | self._environment, stderr=asyncio.subprocess.PIPE
        )
        self._process: Any = process
        assert process.stderr is not None
        return process.stderr

    async def _ended(self) -> None:
        await self._process.wait()


class ForkedServer(Server):
    """`awards serve` as a process of its own, forked from one that has loaded the program: it starts in a third of the
    time."""

    async def _launch(self) -> asyncio.StreamReader:
        reading, writing = os.pipe()
        self._process = process_of(serve_with, self._environment, Handed(writing))
        os.close(writing)
        log = asyncio.StreamReader()
        protocol = asyncio.StreamReaderProtocol(log)
        await asyncio.get_running_loop().connect_read_pipe(lambda: protocol, os.fdopen(reading, "rb"))
        return log

    async def _ended(self) -> None:
        await asyncio.to_thread(self._process.join)


@dataclass(frozen=True, slots=True)
class Voter:
    """A member on the roll, signed in and stepped up. `cookie`: the header that says so."""

    id: UUID
    cookie: str


@dataclass(frozen=True, slots=True)
class Scene:
    """A prize open for nominations by the machine's clock, and an open poll about another one."""

    prize: Prize
    poll: Poll
    voters: list[Voter]


async def a_scene(settings: Settings, *, members: int) -> Scene:
    clock, now = SystemClock(), datetime.now(UTC)
    council = await a_council()
    secretary = await a_person("secretary")
    await an_office(council, secretary, "secretary")
    people = [await a_person(f"member{number}") for number in range(members)]
    for position, person in enumerate(people, start=1):
        await a_seat(council, person, position)
    closes = {"closes_at": now + timedelta(days=1), "screening_ends_at": now + timedelta(days=2)}
    round = await a_round(council, 2026, opened_at=now, opens_at=now - timedelta(days=1), **closes)
    prize = await a_prize(round)
    voted = await a_prize(round, "erhvervsprisen", position=2)
    for name in ("ada", "bo", "cem"):
        await Candidate(id=uuid4(), prize=voted.id, name=name, state="shortlisted").save()
    await Shortlist(id=uuid4(), prize=voted.id, confirmed_at=now).save()
    by, id = Actor(person_id=secretary.id), uuid4()
    await polls.prepare_poll(id, voted.id, closes_at=now + timedelta(days=1), by=by, clock=clock)
    await polls.open_poll(id, without_answers=True, key_dir=settings.key_dir, by=by, clock=clock)
    poll = await Poll.objects().get(Poll.id == id)
    assert poll is not None
    voters = []
    for person in people:
        opened = await sign_in(
            person.id, before=ANONYMOUS, stepped_up=True, agent="test", clock=clock, settings=settings
        )
        voters.append(Voter(person.id, f"{opened.cookie.key}={opened.cookie.value}"))
    return Scene(prize, poll, voters)


def an_envelope(seq: int) -> dict[str, str]:
    """A cast as the ballot page sends it. What is inside does not matter: nobody can open it before the poll closes."""
    outer = os.urandom(OUTER_SIZE)
    return {"outer": b64encode(outer).decode(), "t1": code_of(outer), "expects": str(seq)}
