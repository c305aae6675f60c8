"""A council, and the browser of its secretary."""

import httpx
import pytest

from awards.app import Awards
from tests.builders import Cast, a_cast, a_council
from tests.conftest import SignIn


@pytest.fixture
async def cast(app: Awards) -> Cast:
    return await a_cast(await a_council())


@pytest.fixture
async def desk(cast: Cast, client: httpx.AsyncClient, sign_in_as: SignIn) -> httpx.AsyncClient:
    client.cookies = await sign_in_as(cast.secretary)
    return client
