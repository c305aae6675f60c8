"""For monitors: does the process live, and can it serve?"""

import contextlib
from typing import Any

from litestar import Response, Router, get
from litestar.status_codes import HTTP_200_OK, HTTP_503_SERVICE_UNAVAILABLE

from awards.background import Loop
from awards.db import current
from awards.db.migrate import pending_migrations
from awards.web.pages import Request

HEADERS = {"Cache-Control": "no-store"}


@get("/healthz", media_type="text/plain")
async def alive() -> Response[str]:
    """The process answers."""
    return Response("ok", media_type="text/plain", headers=HEADERS)


@get("/readyz")
async def ready(request: Request) -> Response[dict[str, Any]]:
    """The database answers, no migration is pending, and the background work goes on; 503 otherwise."""
    loops: list[Loop] = request.app.state.loops
    checks = {"database": False, "migrations": False} | {loop.name: loop.is_alive() for loop in loops}
    with contextlib.suppress(Exception):  # whatever the database's complaint is, it is not ready
        checks["migrations"] = not await pending_migrations(current())
        checks["database"] = True
    status = HTTP_200_OK if all(checks.values()) else HTTP_503_SERVICE_UNAVAILABLE
    return Response(checks, status_code=status, headers=HEADERS)


router = Router(path="/", route_handlers=[alive, ready])
