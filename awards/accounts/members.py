"""Members sign in: a link by mail and the code of their card, both of them."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from awards.accounts.attempts import bucket, forget, take
from awards.accounts.cards import card_fits
from awards.accounts.links import known_link, make_link, read_link, use_up
from awards.accounts.sessions import Opened, sign_in
from awards.accounts.tables import Person
from awards.clock import Clock
from awards.db import transaction
from awards.errors import NotFound
from awards.outbox import enqueue
from awards.outbox.tables import Mail
from awards.settings import Settings
from awards.web.identity import Actor

SIGN_IN = "sign-in"
DEMONSTRATION = "demo"
LINK_LASTS = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Browser:
    """What a sign-in knows of the browser it comes from: its session so far, name, device cookie and address."""

    actor: Actor
    agent: str = ""
    device: str | None = None
    address: str = ""


async def ask_for_link(email: str, *, back: str, language: str, browser: Browser, clock: Clock) -> None:
    """Mail a sign-in link, if somebody has that address. The answer and the work are the same if nobody has.

    back: the path to go to afterwards. Raises TooMany.
    """
    now = clock.now()
    await take(bucket("link-from", browser.address), limit=30, per=timedelta(hours=1), now=now)
    await take(bucket("link-to", email), limit=5, per=timedelta(hours=1), now=now)
    person = await Person.objects().where(Person.email == email, Person.disabled_at.is_null()).first()
    async with transaction():
        link = await make_link(SIGN_IN, person.id if person else uuid4(), now=now, expires_at=now + LINK_LASTS)
        name = person.name if person else ""
        mail = await enqueue("accounts/sign-in", to=email, name=name, language=language, now=now, link=link, back=back)
        # The same statements and one commit either way: neither the answer nor its time tells who has an account.
        await Mail.delete().where(Mail.id == (uuid4() if person else mail))


async def person_of_link(token: str, purpose: str, *, clock: Clock, settings: Settings) -> Person:
    """Whose link it is, for the page with the button. Raises NotFound and RuleBroken as `read_link`."""
    link = await read_link(token, purpose, now=clock.now(), settings=settings)
    person = await Person.objects().where(Person.id == link.subject, Person.disabled_at.is_null()).first()
    if person is None:
        raise NotFound
    return person


async def is_link_of(person: UUID, token: str, settings: Settings) -> bool:
    """Whether this sign-in link was mailed to `person`, who may have used it. Raises NotFound as `read_link`."""
    return (await known_link(token, SIGN_IN, settings)).subject == person


async def sign_in_by_card(
    token: str, code: str, *, known_device: str, browser: Browser, clock: Clock, settings: Settings
) -> Opened | None:
    """Sign in with the mailed link and the card's code; None when the code is wrong, and the link stays good.

    known_device: of `devices.device_of`. Only the right code uses the link up, so that a mistyped one costs nothing.
    Raises NotFound and RuleBroken for the link, TooMany after five wrong codes from this browser.
    """
    person = await person_of_link(token, SIGN_IN, clock=clock, settings=settings)
    attempts = bucket("card", person.id, known_device)
    await take(attempts, limit=5, per=timedelta(minutes=15), now=clock.now())
    if not await card_fits(person.id, code):
        return None
    async with transaction():
        now = clock.now()
        await use_up(await read_link(token, SIGN_IN, now=now, settings=settings), now=now)
        await forget(attempts)
        return await sign_in(
            person.id, before=browser.actor, stepped_up=True, agent=browser.agent, clock=clock, settings=settings
        )


async def sign_in_demonstration(token: str, *, browser: Browser, clock: Clock, settings: Settings) -> Opened:
    """Sign in with a one-time link of the demonstration alone. The caller made sure that this is one."""
    person = await person_of_link(token, DEMONSTRATION, clock=clock, settings=settings)
    async with transaction():
        now = clock.now()
        await use_up(await read_link(token, DEMONSTRATION, now=now, settings=settings), now=now)
        return await sign_in(
            person.id, before=browser.actor, stepped_up=True, agent=browser.agent, clock=clock, settings=settings
        )
