"""The council takes its seats: through the acts behind the secretary's own forms."""

from datetime import date, timedelta
from uuid import uuid4

from awards.accounts.tables import Person
from awards.administration.demo.people import EVERYBODY, MEMBERS, REPRESENTS, SECRETARY, SLUG, Role, actor_for
from awards.administration.installation import INSTALLER
from awards.clock import Clock
from awards.councils.actions import CouncilDetails, found_council
from awards.councils.offices import appoint
from awards.councils.people import Chosen
from awards.councils.seats import add_seat, seat_person
from awards.councils.tables import Council
from awards.web.formats import local
from awards.web.identity import Actor

DETAILS = CouncilDetails(
    name="Integrationsrådet",
    municipality="Køge Kommune",
    email="integrationsraad@example.dk",
    phone="+45 56 67 67 67",
    address="Torvet 1, 4600 Køge",
    accent=1,
    legal_basis="databeskyttelsesforordningens artikel 6, stk. 1, litra e",
    data_protection_officer="dpo@example.dk",
    quorum_rule="half",
    quorum_number=None,
    tie_rule="chair",
    ballots_kept_days=28,
    nominations_kept_months=12,
)


async def seat_council(clock: Clock) -> Council:
    """Køge's council with its members, offices and secretariat."""
    secretary = Person(name=SECRETARY.name, email=SECRETARY.email, created_at=clock.now())
    await secretary.save()
    council = await found_council(uuid4(), SLUG, DETAILS, secretary=secretary.id, by=INSTALLER, clock=clock)
    by = await actor_for(SECRETARY, clock)
    starts = local(clock.now()).date() - timedelta(days=300)
    for role, represents in zip(MEMBERS, REPRESENTS, strict=True):
        seat = uuid4()
        await add_seat(seat, council.id, represents, by=by, clock=clock)
        await seat_person(uuid4(), council.id, seat, _chosen(role), starts, None, by=by, clock=clock)
    for role in EVERYBODY:
        if role.office and role is not SECRETARY:
            await _appoint(council, role, starts, by, clock)
    return council


async def _appoint(council: Council, role: Role, starts: date, by: Actor, clock: Clock) -> None:
    await appoint(uuid4(), council.id, role.office, _chosen(role), starts, None, by=by, clock=clock)


def _chosen(role: Role) -> Chosen:
    return Chosen(person=None, name=role.name, email=role.email)
