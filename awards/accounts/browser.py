"""What a request tells of the browser behind it, and the answer that signs it in."""

from typing import TypeVar

from litestar.response import Response

from awards.accounts.devices import device_cookie, device_cookie_name, says_saved
from awards.accounts.members import Browser
from awards.accounts.sessions import Opened
from awards.settings import Settings
from awards.web.forms import Form
from awards.web.pages import Request, go_to
from awards.web.paths import local_path, with_next

T = TypeVar("T")

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


def has_saved_device(request: Request, settings: Settings) -> bool:
    """Whether this browser's device was saved once, so that one touch is the way to sign in."""
    return says_saved(request.cookies.get(device_cookie_name(settings)))


def saving_first(request: Request, form: Form, back: str, settings: Settings) -> str:
    """`back`, by way of the page that offers to save this device: for a browser that can, and has not yet.

    The page with the form has asked the browser whether it can (`static/passkeys.js`).
    """
    if form.flag("can_save") and not has_saved_device(request, settings):
        return with_next("/mine-enheder/gem", back)
    return back


def signed_in(request: Request, opened: Opened, back: str, settings: Settings) -> Response[str]:
    """On to `back`, with the session's cookie and the mark that makes the browser one of the person's."""
    return with_cookies(go_to(request, back), request, opened, settings)


def with_cookies(
    answer: Response[T], request: Request, opened: Opened, settings: Settings, *, saved: bool = False
) -> Response[T]:
    """`answer` with the session's cookie, and the mark that makes the browser one of the person's; saved: its device
    is saved."""
    answer.set_cookie(opened.cookie)
    if opened.person is not None:
        answer.set_cookie(device_cookie(opened.person, settings, saved=saved or has_saved_device(request, settings)))
    return answer
