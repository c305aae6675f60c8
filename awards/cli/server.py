"""The production server: uvicorn, with the limits it lacks."""

from asyncio import TimerHandle, Transport
from typing import Any

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from awards.app import create_app
from awards.db.process_lock import hold_serve_lock
from awards.settings import Settings

CONNECTIONS = 512
HEADER_BYTES = 32 * 1024
HEADER_SECONDS = 10
KEEP_ALIVE_SECONDS = 15
SHUTDOWN_SECONDS = 25
"""Seconds that running requests get to finish after the signal to stop."""


class CarefulProtocol(HttpToolsProtocol):
    """Closes a connection whose request line and headers are too many bytes or take too long to arrive."""

    _bytes = 0
    _timer: TimerHandle | None = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._await_headers()

    def data_received(self, data: bytes) -> None:
        if self._timer is None and (self.cycle is None or self.cycle.response_complete):
            self._await_headers()  # the next request on a connection that was kept open
        if self._timer is not None:
            self._bytes += len(data)
        super().data_received(data)
        # What is still waiting for the end of its headers after that much has no good purpose.
        if self._timer is not None and self._bytes > HEADER_BYTES:
            self._give_up()

    def on_headers_complete(self) -> None:
        self._headers_came()
        super().on_headers_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        self._headers_came()
        super().connection_lost(exc)

    def _await_headers(self) -> None:
        self._bytes = 0
        self._timer = self.loop.call_later(HEADER_SECONDS, self._give_up)

    def _headers_came(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _give_up(self) -> None:
        self._headers_came()
        if not self.transport.is_closing():
            self.transport.close()


def uvicorn_options(settings: Settings) -> dict[str, Any]:
    """How uvicorn serves, whatever it serves."""
    return {
        "host": settings.host,
        "port": settings.port,
        "loop": "uvloop",
        "http": CarefulProtocol,
        "ws": "none",
        "lifespan": "on",
        "limit_concurrency": CONNECTIONS,
        "timeout_keep_alive": KEEP_ALIVE_SECONDS,
        "timeout_graceful_shutdown": SHUTDOWN_SECONDS,
        "access_log": False,
        "log_config": None,
        "server_header": False,
        # X-Forwarded-For is input: it is believed from a configured proxy only.
        "proxy_headers": bool(settings.trusted_proxy),
        "forwarded_allow_ips": settings.trusted_proxy or None,
    }


def run_server(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT. Raises AlreadyServing when another process serves the same SQLite file."""
    with hold_serve_lock(settings):
        uvicorn.run(create_app(settings), **uvicorn_options(settings))
