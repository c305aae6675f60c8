"""The automatic checks of a nomination, for the secretariat."""

from uuid import UUID

from awards.councils.queries import members_on
from awards.rounds.queries import earlier_winners, nominee_rules
from awards.rounds.rules import Check, NomineeFacts, check_nominee
from awards.screening.queries import Case
from awards.web.formats import local


async def checks_of(case: Case, council_id: UUID, year: int) -> list[Check]:
    """Each automatic rule of the prize: met, not met, or for the secretary to judge."""
    nomination = case.nomination
    members = await members_on(council_id, local(nomination.received_at).date())
    facts = NomineeFacts(
        kind=nomination.kind,
        name=nomination.nominee,
        cvr=nomination.cvr,
        email=nomination.nominee_email,
        tie=nomination.tie,
        nominator=nomination.nominator,
        nominator_email=nomination.email,
        members=[member.name for member in members],
        winners=await earlier_winners(council_id, case.prize.slug),
    )
    return check_nominee(nominee_rules(case.prize, year), facts)
