"""Stemmekort: the code on paper that, with a mailed link, signs a member in."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from secrets import choice
from uuid import UUID, uuid4, uuid5

from awards import audit
from awards.accounts.hashing import hash_secret, verify_secret
from awards.accounts.rules import CODE_LENGTH, CODE_LETTERS, normal_code
from awards.accounts.tables import Person, PollCard
from awards.clock import Clock
from awards.db import lock, transaction
from awards.errors import RuleBroken
from awards.outbox import enqueue
from awards.web.identity import Actor


@dataclass(frozen=True, slots=True)
class IssuedCard:
    """A new card. `code` is known only now: it is shown once, and printed."""

    person: Person
    code: str = field(repr=False)


def draw_code() -> str:
    """The code of a card that does not count yet."""
    return "".join(choice(CODE_LETTERS) for _letter in range(CODE_LENGTH))


async def issue_cards(
    people: Sequence[Person],
    *,
    council: UUID | None,
    by: Actor,
    clock: Clock,
    allow: Callable[[Person], Awaitable[None]] | None = None,
    codes: Sequence[str] | None = None,
    attempt: UUID | None = None,
) -> list[IssuedCard]:
    """A new card for each of `people`; their old ones no longer count, and each is told by mail.

    allow: asked for each person inside the transaction, with their row locked; what it raises, undoes all.
    codes: one for each, where they are printed already; otherwise they are drawn here.
    attempt: names the form that was sent. Raises RuleBroken when it has made a card for one of `people` before: a
    second press must not void the cards that are just being printed.
    """
    codes = codes or [draw_code() for _person in people]
    hashes = [await hash_secret(code) for code in codes]
    ids = [uuid5(attempt or uuid4(), str(person.id)) for person in people]
    async with transaction():
        for person in sorted(people, key=lambda one: one.id):  # in one order, so that two sheets at once never block
            await lock(Person, Person.id == person.id)
        if await PollCard.exists().where(PollCard.id.is_in(ids)):
            raise RuleBroken(
                "These cards are made already, and they count: look for the file among your downloads. Only if you do "
                "not have it, send the form again: then you get new cards, and the first ones are worthless."
            )
        if allow is not None:
            for person in people:
                await allow(person)
        now = clock.now()
        for person, id, code_hash in zip(people, ids, hashes, strict=True):
            replaced = (
                await PollCard.update({PollCard.voided_at: now})
                .where(PollCard.person == person.id, PollCard.voided_at.is_null())
                .returning(PollCard.id)
            )
            card = PollCard(id=id, person=person.id, code_hash=code_hash, issued_at=now)
            await card.save()
            if replaced:
                await enqueue(
                    "accounts/new-card",
                    to=person.email,
                    name=person.name,
                    language=person.language,
                    council=council,
                    now=now,
                )
            await audit.append("accounts.card_issued", by=by, at=now, person=person.id, card=card.id)
    return [IssuedCard(person, code) for person, code in zip(people, codes, strict=True)]


async def has_card(person: UUID) -> bool:
    return await PollCard.exists().where(PollCard.person == person, PollCard.voided_at.is_null())


async def card_fits(person: UUID, typed: str) -> bool:
    """Whether `typed` is the code of the person's valid card. Costs the same when there is none."""
    card = await PollCard.objects().where(PollCard.person == person, PollCard.voided_at.is_null()).first()
    return await verify_secret(card.code_hash if card else None, normal_code(typed))
