"""Sessions: a random token in a cookie, its hash in a row. A token that we did not give out is never adopted."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe
from uuid import UUID, uuid4

from litestar.datastructures import Cookie

from awards.accounts.tables import Session
from awards.clock import Clock
from awards.db import fetch
from awards.errors import StepUpNeeded
from awards.settings import Settings
from awards.web.identity import ANONYMOUS, Actor

ANONYMOUS_LASTS = timedelta(days=60)  # a draft may wait as long as nominations are open
SIGNED_IN_LASTS = timedelta(hours=12)
STEP_UP_LASTS = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Opened:
    """A session as it was just made or changed: the cookie belongs on the answer to this request."""

    session: UUID
    person: UUID | None
    cookie: Cookie


async def actor_of(token: str, now: datetime) -> Actor:
    """Who holds `token`: anonymous without a session when it is unknown, expired, or its person is disabled."""
    found = await fetch(
        "SELECT s.id, s.person, s.stepped_up_at, p.name, p.email, p.disabled_at FROM session s "
        "LEFT JOIN person p ON p.id = s.person WHERE s.token_hash = {} AND s.expires_at > {}",
        _hash(token),
        now,
    )
    if not found or found[0]["disabled_at"] is not None:
        return ANONYMOUS
    row = found[0]
    return Actor(
        person_id=row["person"],
        name=row["name"] or "",
        email=row["email"] or "",
        session=row["id"],
        stepped_up_at=row["stepped_up_at"],
    )


async def begin_session(*, agent: str, clock: Clock, settings: Settings) -> Opened:
    """An anonymous session, for a browser that has none (`request.actor.session is None`) and needs to be known again.

    Joins the caller's transaction. agent: the browser's User-Agent, cut to what the table holds.
    """
    return await _write(uuid4(), None, None, ANONYMOUS_LASTS, agent=agent, now=clock.now(), settings=settings)


async def sign_in(
    person: UUID,
    *,
    before: Actor,
    stepped_up: bool,
    agent: str,
    passkey: UUID | None = None,
    clock: Clock,
    settings: Settings,
) -> Opened:
    """Sign `person` in, with a new token; an anonymous session of the browser goes on, with its drafts.

    stepped_up: identity was proved in full, not only by a link. passkey: the device that did it; the session ends with
    it. Joins the caller's transaction.
    """
    now = clock.now()
    if before.is_signed_in and before.session is not None:
        await Session.delete().where(Session.id == before.session)
    session = before.session if before.session and not before.is_signed_in else uuid4()
    since = now if stepped_up else None
    return await _write(
        session, person, since, SIGNED_IN_LASTS, agent=agent, passkey=passkey, now=now, settings=settings
    )


async def step_up(actor: Actor, *, clock: Clock, settings: Settings) -> Opened:
    """Note that the person proved afresh who they are: a new token, the same end. Raises StepUpNeeded when revoked."""
    now, token = clock.now(), token_urlsafe(32)
    changed = (
        await Session.update({Session.token_hash: _hash(token), Session.stepped_up_at: now})
        .where(Session.id == actor.session, Session.person == actor.id)
        .returning(Session.id, Session.expires_at)
    )
    if not changed:
        raise StepUpNeeded
    return Opened(changed[0]["id"], actor.id, _cookie(token, changed[0]["expires_at"] - now, settings))


def require_step_up(actor: Actor, clock: Clock, *, lasting: timedelta = timedelta(0)) -> None:
    """Raises StepUpNeeded unless the actor proved who they are within the last ten minutes, and it holds for `lasting`
    still."""
    if actor.stepped_up_at is None or clock.now() - actor.stepped_up_at >= STEP_UP_LASTS - lasting:
        raise StepUpNeeded


def cookie_name(settings: Settings) -> str:
    """`__Host-` makes browsers refuse a cookie set by a subdomain or over http; it needs https."""
    return "__Host-session" if settings.is_https else "session"


def expired_cookie(settings: Settings) -> Cookie:
    """Makes the browser forget its session."""
    return _cookie("", timedelta(0), settings)


async def _write(
    session: UUID,
    person: UUID | None,
    stepped_up_at: datetime | None,
    lasts: timedelta,
    *,
    agent: str,
    passkey: UUID | None = None,
    now: datetime,
    settings: Settings,
) -> Opened:
    token = token_urlsafe(32)
    await fetch(
        "INSERT INTO session (id, token_hash, person, created_at, expires_at, stepped_up_at, agent, passkey) "
        "VALUES ({}, {}, {}, {}, {}, {}, {}, {}) ON CONFLICT (id) DO UPDATE SET token_hash = excluded.token_hash, "
        "person = excluded.person, created_at = excluded.created_at, expires_at = excluded.expires_at, "
        "stepped_up_at = excluded.stepped_up_at, agent = excluded.agent, passkey = excluded.passkey",
        *(session, _hash(token), person, now, now + lasts, stepped_up_at, agent[:200], passkey),
    )
    return Opened(session, person, _cookie(token, lasts, settings))


def _cookie(token: str, lasts: timedelta, settings: Settings) -> Cookie:
    return Cookie(
        key=cookie_name(settings),
        value=token,
        path="/",
        max_age=int(lasts.total_seconds()),
        secure=settings.is_https,
        httponly=True,
        samesite="lax",
    )


def _hash(token: str) -> str:
    # A plain hash is enough: the token has 256 random bits, nobody can guess it from a leaked row.
    return sha256(token.encode()).hexdigest()
