"""Staff: an invitation by mail, then a password and codes of an authenticator app."""

from datetime import timedelta
from uuid import UUID

from awards import audit
from awards.accounts.attempts import bucket, forget, take
from awards.accounts.devices import device_of
from awards.accounts.hashing import hash_secret, verify_secret
from awards.accounts.links import make_link, read_link, use_up
from awards.accounts.members import Browser, person_of_link
from awards.accounts.rules import normal_password
from awards.accounts.sessions import Opened, sign_in
from awards.accounts.tables import Link, Passkey, Person, Session
from awards.accounts.totp import matching_step, open_secret, seal_secret, secret_for_invitation
from awards.clock import Clock
from awards.db import lock, transaction
from awards.errors import NotFound, RuleBroken
from awards.outbox import enqueue
from awards.settings import Settings
from awards.web.identity import ANONYMOUS, Actor

INVITATION = "invitation"
INVITATION_LASTS = timedelta(days=14)
NOBODYS_SECRET = "A" * 32


async def invite(person_id: UUID, *, council: UUID | None, by: Actor, clock: Clock) -> UUID:
    """Mail a link by which the person chooses a password and an authenticator; earlier invitations end.

    For somebody who has them already it is the recovery: it takes another person, so nobody gets back in with the
    mailbox alone. Returns the link's id. Raises NotFound, and RuleBroken for one's own account.
    """
    async with transaction():
        person = await lock(Person, Person.id == person_id)
        if person is None or person.disabled_at is not None:
            raise NotFound
        if by.person_id == person_id:
            raise RuleBroken("Somebody else has to invite you: it takes two people to renew an access.")
        now = clock.now()
        await Link.update({Link.used_at: now}).where(
            Link.purpose == INVITATION, Link.subject == person_id, Link.used_at.is_null()
        )
        link = await make_link(INVITATION, person_id, now=now, expires_at=now + INVITATION_LASTS)
        await enqueue(
            "accounts/invitation",
            to=person.email,
            name=person.name,
            language=person.language,
            council=council,
            now=now,
            link=link,
            inviter=by.person_id,
        )
        await audit.append("accounts.invited", by=by, at=now, person=person_id)
        return link


async def invitation_secret(token: str, *, clock: Clock, settings: Settings) -> str:
    """The authenticator's secret that the invitation offers. Raises NotFound and RuleBroken as `read_link`."""
    link = await read_link(token, INVITATION, now=clock.now(), settings=settings)
    return secret_for_invitation(link.id, settings)


async def accept_invitation(
    token: str, password: str, code: str, *, browser: Browser, clock: Clock, settings: Settings
) -> Opened | None:
    """Store the password and the authenticator, end all other sessions and sign in; None when the code is wrong.

    Saved devices end too: whoever needs a new invitation may have lost one.

    The password has passed `rules.password_fault`. Raises NotFound and RuleBroken for the link, TooMany.
    """
    person = await person_of_link(token, INVITATION, clock=clock, settings=settings)
    await take(bucket("enrol", person.id), limit=20, per=timedelta(minutes=15), now=clock.now())
    secret = await invitation_secret(token, clock=clock, settings=settings)
    step = matching_step(secret, code, clock.now())
    if step is None:
        return None
    password_hash = await hash_secret(normal_password(password))
    async with transaction():
        now = clock.now()
        await use_up(await read_link(token, INVITATION, now=now, settings=settings), now=now)
        await Person.update(
            {
                Person.password_hash: password_hash,
                Person.totp_secret: seal_secret(secret, person.id, settings),
                Person.totp_step: step,
            }
        ).where(Person.id == person.id)
        await Passkey.delete().where(Passkey.person == person.id)
        await Session.delete().where(Session.person == person.id)
        await enqueue("accounts/access-renewed", to=person.email, name=person.name, language=person.language, now=now)
        opened = await sign_in(
            person.id,
            before=_after_delete(browser.actor, person.id),
            stepped_up=True,
            agent=browser.agent,
            clock=clock,
            settings=settings,
        )
        await audit.append("accounts.enrolled", by=Actor(person_id=person.id), at=now, person=person.id)
        return opened


async def sign_in_with_password(
    email: str, password: str, code: str, *, browser: Browser, clock: Clock, settings: Settings
) -> Opened | None:
    """Sign in with password and the app's code; None when either is wrong, nobody has the address, or the code was
    used before: which of them, no answer tells. Raises TooMany and Busy."""
    now = clock.now()
    person = await Person.objects().where(Person.email == email, Person.disabled_at.is_null()).first()
    device = device_of(browser.device, person.id, settings) if person else "unknown"
    attempts = bucket("password", email, device)
    await take(bucket("password-from", browser.address), limit=50, per=timedelta(minutes=15), now=now)
    await take(attempts, limit=10, per=timedelta(minutes=15), now=now)
    fits = await verify_secret(person.password_hash if person else None, normal_password(password))
    step = current_step(person, code, clock=clock, settings=settings)
    if person is None or not fits or step is None:
        return None
    async with transaction():
        if not await claim_step(person, step):
            return None
        await forget(attempts)
        return await sign_in(
            person.id, before=browser.actor, stepped_up=True, agent=browser.agent, clock=clock, settings=settings
        )


def current_step(person: Person | None, code: str, *, clock: Clock, settings: Settings) -> int | None:
    """The time step of the person's authenticator whose code was typed, if it was not used before."""
    has_one = person is not None and bool(person.totp_secret)
    secret = open_secret(person.totp_secret, person.id, settings) if person and has_one else NOBODYS_SECRET
    step = matching_step(secret, code, clock.now(), after=person.totp_step if person else 0)
    return step if has_one else None


async def claim_step(person: Person, step: int) -> bool:
    """Note the code as used, inside the caller's transaction; False when another request used it first, or the
    password was changed meanwhile."""
    claimed = (
        await Person.update({Person.totp_step: step})
        .where(Person.id == person.id, Person.totp_step < step, Person.password_hash == person.password_hash)
        .returning(Person.id)
    )
    return bool(claimed)


def _after_delete(actor: Actor, person: UUID) -> Actor:
    """The browser's session, unless it was one of those just ended."""
    return ANONYMOUS if actor.person_id == person else actor
