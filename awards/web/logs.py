"""Structured logs: one JSON object a line on standard error, without personal data.

A request is logged by its route (`/bekraeft/{token:str}`), never by its path, query or body: those hold tokens and
names. A traceback is logged as places in the code; its messages and values may quote what people typed.
"""

import logging
import sys
import traceback
from collections.abc import Mapping, MutableMapping
from time import perf_counter
from types import TracebackType
from typing import Any

import structlog
from litestar.types import Message, Scope, Send

log = structlog.get_logger()

_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


def configure_logs(level: int = logging.INFO) -> None:
    """Send our own logs and those of libraries to standard error."""
    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        places_of_errors,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.add_logger_name, *shared],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)


def places_of_errors(_logger: object, _method: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """Processor: an exception becomes its type and the places it came through, and those of its causes."""
    error = _error_of(event.pop("exc_info", None))
    if error is not None:
        event["error"] = list(_chain(error))
    return event


def _error_of(info: BaseException | _ExcInfo | bool | None) -> BaseException | None:
    if isinstance(info, BaseException):
        return info
    if isinstance(info, tuple):
        return info[1]
    return sys.exc_info()[1] if info else None


def _chain(error: BaseException | None) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    while error is not None and len(found) < 5:
        frames = traceback.extract_tb(error.__traceback__)
        places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        found.append({"type": f"{type(error).__module__}.{type(error).__qualname__}", "at": places})
        error = error.__cause__ or error.__context__
    return found


def logging_request(scope: Scope, send: Send) -> Send:
    """`send`, and a line in the log when the answer begins; none for a handler with `opt={"unlogged": True}`."""
    began = perf_counter()

    async def logged(message: Message) -> None:
        if message["type"] == "http.response.start" and not _is_unlogged(scope):
            log.info(
                "request",
                method=scope.get("method"),
                route=route_of(scope),
                status=message["status"],
                ms=round((perf_counter() - began) * 1000, 1),
            )
        await send(message)

    return logged


def _is_unlogged(scope: Scope) -> bool:
    return bool(getattr(scope.get("route_handler"), "opt", {}).get("unlogged"))


def route_of(scope: Scope) -> str:
    """The pattern that the path fits, such as `/{council}/{year}`; `unknown` when no route fits."""
    return str(scope.get("path_template") or "unknown")
