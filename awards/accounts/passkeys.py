"""Signing with a saved device: to sign in with one touch, and to prove afresh that it is oneself.

A ballot binds the proof to the envelope that is about to be cast, in three requests:

1. The page asks for a challenge: `POST /bekraeft-dig/noegle/udfordring` with `{"bound_to": t1}`, and gets
   `{"challenge": id, "options": {…}}`. What the device signs is SHA-256 over a nonce and `t1`.
2. The device signs, and the page sends `POST /bekraeft-dig/noegle` with `{"challenge": id, "bound_to": t1,
   "answer": {…}}`. The answer is `{"proof": "…"}`; the session is stepped up and has a new cookie. 401 without a
   session, 403 when the device did not sign just that, 409 when the challenge is used or older than five minutes.
   `prove(t1)` of `static/passkeys.js` does both and returns the proof.
3. The page casts, sending `proof` along. The handler of the cast calls

       require_proof(form.value("proof"), request.actor, t1, now=clock.now(), settings=settings)

   which reads no row and writes none, and raises StepUpNeeded for a proof of another session, another envelope, or one
   that has run out. Whoever has no saved device has stepped up by a code instead: there `require_step_up` decides.

`t1` is in no row, no log and no address on the way: a copy of the database joins no member to an envelope.
"""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from awards import keyfiles
from awards.accounts.attempts import bucket, forget, take
from awards.accounts.ceremonies import NotVerified, holder_told, options_to_sign, verify_signed
from awards.accounts.challenges import SIGN_IN, STEP_UP, issue, use_up
from awards.accounts.devices import device_of
from awards.accounts.members import Browser
from awards.accounts.sessions import Opened, begin_session, sign_in, step_up
from awards.accounts.tables import Passkey, Person
from awards.clock import Clock
from awards.db import transaction
from awards.errors import RuleBroken, SignInNeeded, StepUpNeeded
from awards.settings import Settings
from awards.web.identity import Actor

PROOF_LASTS = timedelta(minutes=5)
QUARTER = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page hands to the device. opened: the session that was begun for it, where the browser had none."""

    challenge: UUID
    options: dict[str, Any]
    opened: Opened | None = None


async def passkeys_of(person: UUID) -> list[Passkey]:
    """The person's saved devices, the newest first."""
    return await Passkey.objects().where(Passkey.person == person).order_by(Passkey.created_at, ascending=False)


async def ask_to_sign_in(*, browser: Browser, clock: Clock, settings: Settings) -> Asked:
    """Ask whichever device is there, of whoever it is: the question is the same for everybody. Raises TooMany."""
    await take(bucket("passkey-from", browser.address), limit=100, per=QUARTER, now=clock.now())
    async with transaction():
        session, opened = browser.actor.session, None
        if session is None:
            opened = await begin_session(agent=browser.agent, clock=clock, settings=settings)
            session = opened.session
        challenge, signed = await issue(session, SIGN_IN, clock=clock)
    return Asked(challenge, options_to_sign(signed, [], settings), opened)


async def sign_in_by_passkey(
    challenge: UUID, answer: Mapping[str, Any], *, browser: Browser, clock: Clock, settings: Settings
) -> Opened:
    """Sign in whoever the device belongs to, stepped up.

    Raises NotVerified, for a device that nobody has saved too; RuleBroken when the challenge is no longer good; TooMany
    after ten tries from this browser.
    """
    signed = await use_up(challenge, browser.actor.session, SIGN_IN, clock=clock)
    passkey = await Passkey.objects().where(Passkey.credential == str(answer.get("id"))).first()
    if passkey is None:
        raise NotVerified
    known_device = device_of(browser.device, passkey.person, settings)
    attempts = bucket("passkey", passkey.person, known_device)
    await take(attempts, limit=10, per=QUARTER, now=clock.now())
    if holder_told(answer) != passkey.person:
        raise NotVerified
    count, backed_up = verify_signed(answer, signed, passkey, settings)
    async with transaction():
        if not await Person.exists().where(Person.id == passkey.person, Person.disabled_at.is_null()):
            raise NotVerified
        await _note_use(passkey, count, backed_up, clock.now())
        await forget(attempts)
        return await sign_in(
            passkey.person,
            before=browser.actor,
            stepped_up=True,
            agent=browser.agent,
            passkey=passkey.id,
            clock=clock,
            settings=settings,
        )


