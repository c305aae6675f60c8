"""Fixtures for all tests: an empty migrated database on each engine, and a clock that can be set.

`AWARDS_TEST_ENGINES=sqlite` runs without PostgreSQL, which is faster while working.
"""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import hypothesis
import pytest

from awards.accounts.sessions import sign_in
from awards.accounts.tables import Person
from awards.app import Awards, create_app, state_of
from awards.db import Database, connect
from awards.db.migrate import migrate
from awards.settings import Settings
from awards.web.identity import ANONYMOUS
from tests.browsing import Browser, BrowserOf
from tests.builders import FakeClock
from tests.postgres import TestServer, run_name, worker_name
from tests.votes import Vote, a_vote

ENGINES = os.environ.get("AWARDS_TEST_ENGINES", "sqlite,postgres").split(",")

# No test fails for being slow: the machine may be busy.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")

SignIn = Callable[..., Awaitable[httpx.Cookies]]


async def _migrate(settings: Settings) -> None:
    async with connect(settings) as database:
        await migrate(database)


@pytest.fixture(scope="session")
def postgres_server() -> TestServer:
    return TestServer(run_name())


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file without rows."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("template"))
    asyncio.run(_migrate(settings))
    return settings.sqlite_path


@pytest.fixture(scope="session")
def postgres_database(postgres_server: TestServer) -> tuple[str, set[str]]:
    """The name of a migrated PostgreSQL database, and its tables. Each worker has one."""
    name = f"awards_{worker_name()}"
    asyncio.run(postgres_server.execute(f'CREATE DATABASE "{name}"'))
    asyncio.run(_migrate(Settings(database_url=postgres_server.url(name))))
    return name, asyncio.run(postgres_server.tables(name))


@pytest.fixture(params=ENGINES)
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """Settings with a data folder and a migrated database of the test's own; once for each engine."""
    ours = Settings(data_dir=tmp_path / "var", key_dir=tmp_path / "keys")
    if request.param == "sqlite":
        ours.data_dir.mkdir()
        shutil.copyfile(request.getfixturevalue("sqlite_template"), ours.sqlite_path)
        yield ours
        return
    server: TestServer = request.getfixturevalue("postgres_server")
    name, tables = request.getfixturevalue("postgres_database")
    yield replace(ours, database_url=server.url(name))
    asyncio.run(server.empty(name, tables))


@pytest.fixture
async def db(settings: Settings) -> AsyncIterator[Database]:
    """The database of `settings`, connected."""
    async with connect(settings) as database:
        yield database


@pytest.fixture(scope="session")
def registered_app() -> Awards:
    """Registering the routes takes longer than most tests, and does not depend on the test."""
    return create_app(Settings())


@pytest.fixture
async def app(registered_app: Awards, settings: Settings, clock: FakeClock) -> AsyncIterator[Awards]:
    """The whole application on a database of the test's own, without its background workers."""
    registered_app.state = state_of(settings, clock)
    async with registered_app.state.database:
        yield registered_app


@pytest.fixture
async def client(app: Awards) -> AsyncIterator[httpx.AsyncClient]:
    """A browser without a session: it follows no redirect, and keeps cookies."""
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as browser:
        yield browser


@pytest.fixture
def sign_in_as(app: Awards, clock: FakeClock, settings: Settings) -> SignIn:
    """`client.cookies = await sign_in_as(person)`: a session of that person, stepped up unless asked otherwise."""

    async def sign_in_person(person: Person, *, stepped_up: bool = True) -> httpx.Cookies:
        opened = await sign_in(
            person.id, before=ANONYMOUS, stepped_up=stepped_up, agent="test", clock=clock, settings=settings
        )
        return httpx.Cookies({opened.cookie.key: str(opened.cookie.value)})

    return sign_in_person


@pytest.fixture
def browser_of(client: httpx.AsyncClient, sign_in_as: SignIn) -> BrowserOf:
    """`await browser_of(person)`: that person has signed in, in the one browser that there is."""

    async def browse(person: Person, *, stepped_up: bool = True) -> Browser:
        client.cookies = await sign_in_as(person, stepped_up=stepped_up)
        return Browser(client)

    return browse


@pytest.fixture
async def vote_in_app(app: Awards, clock: FakeClock, settings: Settings) -> Vote:
    """A prize to vote about, in the application's own database."""
    return await a_vote(clock, settings.key_dir)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()
