"""Ways back: paths of our own that a query string or a form may carry from page to page."""

import re
from urllib.parse import urlencode, urlsplit

from awards.web.i18n import split_language

LONGEST = 1000


def local_path(text: str | None, default: str = "/") -> str:
    """`text` when it is a path of this site (without a language prefix), else `default`.

    Browsers read a backslash as a slash and drop control characters, so a path with either could lead to another
    host: it is refused.
    """
    if not text or len(text) > LONGEST or not re.fullmatch(r"/[!-\[\]-~]*", text):
        return default
    parts = urlsplit(text)
    if parts.scheme or parts.netloc or text.startswith("//"):
        return default
    path = split_language(parts.path)[1]
    if path.startswith("//"):
        return default
    return path + (f"?{parts.query}" if parts.query else "")


def with_next(path: str, back: str) -> str:
    """`path` carrying `back` as where to go afterwards."""
    return path if back == "/" else f"{path}?{urlencode({'next': back})}"
