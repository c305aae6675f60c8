"""Answers: a page (or its fragment, for htmx) and the way to the next one."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from litestar.response import Response
from litestar.status_codes import HTTP_200_OK, HTTP_303_SEE_OTHER
from litestar_htmx import HTMXRequest

from awards.web.i18n import LANGUAGES, OFFICE, direction, href, is_reviewed, language
from awards.web.identity import ANONYMOUS, Actor
from awards.web.templates import environment


class Request(HTMXRequest):
    """A request of this product: it knows who asks."""

    @property
    def actor(self) -> Actor:
        actor: Actor | None = self.scope.get("user")  # no middleware ran when no route matched
        return actor or ANONYMOUS


Page = Response[str]
# The option of routes that speak every language, not only the council's and the staff's.
EVERY_LANGUAGE: dict[str, Any] = {"every_language": True}
# Browsers may keep a public page, but ask each time whether it still stands.
PUBLIC = "public, max-age=0, must-revalidate"
# Stay as they are in an address that is put together; everything else is escaped: a header has to be Latin-1, and a
# line break that came with a path must not begin another header.
OF_ADDRESSES = "/?#&=%:@!$'()*+,;~[]"


def languages_of(request: Request) -> Mapping[str, str]:
    """Code and own name of each language that the route speaks; all of them where there is no route."""
    handler = request.scope.get("route_handler")
    return LANGUAGES if handler is None or handler.opt.get("every_language") else OFFICE


def wants_fragment(request: Request) -> bool:
    """True for an htmx request that swaps a part: neither a boosted link nor a history restore."""
    return bool(request.htmx) and not request.htmx.boosted and not request.htmx.history_restore_request


def page(
    request: Request,
    template: str,
    *,
    fragment: str | None = None,
    status: int = HTTP_200_OK,
    public: bool = False,
    **context: Any,
) -> Page:
    """Render `template`, or `fragment` for htmx when there is one.

    A public page shows no sign-in state and may be cached; every other is `no-store`.
    """
    name = fragment if fragment and wants_fragment(request) else template
    content = (
        environment()
        .get_template(name)
        .render(
            actor=ANONYMOUS if public else request.actor,
            path=request.scope["path"],
            languages=languages_of(request),
            language_name=LANGUAGES[language()],
            direction=direction(language()),
            is_reviewed=is_reviewed(language()),
            base_url=request.app.state.settings.base_url,
            demonstration=request.app.state.demonstration,
            **({"council": None} | context),
        )
    )
    headers = {
        "Cache-Control": PUBLIC if public else "no-store",
        "Content-Language": language(),
    }
    if fragment:
        headers["Vary"] = "HX-Request"
    return Response(content, media_type="text/html", status_code=status, headers=headers)


def go_to(request: Request, path: str) -> Response[str]:
    """See `path` next: 303, or `HX-Redirect` for htmx. `path` is without the language prefix."""
    address = quote(href(path), safe=OF_ADDRESSES)
    if wants_fragment(request):
        return Response("", status_code=HTTP_200_OK, headers={"HX-Redirect": address, "Cache-Control": "no-store"})
    return Response("", status_code=HTTP_303_SEE_OTHER, headers={"Location": address, "Cache-Control": "no-store"})
