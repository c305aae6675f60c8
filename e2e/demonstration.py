"""The demonstration at one point of its story, served.

`python -m e2e.demonstration DATA_DIR NOW STAGE` loads it in a process of its own, delivers its mails into files, and
prints as JSON the session of each person by their key (`secretary`, `member_1`, …).
"""

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Page

from awards.administration.demo import load_demonstration
from awards.administration.demo.people import EVERYBODY
from awards.app import LETTERS
from awards.db import connect
from awards.db.migrate import migrate
from awards.outbox.delivery import transport_for
from awards.outbox.worker import send_due
from awards.settings import Settings
from e2e.scene import session_of, settings_of
from e2e.server import serving_awards
from tests.builders import FakeClock

TOLD_AT = datetime(2026, 11, 25, 9, tzinfo=UTC)

Cookie = dict[str, str]


@dataclass(frozen=True)
class Demonstration:
    """Served at `address`."""

    address: str
    data_dir: Path
    _sessions: dict[str, Cookie]

    def become(self, page: Page, key: str) -> None:
        """Let the browser of `page` be that of the person with this key; "" is the public, without a cookie."""
        page.context.clear_cookies()
        if key:
            cookie = self._sessions[key]
            page.context.add_cookies([{"name": cookie["name"], "value": cookie["value"], "url": self.address}])


@contextmanager
def playing(data_dir: Path, sessions: dict[str, Cookie]) -> Iterator[Demonstration]:
    """Serve what `loaded` has put into `data_dir` for the time of the block."""
    with serving_awards(settings_of(data_dir), FakeClock(TOLD_AT)) as address:
        yield Demonstration(address, data_dir, sessions)


def loaded(stage: str, data_dir: Path) -> dict[str, Cookie]:
    """Run this module as a program: the demonstration at `stage`. Returns the cookie of each person's session."""
    command = [sys.executable, "-m", "e2e.demonstration", str(data_dir), TOLD_AT.isoformat(), stage]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    if done.returncode:
        raise RuntimeError(done.stderr)
    cookies: dict[str, Cookie] = json.loads(done.stdout)
    return cookies


async def load(settings: Settings, now: datetime, stage: str) -> dict[str, Cookie]:
    assert LETTERS, "without the letters no mail can be written"
    clock = FakeClock(now)
    async with connect(settings) as database:
        await migrate(database)
        await load_demonstration(stage, settings, clock)
        while await send_due(settings, clock, transport_for(settings, demonstration=True)):
            pass
    return {role.key: await session_of(settings, role.email, now, stepped_up=True) for role in EVERYBODY}


def main() -> None:
    data_dir, now, stage = sys.argv[1:]
    print(json.dumps(asyncio.run(load(settings_of(Path(data_dir)), datetime.fromisoformat(now), stage))))


if __name__ == "__main__":
    main()
