"""Cross-site request forgery, refused without tokens.

An unsafe request from a browser says where it comes from: `Sec-Fetch-Site`, else `Origin`
(Fetch standard, section 3.2 and fetch metadata; OWASP CSRF prevention cheat sheet). One with neither
header is no browser's, so it carries nobody's cookie unknowingly.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from litestar.connection import Request
from litestar.exceptions import PermissionDeniedException

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


def is_same_origin(method: str, headers: Mapping[str, str]) -> bool:
    """True when the request may act: it is safe, or comes from our own pages, or from no browser."""
    if method in SAFE_METHODS:
        return True
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = headers.get("origin")
    if origin is not None:
        return urlsplit(origin).netloc == headers.get("host")
    return True


def refuse_cross_site(request: Request[Any, Any, Any]) -> None:
    """`before_request` hook. Raises a 403 for an unsafe request that another site caused."""
    if not is_same_origin(request.method, request.headers):
        raise PermissionDeniedException
