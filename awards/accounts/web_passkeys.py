"""One touch over HTTP: what `static/passkeys.js` sends as JSON, and what it is answered.

Each ceremony is two requests: `…/udfordring` gives a challenge, the address without it takes the device's answer. A
refusal is `{"message": …}` in the reader's language, with the status that a page would have.
"""

import json
from typing import Any
from uuid import UUID

from litestar import post
from litestar.di import NamedDependency
from litestar.exceptions import ClientException, HTTPException
from litestar.response import Response

from awards.accounts.browser import HOME, browser_of, with_cookies
from awards.accounts.ceremonies import NotVerified
from awards.accounts.devices import device_cookie
from awards.accounts.passkeys import (
    Asked,
    ask_to_sign_in,
    ask_to_step_up,
    proof_for,
    sign_in_by_passkey,
    step_up_by_passkey,
)
from awards.accounts.saving import ask_to_save, save
from awards.clock import Clock
from awards.errors import NotFound, RuleBroken, SignInNeeded, StepUpNeeded, TooMany
from awards.settings import Settings
from awards.web.i18n import _, href
from awards.web.pages import Request
from awards.web.paths import local_path

LONGEST_TEXT = 200
Told = Response[dict[str, Any]]


@post("/log-ind/noegle/udfordring", name="accounts.ask_to_sign_in")
async def sign_in_challenge(
    request: Request, clock: NamedDependency[Clock], settings: NamedDependency[Settings]
) -> Told:
    """The same for everybody: it takes no address, and tells of nobody."""
    asked = await ask_to_sign_in(browser=browser_of(request, settings), clock=clock, settings=settings)
    answer = _asking(asked)
    if asked.opened is not None:
        answer.set_cookie(asked.opened.cookie)
    return answer


@post("/log-ind/noegle", name="accounts.sign_in_by_passkey")
async def sign_in_answer(request: Request, clock: NamedDependency[Clock], settings: NamedDependency[Settings]) -> Told:
    sent = await _read(request)
    opened = await sign_in_by_passkey(
        _challenge(sent), _answer(sent), browser=browser_of(request, settings), clock=clock, settings=settings
    )
    return with_cookies(_told(next=_next(sent)), request, opened, settings, saved=True)


@post("/bekraeft-dig/noegle/udfordring", name="accounts.ask_to_step_up")
async def step_up_challenge(
    request: Request, clock: NamedDependency[Clock], settings: NamedDependency[Settings]
) -> Told:
    _require_signed_in(request)
    bound_to = _text(await _read(request), "bound_to")
    return _asking(await ask_to_step_up(bound_to, actor=request.actor, clock=clock, settings=settings))


@post("/bekraeft-dig/noegle", name="accounts.step_up_by_passkey")
async def step_up_answer(request: Request, clock: NamedDependency[Clock], settings: NamedDependency[Settings]) -> Told:
    _require_signed_in(request)
    sent = await _read(request)
    bound_to = _text(sent, "bound_to")
    opened = await step_up_by_passkey(
        _challenge(sent), _answer(sent), bound_to, actor=request.actor, clock=clock, settings=settings
    )
    proof = proof_for(request.actor, bound_to, now=clock.now(), settings=settings)
    return with_cookies(_told(proof=proof, next=_next(sent)), request, opened, settings)


@post("/mine-enheder/gem/udfordring", name="accounts.ask_to_save")
async def save_challenge(request: Request, clock: NamedDependency[Clock], settings: NamedDependency[Settings]) -> Told:
    _require_signed_in(request)
    return _asking(await ask_to_save(actor=request.actor, clock=clock, settings=settings))


@post("/mine-enheder/gem", name="accounts.save_device")
async def save_answer(request: Request, clock: NamedDependency[Clock], settings: NamedDependency[Settings]) -> Told:
    _require_signed_in(request)
    sent = await _read(request)
    browser = browser_of(request, settings)
    await save(_challenge(sent), _answer(sent), browser=browser, clock=clock, settings=settings)
    answer = _told(next=_next(sent))
    answer.set_cookie(device_cookie(request.actor.id, settings, saved=True))
    return answer


def refused(request: Request, error: Exception) -> Told:
    """A refusal as the page's script shows it."""
    if isinstance(error, RuleBroken):
        return _told(409, message=_(error.message, **error.values))
    if isinstance(error, TooMany):
        minutes = max(1, round(error.seconds / 60))
        answer = _told(429, message=_("Wait %(minutes)s minutes, and try again.", minutes=minutes))
        answer.headers["Retry-After"] = str(error.seconds)
        return answer
    if isinstance(error, SignInNeeded):
        return _told(401, message=_("Your session may have ended. What you sent was not saved."))
    if isinstance(error, StepUpNeeded):
        return _told(401, message=_("Prove that it is you, and try again."))
    if isinstance(error, NotVerified | NotFound):
        return _told(403, message=_("The device is not saved here, or was removed. Sign in with your code."))
    status = error.status_code if isinstance(error, HTTPException) else 400
    return _told(status, message=_("Go back and try again."))


def _told(status: int = 200, **facts: Any) -> Told:
    return Response(facts, status_code=status, media_type="application/json", headers={"Cache-Control": "no-store"})


def _asking(asked: Asked) -> Told:
    return _told(challenge=str(asked.challenge), options=asked.options)


def _require_signed_in(request: Request) -> None:
    if not request.actor.is_signed_in:
        raise SignInNeeded


async def _read(request: Request) -> dict[str, Any]:
    """The JSON object that was sent. Raises a 400 for anything else."""
    try:
        sent = json.loads(await request.body() or b"{}")
    except (ValueError, RecursionError):
        raise ClientException from None
    if not isinstance(sent, dict):
        raise ClientException
    return sent


def _text(sent: dict[str, Any], name: str) -> str:
    text = sent.get(name, "")
    if not isinstance(text, str) or len(text) > LONGEST_TEXT:
        raise ClientException
    return text


def _challenge(sent: dict[str, Any]) -> UUID:
    try:
        return UUID(_text(sent, "challenge"))
    except ValueError:
        raise ClientException from None


def _answer(sent: dict[str, Any]) -> dict[str, Any]:
    answer = sent.get("answer")
    if not isinstance(answer, dict):
        raise ClientException
    return answer


def _next(sent: dict[str, Any]) -> str:
    back = sent.get("next")
    return href(local_path(back if isinstance(back, str) else "", HOME))


HANDLERS = [sign_in_challenge, sign_in_answer, step_up_challenge, step_up_answer, save_challenge, save_answer]
REFUSALS: Any = dict.fromkeys(
    (RuleBroken, TooMany, SignInNeeded, StepUpNeeded, NotVerified, NotFound, HTTPException), refused
)
