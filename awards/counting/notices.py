"""Mails after a count to those who have to act."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from awards import outbox
from awards.accounts.tables import Person
from awards.counting.offices import acting
from awards.rounds.tables import Prize
from awards.web.formats import local


async def tell_acting(template: str, poll: UUID, prize: Prize, capacities: Iterable[str], now: datetime) -> None:
    """Mail whoever acts in each of `capacities`; `prize` was fetched with its round. Joins the caller's transaction."""
    for capacity in capacities:
        acts = await acting(prize.round.council, prize.id, capacity, local(now).date())
        person = await Person.objects().get(Person.id == acts) if acts else None
        if person is not None:
            await outbox.enqueue(
                template,
                to=person.email,
                name=person.name,
                language=person.language,
                council=prize.round.council,
                reference=f"{prize.title} {prize.round.year}",
                now=now,
                poll=poll,
            )
