"""Makes the `Actor` of every request from its session cookie. Reads one row, writes none."""

from typing import Any

from litestar.connection import ASGIConnection
from litestar.middleware import AbstractAuthenticationMiddleware, AuthenticationResult, DefineMiddleware

from awards.accounts.sessions import actor_of, cookie_name
from awards.web.identity import ANONYMOUS


class Identify(AbstractAuthenticationMiddleware):
    """Fills `request.actor`. It refuses nobody: guards do."""

    async def authenticate_request(self, connection: ASGIConnection[Any, Any, Any, Any]) -> AuthenticationResult:
        state = connection.app.state
        token = connection.cookies.get(cookie_name(state.settings))
        actor = await actor_of(token, state.clock.now()) if token else ANONYMOUS
        return AuthenticationResult(user=actor, auth=None)


# What is the same for everybody must not cost a query, nor fail when the database does.
IDENTIFY = DefineMiddleware(Identify, exclude=[r"^/static/", r"^/healthz$", r"^/readyz$"])
