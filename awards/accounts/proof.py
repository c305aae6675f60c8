"""Proving afresh who one is: before a vote is cast, and before access is given or taken."""

from dataclasses import dataclass
from datetime import timedelta

from awards.accounts.attempts import bucket, forget, take
from awards.accounts.cards import card_fits, has_card
from awards.accounts.hashing import verify_secret
from awards.accounts.rules import is_code, normal_code, normal_password
from awards.accounts.sessions import Opened, step_up
from awards.accounts.staff import claim_step, current_step
from awards.accounts.tables import Passkey, Person
from awards.clock import Clock
from awards.db import transaction
from awards.errors import SignInNeeded
from awards.settings import Settings
from awards.web.identity import Actor


@dataclass(frozen=True, slots=True)
class Means:
    """What a person can prove it with; `passkey` is a saved device."""

    card: bool
    authenticator: bool
    passkey: bool


async def means_of(actor: Actor) -> Means:
    person = await _person(actor)
    return Means(
        card=await has_card(person.id),
        authenticator=bool(person.totp_secret),
        passkey=await Passkey.exists().where(Passkey.person == person.id),
    )


async def prove(typed: str, *, actor: Actor, clock: Clock, settings: Settings) -> Opened | None:
    """Step up with the card's code, the app's code or the password, whichever `typed` is; None when it is none.

    The bucket of attempts is the session's: somebody with a stolen session cannot lock the person out elsewhere.
    Raises TooMany, Busy and SignInNeeded.
    """
    person = await _person(actor)
    attempts = bucket("proof", actor.session)
    await take(attempts, limit=8, per=timedelta(minutes=15), now=clock.now())
    step = current_step(person, typed, clock=clock, settings=settings)
    fits = step is not None
    if not fits and is_code(normal_code(typed)):
        fits = await card_fits(person.id, typed)
    if not fits and person.password_hash:
        fits = await verify_secret(person.password_hash, normal_password(typed))
    if not fits:
        return None
    async with transaction():
        if step is not None and not await claim_step(person, step):
            return None
        await forget(attempts)
        return await step_up(actor, clock=clock, settings=settings)


async def _person(actor: Actor) -> Person:
    if not actor.is_signed_in:
        raise SignInNeeded
    person = await Person.objects().where(Person.id == actor.id, Person.disabled_at.is_null()).first()
    if person is None:
        raise SignInNeeded
    return person
