"""Saving a device, so that the next sign-in is one touch, and forgetting it again."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from awards import audit
from awards.accounts.ceremonies import options_to_make, verify_made
from awards.accounts.challenges import SAVE, issue, use_up
from awards.accounts.members import Browser
from awards.accounts.passkeys import Asked, passkeys_of
from awards.accounts.rules import device_kind
from awards.accounts.sessions import require_step_up
from awards.accounts.tables import Passkey, Person, Session
from awards.clock import Clock
from awards.db import Duplicate, lock, savepoint, transaction
from awards.errors import NotFound, RuleBroken, SignInNeeded
from awards.outbox import enqueue
from awards.settings import Settings
from awards.web.identity import Actor

MOST = 20  # more are nobody's own


async def ask_to_save(*, actor: Actor, clock: Clock, settings: Settings) -> Asked:
    """Ask the device to make a credential. Raises SignInNeeded, StepUpNeeded, and RuleBroken with 20 devices."""
    person = await _who_may_save(actor, clock)
    known = await passkeys_of(person.id)
    if len(known) >= MOST:
        raise RuleBroken("You have saved very many devices. Remove one first.")
    async with transaction():
        challenge, signed = await issue(actor.session or uuid4(), SAVE, clock=clock)
    return Asked(challenge, options_to_make(signed, person, known, settings))


async def save(
    challenge: UUID, answer: Mapping[str, Any], *, browser: Browser, clock: Clock, settings: Settings
) -> None:
    """Keep the credential that the device made; the person is told by mail.

    Raises SignInNeeded, StepUpNeeded, NotVerified, and RuleBroken when the challenge is no longer good.
    """
    person = await _who_may_save(browser.actor, clock)
    signed = await use_up(challenge, browser.actor.session, SAVE, clock=clock)
    made = verify_made(answer, signed, settings)
    async with transaction():
        await lock(Person, Person.id == person.id)
        now = clock.now()
        passkey = Passkey(
            person=person.id,
            credential=made.credential,
            public_key=made.public_key,
            sign_count=made.sign_count,
            transports=made.transports,
            name=device_kind(browser.agent),
            backed_up=made.backed_up,
            created_at=now,
            last_used_at=now,
        )
        try:
            async with savepoint():
                await passkey.save()
        except Duplicate:
            raise RuleBroken("The device is saved already.") from None
        # This session is on the device, and ends with it.
        await Session.update({Session.passkey: passkey.id}).where(
            Session.id == browser.actor.session, Session.person == person.id
        )
        await _tell(person, "accounts/device-saved", passkey.name, now)
        await audit.append("accounts.device_saved", by=browser.actor, at=now, person=person.id, device=passkey.id)


async def forget_device(passkey_id: UUID, *, by: Actor, clock: Clock) -> None:
    """The device signs its owner in no more, and sessions on it end, but for the one that asks. One's own devices
    only; one that is gone is fine."""
    async with transaction():
        passkey = await lock(Passkey, (Passkey.id == passkey_id) & (Passkey.person == by.id))
        if passkey is None:
            return
        person = await Person.objects().get(Person.id == by.id)
        now = clock.now()
        await Session.update({Session.passkey: None}).where(Session.id == by.session, Session.passkey == passkey_id)
        await Passkey.delete().where(Passkey.id == passkey_id)
        if person is not None:
            await _tell(person, "accounts/device-removed", passkey.name, now)
        await audit.append("accounts.device_removed", by=by, at=now, person=by.id, device=passkey_id)


async def forget_all_devices(person_id: UUID, *, by: Actor, clock: Clock) -> None:
    """A lost phone: no device signs the person in any more, and they are signed out everywhere. Their card and mailed
    links go on working. Raises NotFound."""
    async with transaction():
        person = await lock(Person, Person.id == person_id)
        if person is None:
            raise NotFound
        now = clock.now()
        forgotten = await Passkey.delete().where(Passkey.person == person_id).returning(Passkey.id)
        await Session.delete().where(Session.person == person_id)
        if forgotten:
            await _tell(person, "accounts/device-removed", "all", now)
        await audit.append("accounts.devices_removed", by=by, at=now, person=person_id, n=len(forgotten))


async def _who_may_save(actor: Actor, clock: Clock) -> Person:
    """Saving a device gives access for years, so it asks for a fresh proof: a session left open is not enough."""
    if not actor.is_signed_in or actor.session is None:
        raise SignInNeeded
    require_step_up(actor, clock)
    person = await Person.objects().where(Person.id == actor.id, Person.disabled_at.is_null()).first()
    if person is None:
        raise SignInNeeded
    return person


async def _tell(person: Person, template: str, device: str, now: Any) -> None:
    await enqueue(template, to=person.email, name=person.name, language=person.language, now=now, device=device)
