"""Killed with SIGKILL under load, twenty times on each engine: what was acknowledged is there, and there once.

A real server is killed while nominators send nominations and members cast ballots. Whoever got no answer sends the
same request again to the next server, as a person does who presses the button once more.
"""

import asyncio
import random
from collections import Counter
from uuid import uuid4

import httpx
import pytest

from awards.audit.tables import Audit
from awards.ballots import keys
from awards.ballots.casting import own_slot
from awards.ballots.tables import Poll, Slot
from awards.db import connect
from awards.nominations.tables import Answer, Nomination
from awards.outbox.tables import Mail
from awards.settings import Settings
from tests import live
from tests.builders import CRITERIA
from tests.live import PATIENCE, VOTED_PRIZE, ForkedServer, a_scene, an_envelope
from tests.nominations.builders import NOMINATOR, NOMINEE, PRIZE, reasons

pytestmark = pytest.mark.slow

KILLS = 20  # on each engine
NOMINATORS = MEMBERS = 4


class Load:
    """Counts acknowledgements, and tells when it is time to kill."""

    def __init__(self) -> None:
        self._left = 0
        self.reached = asyncio.Event()

    def kill_after(self, acknowledgements: int) -> None:
        self._left = acknowledgements
        self.reached.clear()

    def acknowledge(self) -> None:
        self._left -= 1
        if self._left <= 0:
            self.reached.set()


class Nominator:
    """Sends one nomination after the other. `sending`: the draft whose sending has not been answered yet."""

    def __init__(self, load: Load, answers: dict[str, str], number: int) -> None:
        self._load = load
        self._answers = answers
        self._cookies = httpx.Cookies()
        self._headers = {"X-Forwarded-For": f"10.0.0.{number}"}
        self.received: dict[str, str] = {}
        self.sending = ""

    async def work(self, address: str, *, more: bool = True) -> None:
        """Send again what got no answer, and then, if there is `more`, new ones without end."""
        async with httpx.AsyncClient(
            base_url=address, cookies=self._cookies, headers=self._headers, timeout=PATIENCE
        ) as browser:
            self._cookies = browser.cookies
            if self.sending:
                await self._send(browser)
            while more:
                begun = await browser.post(f"{PRIZE}/indstil", data=NOMINEE | {"draft": str(uuid4())})
                assert begun.status_code == 303, begun.text
                draft = begun.headers["location"].split("/")[2]
                for step, data in (("begrundelse", self._answers), ("dig", NOMINATOR)):
                    kept = await browser.post(f"/kladder/{draft}/{step}", data=data)
                    assert kept.status_code == 303, kept.text
                self.sending = draft
                await self._send(browser)

    async def _send(self, browser: httpx.AsyncClient) -> None:
        sent = await browser.post(f"/kladder/{self.sending}/send")
        assert sent.status_code == 303, sent.text
        self.received[self.sending] = sent.headers["location"].removeprefix("/kvittering/")
        self.sending = ""
        self._load.acknowledge()


class Voter:
    """Votes again and again. `casting`: the envelope that has not been answered for yet."""

    def __init__(self, load: Load, member: live.Voter) -> None:
        self._load = load
        self.member = member
        self.seq, self.t1 = 0, ""
        self.casting: dict[str, str] = {}

    async def work(self, address: str, *, more: bool = True) -> None:
        """Cast again what got no answer, and then, if there is `more`, new ballots without end."""
        async with httpx.AsyncClient(
            base_url=address, headers={"Cookie": self.member.cookie}, timeout=PATIENCE
        ) as browser:
            if self.casting:
                await self._cast(browser)
            while more:
                self.casting = an_envelope(self.seq)
                await self._cast(browser)

    async def _cast(self, browser: httpx.AsyncClient) -> None:
        cast = await browser.post(f"{VOTED_PRIZE}/stemme", data=self.casting)
        assert cast.status_code == 303, cast.text
        self.seq, self.t1, self.casting = self.seq + 1, self.casting["t1"], {}
        self._load.acknowledge()


async def test_what_was_acknowledged_survives_and_is_there_once(settings: Settings) -> None:
    load, chance, server = Load(), random.Random(20), ForkedServer(settings)
    async with connect(settings):
        scene = await a_scene(settings, members=MEMBERS)
        answers = await reasons(scene.prize)
    nominators = [Nominator(load, answers, number) for number in range(NOMINATORS)]
    voters = [Voter(load, member) for member in scene.voters]
    for _kill in range(KILLS):
        load.kill_after(chance.randrange(3, 13))
        await server.start()
        tasks = [asyncio.create_task(each.work(server.address)) for each in (*nominators, *voters)]
        enough = asyncio.create_task(load.reached.wait())
        await asyncio.wait({*tasks, enough}, timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED)
        await server.kill()
        enough.cancel()
        ended = await asyncio.gather(*tasks, return_exceptions=True)
        assert all(isinstance(error, httpx.TransportError) for error in ended), ended
        assert load.reached.is_set(), "too few acknowledgements in time"
        async with connect(settings):
            await _nothing_is_lost_or_doubled(nominators)
            await _slots_are_as_told(scene.poll, voters, settings)
    await server.start()
    await asyncio.gather(*(each.work(server.address, more=False) for each in (*nominators, *voters)))
    await server.kill()
    async with connect(settings):
        await _nothing_is_lost_or_doubled(nominators)
        await _slots_are_as_told(scene.poll, voters, settings)
    assert any(nominator.received for nominator in nominators), "no nomination was ever acknowledged"
    assert any(voter.seq for voter in voters), "no ballot was ever acknowledged"


async def _nothing_is_lost_or_doubled(nominators: list[Nominator]) -> None:
    """Nominations, their answers, mails and log lines, each exactly once; what got no answer is there or is not."""
    told = {id: reference for nominator in nominators for id, reference in nominator.received.items()}
    unanswered = {nominator.sending for nominator in nominators if nominator.sending}
    stored = {str(row["id"]): row["reference"] for row in await Nomination.select(Nomination.id, Nomination.reference)}
    assert {id: stored.get(id) for id in told} == told
    assert set(stored) - set(told) <= unanswered
    answers = Counter(str(row["nomination"]) for row in await Answer.select(Answer.nomination))
    assert answers == dict.fromkeys(stored, len(CRITERIA))
    mails = await Mail.select(Mail.reference).where(Mail.template == "nominations/confirm")
    assert Counter(row["reference"] for row in mails) == Counter(stored.values())
    assert await Audit.count().where(Audit.body.like('%"nominations.received"%')) == len(stored)


async def _slots_are_as_told(poll: Poll, voters: list[Voter], settings: Settings) -> None:
    """Every acknowledged ballot lies in its slot; one that got no answer was cast once or not at all."""
    for voter in voters:
        possible = [(voter.seq, voter.t1)]
        if voter.casting:
            possible.append((voter.seq + 1, voter.casting["t1"]))
        assert await own_slot(poll, voter.member.id, keys.slot_key(settings.key_dir)) in possible
    assert await Slot.count() == MEMBERS
