"""A walk through the pages: by their links, one page of each kind."""

import re
from collections import deque
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from playwright.sync_api import Page

from awards.web.i18n import split_language

# No pages: files, and what is not asked for by hand.
NO_PAGE = re.compile(
    r"/static/|/foto/|/kvittering/fil|/bilag/|/logo/|/stemmeurne/|/blanket|/pdf|/healthz|/readyz|/robots\.txt|/favicon\.ico"
)
LINKS = (
    "() => [...document.querySelectorAll('a[href]')].map(a => a.getAttribute('href')).filter(h => h.startsWith('/'))"
)


class Kinds:
    """Which kind of page an address is: the path of its route (`/{council}/{year}`)."""

    def __init__(self, routes: Iterable[str]) -> None:
        # A route with more of its words fixed wins over one with fewer, as in the router.
        self.routes = sorted({route for route in routes if not NO_PAGE.search(route)}, key=lambda r: r.count("{"))
        self._patterns = [re.compile(re.sub(r"{[^}]+}", "[^/]+", route)) for route in self.routes]

    def of(self, path: str) -> str:
        """The route that answers `path`, or "" for none. An English page is of the same kind as the Danish."""
        plain = split_language(urlsplit(path).path)[1].rstrip("/") or "/"
        return next((r for r, p in zip(self.routes, self._patterns, strict=True) if p.fullmatch(plain)), "")


def pages(page: Page, kinds: Kinds, known: set[str], *starts: str) -> Iterator[str]:
    """Open one page of every kind that is reached from `starts`, but none of those `known`; yields its path."""
    waiting, opened = deque(starts), set[str]()
    while waiting:
        path = waiting.popleft()
        kind = kinds.of(path)
        if not kind or kind in known | opened or NO_PAGE.search(path):
            continue
        page.goto(path)
        opened.add(kind)
        arrived = urlsplit(page.url).path
        if kinds.of(arrived) in known | opened - {kind}:  # it led on to a page that was seen
            continue
        opened.add(kinds.of(arrived))
        waiting.extend(page.evaluate(LINKS))
        yield arrived
