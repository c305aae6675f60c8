"""The people of a council and how each of them gets in."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from awards.accounts.staff import INVITATION
from awards.accounts.tables import Link, Person, PollCard
from awards.ballots.tables import Elector, Poll
from awards.councils.people import people_of
from awards.councils.standing import roles_on
from awards.councils.tables import Council, Office, Term
from awards.errors import NotFound, RuleBroken
from awards.web.identity import Actor

# Members sign in by card, staff by password; who is both may do either.
CARD_ROLES = frozenset({"member", "chair", "vice_chair"})
STAFF_ROLES = frozenset({"secretary", "deputy_secretary", "communications"})
ROLE_ORDER = ("chair", "vice_chair", "member", "secretary", "deputy_secretary", "communications")


@dataclass(frozen=True, slots=True)
class Access:
    """One person of the council: roles today in `ROLE_ORDER`, and what they have to sign in with.

    card_issued_at, invited_until: None without a valid card, without an open invitation.
    """

    person: Person
    roles: tuple[str, ...]
    card_issued_at: datetime | None
    invited_until: datetime | None

    @property
    def is_closed(self) -> bool:
        return self.person.disabled_at is not None

    @property
    def needs_card(self) -> bool:
        """A role that votes, and no card."""
        return not self.is_closed and not CARD_ROLES.isdisjoint(self.roles) and self.card_issued_at is None

    @property
    def needs_invitation(self) -> bool:
        """A role of the staff, and neither a password nor an invitation."""
        is_staff = not self.is_closed and not STAFF_ROLES.isdisjoint(self.roles)
        return is_staff and not self.person.password_hash and self.invited_until is None

    @property
    def takes_card(self) -> bool:
        return not self.is_closed and not CARD_ROLES.isdisjoint(self.roles)

    @property
    def takes_invitation(self) -> bool:
        return not self.is_closed and not STAFF_ROLES.isdisjoint(self.roles)


async def accesses(council: UUID, *, today: date, now: datetime) -> list[Access]:
    """Everybody who ever had a role in the council: who has one today first, then by name. Always the same number of
    queries."""
    people = await people_of(council)
    ids = [person.id for person in people]
    roles = await _roles_today(council, today)
    cards = await _cards(ids)
    invitations = await _invitations(ids, now)
    rows = [
        Access(
            person=person,
            roles=tuple(role for role in ROLE_ORDER if role in roles[person.id]),
            card_issued_at=cards.get(person.id),
            invited_until=invitations.get(person.id),
        )
        for person in people
    ]
    return sorted(rows, key=lambda row: (row.is_closed or not row.roles, row.person.name.casefold()))


async def access_of(council: UUID, person: UUID, *, today: date, now: datetime) -> Access:
    """One person of the council. Raises NotFound for anybody else."""
    for row in await accesses(council, today=today, now=now):
        if row.person.id == person:
            return row
    raise NotFound


async def open_votes_of(person: UUID) -> list[UUID]:
    """The prizes whose vote is open with the person on its roll."""
    polls = {row["id"]: row["prize"] for row in await Poll.select(Poll.id, Poll.prize).where(Poll.state == "open")}
    if not polls:
        return []
    mine = await Elector.select(Elector.poll).where(Elector.poll.is_in(list(polls)), Elector.member == person)
    return sorted(polls[row["poll"]] for row in mine)


async def require_no_open_vote(person: UUID) -> None:
    """Raises RuleBroken while the person is on the roll of an open poll: whoever gives or takes access then could vote
    in their place."""
    if await open_votes_of(person):
        raise RuleBroken("A vote is open that this person takes part in. Their access waits until it has closed.")


async def require_ours(person: UUID, by: Actor, today: date) -> None:
    """Raises RuleBroken when they also serve in a council where the actor is no secretary: it is not ours alone."""
    for council in await Council.select(Council.id).output(as_list=True):
        if await roles_on(council, person, today) and "secretary" not in await roles_on(council, by.id, today):
            raise RuleBroken("This person serves in another council too. Ask its secretary.")


async def _roles_today(council: UUID, day: date) -> dict[UUID, set[str]]:
    roles: dict[UUID, set[str]] = defaultdict(set)
    terms = (
        await Term.select(Term.person)
        .where(Term.seat.council == council, Term.starts <= day)
        .where(Term.ends.is_null() | (Term.ends >= day))
    )
    for term in terms:
        roles[term["person"]].add("member")
    offices = (
        await Office.select(Office.person, Office.role)
        .where(Office.council == council, Office.starts <= day)
        .where(Office.ends.is_null() | (Office.ends >= day))
    )
    for office in offices:
        roles[office["person"]].add(office["role"])
    return roles


async def _cards(people: Iterable[UUID]) -> dict[UUID, datetime]:
    rows = (
        await PollCard.select(PollCard.person, PollCard.issued_at).where(
            PollCard.person.is_in(list(people)), PollCard.voided_at.is_null()
        )
        if people
        else []
    )
    return {row["person"]: row["issued_at"] for row in rows}


async def _invitations(people: Iterable[UUID], now: datetime) -> dict[UUID, datetime]:
    rows = (
        await Link.select(Link.subject, Link.expires_at).where(
            Link.purpose == INVITATION, Link.subject.is_in(list(people)), Link.used_at.is_null(), Link.expires_at > now
        )
        if people
        else []
    )
    return {row["subject"]: row["expires_at"] for row in rows}
