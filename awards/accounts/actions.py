"""Ending sessions, changing how a person is reached, closing an account."""

from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from awards import audit
from awards.accounts.tables import Link, Passkey, Person, PollCard, Session
from awards.clock import Clock
from awards.db import Duplicate, lock, savepoint, transaction
from awards.db.versions import require_version
from awards.errors import NotFound, RuleBroken
from awards.outbox import enqueue
from awards.web.identity import Actor


@dataclass(frozen=True, slots=True)
class Contact:
    """How a person is named and reached; `email` in lower case, `language` that of their mails."""

    name: str
    email: str
    phone: str
    language: str


async def end_session(session: UUID, *, by: Actor) -> None:
    """Sign out there; one's own sessions only, and one that is gone is fine."""
    await Session.delete().where(Session.id == session, Session.person == by.id)


async def end_other_sessions(*, by: Actor) -> None:
    """Sign out everywhere but here."""
    await Session.delete().where(Session.person == by.id, Session.id != by.session)


async def change_contact(
    person_id: UUID,
    contact: Contact,
    *,
    seen: str,
    council: UUID | None,
    by: Actor,
    clock: Clock,
    allow_address: Callable[[Person], Awaitable[None]] | None = None,
) -> None:
    """Another name, address, phone or language. With a new address the links that are out end, and the old address is
    told: a changed address is how somebody else would sign in.

    seen: version of the row that the form showed, or empty for whatever it is. allow_address: asked inside the
    transaction when the address changes; what it raises, undoes all. Raises NotFound, Stale, and RuleBroken when the
    address is taken.
    """
    async with transaction():
        person = await _locked(person_id)
        if seen:
            require_version(person, seen)
        if allow_address is not None and person.email != contact.email:
            await allow_address(person)
        now = clock.now()
        values: dict[Any, Any] = asdict(contact)
        try:
            async with savepoint():
                await Person.update(values).where(Person.id == person_id)
        except Duplicate:
            raise RuleBroken("Somebody else has that e-mail address.") from None
        if person.email != contact.email:
            await Link.update({Link.used_at: now}).where(Link.subject == person_id, Link.used_at.is_null())
            for address in (person.email, contact.email):
                await enqueue(
                    "accounts/email-changed",
                    to=address,
                    name=contact.name,
                    language=contact.language,
                    council=council,
                    now=now,
                    is_old=address == person.email,
                )
        await audit.append(
            "accounts.contact_changed", by=by, at=now, person=person_id, email=person.email != contact.email
        )


async def disable(person_id: UUID, *, by: Actor, clock: Clock) -> None:
    """Close the person's account at once: sessions, saved devices, links and card end. Raises NotFound, and RuleBroken
    for oneself."""
    async with transaction():
        await _locked(person_id)
        if by.person_id == person_id:
            raise RuleBroken("You cannot close your own access. Ask somebody else to do it.")
        now = clock.now()
        await Person.update({Person.disabled_at: now}).where(Person.id == person_id, Person.disabled_at.is_null())
        # Devices before sessions, as everywhere: whoever signs in at this moment holds the device's row first.
        await Passkey.delete().where(Passkey.person == person_id)
        await Session.delete().where(Session.person == person_id)
        await Link.update({Link.used_at: now}).where(Link.subject == person_id, Link.used_at.is_null())
        await PollCard.update({PollCard.voided_at: now}).where(
            PollCard.person == person_id, PollCard.voided_at.is_null()
        )
        await audit.append("accounts.disabled", by=by, at=now, person=person_id)


async def enable(person_id: UUID, *, by: Actor, clock: Clock) -> None:
    """Open a closed account again. The card stays void: a new one is issued. Raises NotFound."""
    async with transaction():
        person = await _locked(person_id)
        if person.disabled_at is None:
            return
        await Person.update({Person.disabled_at: None}).where(Person.id == person_id)
        await audit.append("accounts.enabled", by=by, at=clock.now(), person=person_id)


async def _locked(person_id: UUID) -> Person:
    person = await lock(Person, Person.id == person_id)
    if person is None:
        raise NotFound
    return person
