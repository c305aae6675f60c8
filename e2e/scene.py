"""The scene of a journey, made by a process of its own beside the server: a small council, and who is signed in.

`python -m e2e.scene DATA_DIR NOW VERB …` prints JSON; the verbs are `set-up`, `open-vote METHOD [by-link-alone]`,
`open-tablet METHOD`, `count POLL` and `sign-in ADDRESS`. NOW is the moment that the journey's clock tells. The cast is
that of the tests.
"""

import asyncio
import json
import shutil
import subprocess
import sys
from collections.abc import Coroutine
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID, uuid4

from awards.accounts.cards import issue_cards
from awards.accounts.links import link_token
from awards.accounts.sessions import sign_in
from awards.accounts.tables import Person
from awards.ballots import polls, tablets
from awards.ballots.meetings import latest_close
from awards.counting.closing import close_due_polls, result_of
from awards.db import connect
from awards.db.migrate import migrate
from awards.names import normalise
from awards.nominations.tables import Nomination
from awards.rounds.tables import Prize
from awards.settings import Settings
from awards.web.identity import ANONYMOUS
from tests.builders import FakeClock, a_cast, a_council, a_prize, a_round
from tests.votes import a_vote

WAITING = (
    (
        "2026-SPRG",
        "Sprogcaféen på Torvet",
        "Birthe Holm",
        "Hver torsdag øver tredive mennesker dansk over en kop kaffe.",
    ),
    ("2026-HAVE", "Haven for alle", "Omar Said", "Naboer fra tolv lande dyrker grøntsager sammen."),
)


def scene(data_dir: Path, now: datetime, *words: str) -> Any:
    """Run this module as a program and read what it prints."""
    command = [sys.executable, "-m", "e2e.scene", str(data_dir), now.isoformat(), *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return json.loads(done.stdout)


def copied_scene(data_dir: Path, now: datetime, *words: str) -> Any:
    """As `scene`, into an empty `data_dir`: made once, and copied for each journey that begins with it."""
    made, told = _made(now, *words)
    shutil.copytree(made, data_dir, dirs_exist_ok=True)
    return told


@cache
def _made(now: datetime, *words: str) -> tuple[Path, Any]:
    made = Path(_SCENES.name) / "-".join(words)
    return made, scene(made, now, *words)


_SCENES = TemporaryDirectory(prefix="scenes-")  # removed when the run ends


def settings_of(data_dir: Path) -> Settings:
    return Settings(data_dir=data_dir, key_dir=data_dir / "keys")


async def set_up(settings: Settings) -> dict[str, str]:
    """A council of five members, a round that is open, and two nominations that came in already."""
    async with connect(settings) as database:
        await migrate(database)
        council = await a_council()
        await a_cast(council)
        round = await a_round(council)
        prize = await a_prize(round)
        await a_prize(round, "erhvervsprisen", position=2)
        for reference, nominee, nominator, story in WAITING:
            await Nomination(
                id=uuid4(),
                reference=reference,
                prize=prize.id,
                kind="association",
                tie="address",
                nominee=nominee,
                search=normalise(f"{nominee} {reference}"),
                nominator=nominator,
                email=f"{nominator.split()[0].lower()}@example.dk",
                story=story,
                received_at=datetime.fromisoformat("2026-09-20T10:00:00+00:00"),
                confirmed_at=datetime.fromisoformat("2026-09-20T10:05:00+00:00"),
            ).save()
    return {"council": council.slug}


async def open_vote(settings: Settings, method: str, now: datetime, *, stepped_up: bool) -> dict[str, Any]:
    """An open vote by `method` about ada, bo and cem, in which two have voted blank; the member's card is printed, and
    the member is signed in."""
    async with connect(settings) as database:
        await migrate(database)
        clock = FakeClock()
        vote = await a_vote(clock, settings.key_dir)
        await Prize.update({Prize.method: method}).where(Prize.id == vote.prize.id)
        await vote.everybody_answers()
        poll = await vote.open()
        for person in (vote.cast.chair, vote.cast.vice_chair):
            await vote.vote(person)
        secretary = vote.actor(vote.cast.secretary)
        card = await issue_cards([vote.cast.member], council=vote.cast.council.id, by=secretary, clock=clock)
    session = await session_of(settings, vote.cast.member.email, now, stepped_up=stepped_up)
    return {"poll": str(poll.id), "card": card[0].code, "session": session}


async def open_tablet(settings: Settings, method: str) -> dict[str, Any]:
    """An open vote by `method` at a meeting of chair and member, who both have cards, and the council's tablet for
    it."""
    async with connect(settings) as database:
        await migrate(database)
        clock = FakeClock()
        vote = await a_vote(clock, settings.key_dir)
        await Prize.update({Prize.method: method}).where(Prize.id == vote.prize.id)
        await vote.everybody_answers()
        there, poll = [vote.cast.chair, vote.cast.member], uuid4()
        chair, closes = vote.actor(vote.cast.chair), latest_close(clock.now())
        present = [person.id for person in there]
        await polls.prepare_poll(poll, vote.prize.id, closes_at=closes, present=present, by=chair, clock=clock)
        await polls.open_poll(
            poll, without_answers=False, as_chair=True, key_dir=settings.key_dir, by=chair, clock=clock
        )
        cards = await issue_cards(there, council=vote.cast.council.id, by=chair, clock=clock)
        link = await tablets.open_tablet(poll, by=chair, clock=clock)
        path = f"/tavle/{await link_token(link, settings)}"
    return {"poll": str(poll), "path": path, "cards": [card.code for card in cards]}


async def count(settings: Settings, poll: UUID, now: datetime) -> dict[str, int]:
    """Close what is due, and tell how many ballots of a vote were valid, blank and invalid."""
    async with connect(settings):
        await close_due_polls(clock=FakeClock(now), settings=settings)
        counts = (await result_of(poll)).counts
    return {"valid": counts.valid, "blank": counts.blank, "invalid": counts.invalid}


async def session_of(settings: Settings, address: str, now: datetime, *, stepped_up: bool) -> dict[str, str]:
    """A session of the person with this e-mail address, just signed in."""
    async with connect(settings):
        person = await Person.objects().get(Person.email == address)
        if person is None:
            raise LookupError(address)
        opened = await sign_in(
            person.id, before=ANONYMOUS, stepped_up=stepped_up, agent="journey", clock=FakeClock(now), settings=settings
        )
    return {"name": opened.cookie.key, "value": str(opened.cookie.value)}


def main() -> None:
    data_dir, now, verb, *rest = sys.argv[1:]
    settings, moment = settings_of(Path(data_dir)), datetime.fromisoformat(now)
    work: Coroutine[Any, Any, Any]
    match verb:
        case "set-up":
            work = set_up(settings)
        case "open-vote":
            work = open_vote(settings, rest[0], moment, stepped_up="by-link-alone" not in rest)
        case "open-tablet":
            work = open_tablet(settings, rest[0])
        case "count":
            work = count(settings, UUID(rest[0]), moment)
        case _:
            work = session_of(settings, rest[0], moment, stepped_up=True)
    print(json.dumps(asyncio.run(work)))


if __name__ == "__main__":
    main()
