"""A new card or address while a vote is open takes two people: the secretary asks, the acting chair confirms.

With either of them somebody could vote in the member's place. So the member is told at the address they have now, and
the one who confirms calls them first. When no vote is open, the secretary does it alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from awards import audit
from awards.accounts.actions import Contact, change_contact
from awards.accounts.tables import Person
from awards.administration.people import open_votes_of
from awards.administration.tables import AccessRequest
from awards.ballots.recusals import recused_from
from awards.ballots.tables import Elector, Poll
from awards.clock import Clock
from awards.councils.queries import officers_on
from awards.councils.tables import Council
from awards.counting.offices import CAPACITIES
from awards.counting.procedure import acting_chair
from awards.db import lock, transaction
from awards.errors import NotFound, RuleBroken
from awards.outbox import enqueue
from awards.rounds.tables import Prize
from awards.web.formats import local
from awards.web.identity import Actor

CARD, ADDRESS = "card", "address"
LASTS = timedelta(days=7)
"""An old confirmation must not serve the next vote."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request that is open, with the people in it; `confirmer` is who has to decide it today, if anybody can."""

    request: AccessRequest
    person: Person
    asked_by: str
    confirmer: UUID | None


async def ask(person_id: UUID, kind: str, email: str = "", *, by: Actor, clock: Clock) -> UUID:
    """Ask for a new card or address; asking again for the same gives the same request, another address replaces it.

    Joins the caller's transaction. Returns the request's id. Raises NotFound, and RuleBroken when no vote is open (the
    secretary does it alone), the address is taken, or nobody can confirm.
    """
    async with transaction():
        person = await lock(Person, Person.id == person_id)
        if person is None or person.disabled_at is not None:
            raise NotFound
        now = clock.now()
        council = await _council_of_vote(person_id)
        if council is None:
            raise RuleBroken("The vote has closed meanwhile. Try again: you can do it alone now.")
        if email and await Person.exists().where(Person.email == email, Person.id != person_id):
            raise RuleBroken("Somebody else has that e-mail address.")
        known = await _open_request(person_id, kind, now)
        if known is not None and known.email == email:
            return known.id
        if known is not None:
            await _settle(known, "withdrawn", now)
        confirmer = await who_confirms(council, person_id, by.id, local(now).date())
        if confirmer is None:
            raise RuleBroken("Nobody can confirm it: chair and vice-chairs are recused, or part of the matter.")
        request = AccessRequest(
            id=uuid4(), council=council, person=person_id, kind=kind, email=email, asked_by=by.id, asked_at=now
        )
        await request.save()
        await _write("administration/access-asked", confirmer, request, now)
        await _write("administration/access-notice", person_id, request, now)
        await audit.append(
            "administration.access_asked", by=by, at=now, person=person_id, request=request.id, kind=kind
        )
        return request.id


async def confirm(request_id: UUID, council: UUID, *, by: Actor, clock: Clock) -> None:
    """The acting chair agrees: an address changes now, a card may be made once. Twice is as good as once.

    Raises NotFound for a request of another council, RuleBroken for everybody but the one who has to confirm, and once
    it is settled.
    """
    async with transaction():
        request = await _locked(request_id, council)
        now = clock.now()
        if request.state in ("confirmed", "done") and request.decided_by == by.id:
            return
        await _require_may_decide(request, by, now)
        if request.kind == ADDRESS:
            person = await Person.objects().get(Person.id == request.person)
            if person is None:
                raise NotFound
            contact = Contact(name=person.name, email=request.email, phone=person.phone, language=person.language)
            await change_contact(person.id, contact, seen="", council=council, by=by, clock=clock)
        await _settle(request, "done" if request.kind == ADDRESS else "confirmed", now, by=by)
        await _answer(request, now)
        await audit.append("administration.access_confirmed", by=by, at=now, request=request.id)


async def refuse(request_id: UUID, council: UUID, *, by: Actor, clock: Clock) -> None:
    """The acting chair says no: nothing changes. Raises as `confirm`."""
    async with transaction():
        request = await _locked(request_id, council)
        now = clock.now()
        if request.state == "refused" and request.decided_by == by.id:
            return
        await _require_may_decide(request, by, now)
        await _settle(request, "refused", now, by=by)
        await _answer(request, now)
        await audit.append("administration.access_refused", by=by, at=now, request=request.id)


async def withdraw(request_id: UUID, person: UUID, *, by: Actor, clock: Clock) -> None:
    """The secretariat takes the request back, also one that is confirmed and not used. One that is settled stays so."""
    async with transaction():
        request = await lock(AccessRequest, (AccessRequest.id == request_id) & (AccessRequest.person == person))
        if request is None:
            raise NotFound
        if request.state not in ("asked", "confirmed"):
            return
        now = clock.now()
        await _settle(request, "withdrawn", now)
        await audit.append("administration.access_withdrawn", by=by, at=now, request=request.id)


async def allow_card(person: Person, *, clock: Clock) -> None:
    """Whether a card may be made now, inside the caller's transaction with the person's row locked: it uses the
    confirmation up. Raises RuleBroken while a vote is open and nobody has confirmed."""
    confirmed = await _open_request(person.id, CARD, clock.now())
    if await open_votes_of(person.id) and (confirmed is None or confirmed.state != "confirmed"):
        raise RuleBroken(
            "A vote is open that %(name)s takes part in, so the chair has to confirm a new card. Ask on their page.",
            name=person.name,
        )
    if confirmed is not None:
        await _settle(confirmed, "done" if confirmed.state == "confirmed" else "withdrawn", clock.now())


