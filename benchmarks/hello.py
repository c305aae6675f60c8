"""The yardstick of the page benchmark: the least that Litestar does, under the same server as ours."""

import uvicorn
from litestar import Litestar, get

from awards.cli.server import uvicorn_options
from awards.settings import Settings
from awards.web.logs import configure_logs


@get("/")
async def hello() -> str:
    return "hello world"


if __name__ == "__main__":
    configure_logs()
    app = Litestar([hello], openapi_config=None, logging_config=None)
    uvicorn.run(app, **uvicorn_options(Settings.from_environment()))
