"""A real server for the journeys: uvicorn in a thread, on a free port of this machine."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import Any

import uvicorn

from awards.app import create_app
from awards.clock import Clock
from awards.settings import Settings

PATIENCE = 20  # seconds to start or to stop


@contextmanager
def serving(make: Callable[[str], Callable[..., Any]]) -> Iterator[str]:
    """Serve the ASGI application that `make` builds, given the address it will have; yields that address.

    It has started when the block begins, and has finished its requests and its lifespan when the block has ended.
    Raises RuntimeError when it does not start or stop in time.
    """
    # The socket listens before the application exists, so that the application can be told its own address.
    with socket.create_server(("127.0.0.1", 0)) as listening:
        address = f"http://localhost:{listening.getsockname()[1]}"
        config = uvicorn.Config(make(address), lifespan="on", log_level="warning", timeout_graceful_shutdown=5)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=_run, args=(server, listening), name="served application")
        thread.start()
        try:
            _wait(lambda: server.started or not thread.is_alive())
            if not server.started:
                raise RuntimeError("The application did not start.")
            yield address
        finally:
            server.should_exit = True
            thread.join(PATIENCE)
            if thread.is_alive():
                raise RuntimeError("The application did not stop.")


@contextmanager
def serving_awards(settings: Settings, clock: Clock) -> Iterator[str]:
    """Serve the whole product on the migrated database of `settings`, at the time that `clock` tells."""
    with serving(lambda address: create_app(replace(settings, base_url=address), clock)) as address:
        yield address


def _run(server: uvicorn.Server, listening: socket.socket) -> None:
    with suppress(SystemExit):  # uvicorn's way to say that it could not start; it has logged why
        server.run(sockets=[listening])


def _wait(reached: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not reached() and time.monotonic() < until:
        time.sleep(0.01)