async def ask_to_step_up(bound_to: str, *, actor: Actor, clock: Clock, settings: Settings) -> Asked:
    """Ask one of the person's own devices. bound_to: what the signature is to hold for, a ballot's code or nothing.

    Raises SignInNeeded, TooMany, and RuleBroken for somebody who has saved no device.
    """
    if actor.session is None or not actor.is_signed_in:
        raise SignInNeeded
    known = await passkeys_of(actor.id)
    if not known:
        raise RuleBroken("You have not saved a device. Use your code instead.")
    await take(bucket("passkey-asked", actor.session), limit=40, per=QUARTER, now=clock.now())
    async with transaction():
        challenge, signed = await issue(actor.session, STEP_UP, text=bound_to, clock=clock)
    return Asked(challenge, options_to_sign(signed, known, settings))


async def step_up_by_passkey(
    challenge: UUID, answer: Mapping[str, Any], bound_to: str, *, actor: Actor, clock: Clock, settings: Settings
) -> Opened:
    """Step up with one of the person's devices, which signed for `bound_to`.

    The bucket of attempts is the session's, as in `proof.prove`. Raises SignInNeeded, TooMany, NotVerified, and
    RuleBroken when the challenge is no longer good.
    """
    if not actor.is_signed_in:
        raise SignInNeeded
    signed = await use_up(challenge, actor.session, STEP_UP, text=bound_to, clock=clock)
    attempts = bucket("proof", actor.session)
    await take(attempts, limit=8, per=QUARTER, now=clock.now())
    passkey = (
        await Passkey.objects().where(Passkey.credential == str(answer.get("id")), Passkey.person == actor.id).first()
    )
    if passkey is None or holder_told(answer) not in (None, actor.id):
        raise NotVerified
    count, backed_up = verify_signed(answer, signed, passkey, settings)
    async with transaction():
        await _note_use(passkey, count, backed_up, clock.now())
        await forget(attempts)
        return await step_up(actor, clock=clock, settings=settings)


def proof_for(actor: Actor, text: str, *, now: datetime, settings: Settings) -> str:
    """A token that `actor` proved just now, in this session, that it is they who want `text`; good for five minutes."""
    until = int((now + PROOF_LASTS).timestamp())
    return f"{until}.{_mac(keyfiles.numbered(settings.key_dir, 'proofs')[0], actor, text, until)}"


def require_proof(proof: str, actor: Actor, text: str, *, now: datetime, settings: Settings) -> None:
    """Raises StepUpNeeded unless `proof` is `proof_for` this actor, session and text, and has not run out."""
    until, _dot, mac = proof.partition(".")
    if not until.isascii() or not until.isdigit() or len(until) > 12 or now.timestamp() >= int(until):
        raise StepUpNeeded
    secrets = keyfiles.numbered(settings.key_dir, "proofs")
    if not any(hmac.compare_digest(_mac(secret, actor, text, int(until)).encode(), mac.encode()) for secret in secrets):
        raise StepUpNeeded


def _mac(secret: bytes, actor: Actor, text: str, until: int) -> str:
    return hmac.new(secret, f"{actor.session}|{actor.person_id}|{until}|{text}".encode(), sha256).hexdigest()


async def _note_use(passkey: Passkey, count: int, backed_up: bool, now: datetime) -> None:
    """Note the device's count, inside the caller's transaction. Raises NotVerified when the device was removed, or
    somebody with the same key was faster."""
    noted = (
        await Passkey.update({Passkey.sign_count: count, Passkey.backed_up: backed_up, Passkey.last_used_at: now})
        .where(Passkey.id == passkey.id, Passkey.sign_count < count if count else Passkey.sign_count == 0)
        .returning(Passkey.id)
    )
    if not noted:
        raise NotVerified