async def allow_address(person: Person, *, clock: Clock) -> None:
    """Whether the secretary may change the address alone, inside the caller's transaction. Raises RuleBroken while a
    vote is open; otherwise a request that was left open is no longer needed."""
    if await open_votes_of(person.id):
        raise RuleBroken("A vote has opened meanwhile. Save again: then the chair is asked to confirm the address.")
    left = await _open_request(person.id, ADDRESS, clock.now())
    if left is not None:
        await _settle(left, "withdrawn", clock.now())


async def waiting_for(council: UUID, person: UUID | None = None, *, now: datetime) -> list[Waiting]:
    """The open requests of a council, or of one person in it, the oldest first."""
    condition = AccessRequest.state.is_in(["asked", "confirmed"]) & (AccessRequest.asked_at > now - LASTS)
    if person is not None:
        condition &= AccessRequest.person == person
    requests = await AccessRequest.objects().where(AccessRequest.council == council, condition)
    ids = list({id for request in requests for id in (request.person, request.asked_by) if id})
    people = {one.id: one for one in await Person.objects().where(Person.id.is_in(ids))} if ids else {}
    return [
        Waiting(
            request=request,
            person=people[request.person],
            asked_by=people[request.asked_by].name if request.asked_by else "",
            confirmer=await who_confirms(council, request.person, request.asked_by, local(now).date()),
        )
        for request in sorted(requests, key=lambda one: one.asked_at)
    ]


async def cards_that_wait(people: Iterable[UUID], *, now: datetime) -> set[UUID]:
    """Those of `people` who can be made no card now: they are on the roll of an open vote, and nobody has confirmed."""
    open_polls = await Poll.select(Poll.id).where(Poll.state == "open").output(as_list=True)
    if not open_polls:
        return set()
    voters = await Elector.select(Elector.member).where(Elector.poll.is_in(open_polls)).output(as_list=True)
    confirmed = await (
        AccessRequest.select(AccessRequest.person)
        .where(AccessRequest.kind == CARD, AccessRequest.state == "confirmed", AccessRequest.asked_at > now - LASTS)
        .output(as_list=True)
    )
    return set(people) & set(voters) - set(confirmed)


async def who_confirms(council: UUID, person: UUID, asked_by: UUID | None, day: date) -> UUID | None:
    """The first of chair and vice-chairs, in order, who is not recused from a vote that the person takes part in, and
    is neither the person nor the one who asks."""
    officers = await officers_on(council, day, *CAPACITIES["chair"])
    out: set[UUID | None] = {person, asked_by}
    for recused in (await recused_from(await open_votes_of(person))).values():
        out |= recused
    return acting_chair([officer.id for officer in officers if officer.disabled_at is None], out)


async def _council_of_vote(person: UUID) -> UUID | None:
    prizes = await open_votes_of(person)
    row = await Prize.select(Prize.round.council).where(Prize.id.is_in(prizes)).first() if prizes else None
    return row["round.council"] if row else None


async def _open_request(person: UUID, kind: str, now: datetime) -> AccessRequest | None:
    """The one that is open; one that nobody settled in time lapses here."""
    request = await lock(
        AccessRequest,
        (AccessRequest.person == person)
        & (AccessRequest.kind == kind)
        & AccessRequest.state.is_in(["asked", "confirmed"]),
    )
    if request is not None and request.asked_at <= now - LASTS:
        await _settle(request, "lapsed", now)
        return None
    return request


async def _locked(request_id: UUID, council: UUID) -> AccessRequest:
    """The request, its person locked first as everywhere else."""
    found = await AccessRequest.objects().get(AccessRequest.id == request_id)
    if found is None or found.council != council:
        raise NotFound
    await lock(Person, Person.id == found.person)
    request = await lock(AccessRequest, AccessRequest.id == request_id)
    if request is None:
        raise NotFound
    return request


async def _require_may_decide(request: AccessRequest, by: Actor, now: datetime) -> None:
    if request.state != "asked" or request.asked_at <= now - LASTS:
        raise RuleBroken("It is settled already, or too old.")
    confirmer = await who_confirms(request.council, request.person, request.asked_by, local(now).date())
    if confirmer != by.id:
        raise RuleBroken("Somebody else has to confirm it: it takes two people, in the order of chair and vice-chairs.")


async def _settle(request: AccessRequest, state: str, now: datetime, *, by: Actor | None = None) -> None:
    values: dict[Any, Any] = {AccessRequest.state: state}
    if state != "confirmed":
        values[AccessRequest.email] = ""
    if by is not None:
        values |= {AccessRequest.decided_by: by.id, AccessRequest.decided_at: now}
    await AccessRequest.update(values).where(AccessRequest.id == request.id)
    request.state = state


async def _answer(request: AccessRequest, now: datetime) -> None:
    if request.asked_by is not None:
        await _write("administration/access-answered", request.asked_by, request, now)


async def _write(template: str, to: UUID, request: AccessRequest, now: datetime) -> None:
    person = await Person.objects().get(Person.id == to)
    council = await Council.objects().get(Council.id == request.council)
    if person is None or council is None:
        raise NotFound
    await enqueue(
        template,
        to=person.email,
        name=person.name,
        language=person.language,
        council=council.id,
        now=now,
        request=request.id,
        kind=request.kind,
        state=request.state,
    )
