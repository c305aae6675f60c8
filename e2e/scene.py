"""The scene of a journey, made by a process of its own beside the server: a small council, and who is signed in.

`python -m e2e.scene DATA_DIR NOW set-up` or `… sign-in ADDRESS`, printing JSON. NOW is the moment that the journey's
clock tells. The cast is that of the tests.
"""

import asyncio
import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from awards.accounts.sessions import sign_in
from awards.accounts.tables import Person
from awards.db import connect
from awards.db.migrate import migrate
from awards.names import normalise
from awards.nominations.tables import Nomination
from awards.settings import Settings
from awards.web.identity import ANONYMOUS
from tests.builders import FakeClock, a_cast, a_council, a_prize, a_round

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


async def session_of(settings: Settings, address: str, now: datetime) -> dict[str, str]:
    """A session of the person with this e-mail address, just signed in and stepped up."""
    async with connect(settings):
        person = await Person.objects().get(Person.email == address)
        if person is None:
            raise LookupError(address)
        opened = await sign_in(
            person.id, before=ANONYMOUS, stepped_up=True, agent="journey", clock=FakeClock(now), settings=settings
        )
    return {"name": opened.cookie.key, "value": str(opened.cookie.value)}


def main() -> None:
    data_dir, now, verb, *rest = sys.argv[1:]
    settings, moment = settings_of(Path(data_dir)), datetime.fromisoformat(now)
    work = set_up(settings) if verb == "set-up" else session_of(settings, rest[0], moment)
    print(json.dumps(asyncio.run(work)))


if __name__ == "__main__":
    main()
