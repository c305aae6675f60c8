"""What a request tells of the browser behind it, and the answer that signs it in."""

from litestar.response import Response

from awards.accounts.devices import device_cookie, device_cookie_name
from awards.accounts.members import Browser
from awards.accounts.sessions import Opened
from awards.settings import Settings
from awards.web.pages import Request, go_to
from awards.web.paths import local_path

# Where somebody who asked for no page in particular begins.
HOME = "/min-side"


def browser_of(request: Request, settings: Settings) -> Browser:
    return Browser(
        actor=request.actor,
        agent=request.headers.get("user-agent", "")[:200],
        device=request.cookies.get(device_cookie_name(settings)),
        address=request.client.host if request.client else "",
    )


def way_back(request: Request, typed: str = "") -> str:
    """The local path to go to afterwards: of the form, else of the query, else home."""
    return local_path(typed or request.query_params.get("next", ""), HOME)


def signed_in(request: Request, opened: Opened, back: str, settings: Settings) -> Response[str]:
    """On to `back`, with the session's cookie and the mark that makes the browser one of the person's."""
    answer = go_to(request, back)
    answer.set_cookie(opened.cookie)
    if opened.person is not None:
        answer.set_cookie(device_cookie(opened.person, settings))
    return answer
