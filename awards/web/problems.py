"""Problem pages: what went wrong, in the reader's words, and the way forward."""

import secrets
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

import structlog
from litestar.exceptions import HTTPException

from awards.errors import Busy, DeadlinePassed, NotFound, RuleBroken, SignInNeeded, StepUpNeeded, TooMany
from awards.web.i18n import N_, _, href
from awards.web.logs import route_of
from awards.web.origin import SAFE_METHODS
from awards.web.pages import Page, Request, go_to, page, wants_fragment
from awards.web.paths import local_path, with_next

log = structlog.get_logger()

TITLES = {
    400: N_("We cannot read what was sent."),
    401: N_("Sign in first."),
    403: N_("This is not for you."),
    404: N_("We cannot find the page."),
    405: N_("We cannot find the page."),
    409: N_("Something has changed."),
    410: N_("The deadline has passed."),
    413: N_("That is too large."),
    429: N_("Too many attempts."),
    500: N_("Something went wrong on our side."),
    503: N_("We are busy right now."),
}
TEXTS = {
    400: N_("Go back and try again."),
    401: N_("Your session may have ended. What you sent was not saved."),
    403: N_("The page belongs to somebody else, or the request came from another site."),
    404: N_("The link may be wrong or have expired. Try the front page."),
    405: N_("The link may be wrong or have expired. Try the front page."),
    409: N_("See the new version, and try again."),
    410: N_("It came after the deadline."),
    413: N_("A file may be at most 10 MB."),
    503: N_("Wait a moment, and try again. Nothing was lost."),
}


def problem(
    request: Request,
    status: int,
    text: str = "",
    *,
    copies: Sequence[tuple[str, str]] = (),
    code: str = "",
    way_on: tuple[str, str] | None = None,
) -> Page:
    """The problem page for `status`; `text` (already translated) replaces the usual words.

    copies: what the person had written, as (label, text), shown so that it can be copied.
    code: what the reader quotes on the phone.
    way_on: the link that solves the problem, as (translated label, path).
    """
    known = status if status in TITLES else (500 if status >= 500 else 400)
    answer = page(
        request,
        "problem.html",
        fragment="_problem.html",
        status=status,
        title=_(TITLES[known]),
        text=text or _(TEXTS.get(known, TEXTS[400])),
        copies=copies,
        code=code,
        way_on=way_on,
    )
    if way_on and wants_fragment(request) and status == 401:
        answer.headers["HX-Redirect"] = href(way_on[1])
    return answer


def refused(request: Request, refusal: RuleBroken) -> Page:
    status = 410 if isinstance(refusal, DeadlinePassed) else 409
    return problem(request, status, _(refusal.message, **refusal.values))


def not_found(request: Request, _error: NotFound) -> Page:
    return problem(request, 404)


def sign_in_needed(request: Request, _error: SignInNeeded) -> Page:
    return _proof_needed(request, "/log-ind", _("Sign in"), _(TEXTS[401]))


def step_up_needed(request: Request, _error: StepUpNeeded) -> Page:
    return _proof_needed(request, "/bekraeft-dig", _("Prove that it is you"), _("Prove that it is you, and try again."))


def _proof_needed(request: Request, where: str, label: str, text: str) -> Page:
    """A page asks for the proof and comes back; an act that was not done says so, and links to it."""
    if request.method in SAFE_METHODS and not wants_fragment(request):
        query = request.scope["query_string"].decode("latin-1")
        return go_to(request, with_next(where, local_path(request.scope["path"] + (f"?{query}" if query else ""))))
    came_from = urlsplit(str(request.headers.get("hx-current-url") or request.headers.get("referer") or ""))
    path = came_from.path + (f"?{came_from.query}" if came_from.query else "")
    return problem(request, 401, text, way_on=(label, with_next(where, local_path(path))))


def too_many(request: Request, error: TooMany, *, copies: Sequence[tuple[str, str]] = ()) -> Page:
    minutes = max(1, round(error.seconds / 60))
    answer = problem(request, 429, _("Wait %(minutes)s minutes, and try again.", minutes=minutes), copies=copies)
    answer.headers["Retry-After"] = str(error.seconds)
    return answer


def busy(request: Request, error: Busy) -> Page:
    answer = problem(request, 503)
    answer.headers["Retry-After"] = str(error.seconds)
    return answer


def http_problem(request: Request, error: HTTPException) -> Page:
    if error.status_code == 401:
        return sign_in_needed(request, SignInNeeded())
    answer = problem(request, error.status_code)
    for name, value in (error.headers or {}).items():
        answer.headers[name] = value
    return answer


def unexpected(request: Request, error: Exception) -> Page:
    """A fault of ours: a code that the reader can quote stands in the log beside the traceback."""
    code = secrets.token_hex(4)
    log.error("unexpected error", code=code, route=route_of(request.scope), exc_info=error)
    text = _("It is not your fault. Check whether the last thing was saved before you try again.")
    return problem(request, 500, text, code=code)


# The handlers take our own Request, which the app sets as its request class.
HANDLERS: Any = {
    RuleBroken: refused,
    NotFound: not_found,
    SignInNeeded: sign_in_needed,
    StepUpNeeded: step_up_needed,
    TooMany: too_many,
    Busy: busy,
    HTTPException: http_problem,
    Exception: unexpected,
}
