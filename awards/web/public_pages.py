"""Public pages, kept for a moment: made once, compressed once, the same bytes for everybody.

A kept page is shown until anything is written through this process's database, and never longer than two seconds, by
when what another process wrote shows. It never outlasts the minute in which it was made: deadlines and embargoes fall
on whole minutes, and are kept to the second. When many ask for one that no longer stands, it is made for the first of
them and the others wait. Only what `page(..., public=True)` made is kept:
it shows no sign-in state, so it can be neither somebody else's page nor give away a secret by its compressed size.
"""

import asyncio
import gzip
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, cast

import brotli
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Send

from awards.clock import Clock
from awards.web.i18n import language
from awards.web.pages import PUBLIC
from awards.web.static import choose_coding, matches

LASTS = timedelta(seconds=2)
A_MINUTE = timedelta(minutes=1)
MOST_PAGES = 256

Key = tuple[str, str, bytes]
Headers = list[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class Kept:
    """A page as it was made, with its headers apart from those that say how it is encoded.

    version: of the database, read before the page was made. route: for the log.
    """

    version: int
    until: datetime
    route: str
    headers: Headers
    digest: str
    bodies: dict[str, bytes]

    async def answer(self, scope: HTTPScope, send: Send) -> None:
        asked = dict(scope["headers"])
        coding = choose_coding(asked.get(b"accept-encoding", b"").decode("latin-1"), self.bodies)
        etag = f'"{self.digest}-{coding}"'
        headers, status, body = [*self.headers, (b"etag", etag.encode())], 200, self.bodies[coding]
        if matches(asked.get(b"if-none-match", b"").decode("latin-1"), etag):
            status, body = 304, b""
        else:
            headers.append((b"content-length", str(len(body)).encode()))
            if coding != "identity":
                headers.append((b"content-encoding", coding.encode()))
        cast("dict[str, Any]", scope).setdefault("path_template", self.route)
        await send(cast("Message", {"type": "http.response.start", "status": status, "headers": headers}))
        await send({"type": "http.response.body", "body": body, "more_body": False})


class PublicPages:
    """Stands before the application. `version` is a number that grows whenever something was written."""

    def __init__(self, version: Callable[[], int], clock: Clock) -> None:
        self._version = version
        self._clock = clock
        self._kept: dict[Key, Kept] = {}
        self._making: dict[Key, asyncio.Event] = {}

    async def __call__(self, app: ASGIApp, scope: HTTPScope, receive: Receive, send: Send) -> None:
        """Answer a GET or HEAD with the kept page, or let `app` make it. HEAD is GET without the body (RFC 9110)."""
        if scope["method"] not in ("GET", "HEAD"):
            return await app(scope, receive, send)
        if scope["method"] == "HEAD":
            scope, send = cast("HTTPScope", {**scope, "method": "GET"}), _without_body(send)
        key = (language(), scope["path"], scope["query_string"])
        while (kept := self._standing(key)) is None and (making := self._making.get(key)) is not None:
            await making.wait()
        if kept is not None:
            return await kept.answer(scope, send)
        if self._kept.pop(key, None) is None:  # perhaps no public page at all: nobody waits for it
            return await self._make(key, app, scope, receive, send)
        made = self._making[key] = asyncio.Event()
        try:
            await self._make(key, app, scope, receive, send)
        finally:
            del self._making[key]
            made.set()

    def _standing(self, key: Key) -> Kept | None:
        """The page as it may still be shown."""
        kept = self._kept.get(key)
        return kept if kept and kept.version == self._version() and self._clock.now() < kept.until else None

    async def _make(self, key: Key, app: ASGIApp, scope: HTTPScope, receive: Receive, send: Send) -> None:
        """Let `app` answer, and keep the answer when it is a public page."""
        version, now = self._version(), self._clock.now()
        until = min(now + LASTS, now.replace(second=0, microsecond=0) + A_MINUTE)
        begin: dict[str, Any] = {}
        body = bytearray()

        async def keep(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_public(message):
                begin.update(message)
            elif message["type"] == "http.response.body" and begin:
                body.extend(message["body"])
                if not message["more_body"]:
                    made = _kept(version, until, scope, begin["headers"], bytes(body))
                    if len(self._kept) >= MOST_PAGES:
                        self._kept.clear()
                    self._kept[key] = made
                    await made.answer(scope, send)
            else:
                await send(message)

        await app(scope, receive, keep)


def _is_public(start: Message) -> bool:
    headers = dict(start["headers"])  # type: ignore[typeddict-item]
    same_for_all = b"set-cookie" not in headers and b"vary" not in headers
    return same_for_all and headers.get(b"cache-control") == PUBLIC.encode() and start["status"] == 200  # type: ignore[typeddict-item]


def _kept(version: int, until: datetime, scope: HTTPScope, headers: Headers, body: bytes) -> Kept:
    common = [(name, value) for name, value in headers if name not in (b"content-length", b"vary")]
    return Kept(
        version,
        until,
        str(scope.get("path_template", "")),
        [*common, (b"vary", b"Accept-Encoding")],
        sha256(body).hexdigest()[:16],
        # Middling qualities: a page is made anew after every write.
        {"br": brotli.compress(body, quality=5), "gzip": gzip.compress(body, 6, mtime=0), "identity": body},
    )


def _without_body(send: Send) -> Send:
    async def headers_only(message: Message) -> None:
        if message["type"] == "http.response.body":
            message["body"] = b""
        await send(message)

    return headers_only
