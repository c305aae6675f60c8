"""The secretariat screens: everything meets the criteria, and two nominations of one candidate become one dossier."""

from datetime import timedelta
from uuid import UUID

from awards.administration.demo.people import SECRETARY, actor_for
from awards.administration.demo.round import prizes_by_slug
from awards.administration.demo.story import Story
from awards.nominations.tables import Nomination
from awards.rounds.queries import criteria_of
from awards.screening.actions import Judgement, accept, assess, confirm_shortlist

NOTES = (
    "Fremgår tydeligt af begrundelsen.",
    "Flere eksempler i teksten.",
    "Beskrevet konkret, også med tal.",
    "Ulønnet, og langt ud over det forventelige.",
)


async def screen(story: Story) -> None:
    """Every nomination is assessed and accepted, and both shortlists are confirmed."""
    story.clock.move_to(story.calendar.closes_at + timedelta(days=1, hours=2))
    by = await actor_for(SECRETARY, story.clock)
    prizes = await prizes_by_slug(story.round.id)
    criteria = await criteria_of(prize.id for prize in prizes.values())
    for prize in prizes.values():
        dossiers: dict[str, UUID] = {}
        for nomination in (
            await Nomination.objects().where(Nomination.prize == prize.id).order_by(Nomination.received_at)
        ):
            story.clock.move_to(story.clock.now() + timedelta(minutes=25))
            judged = zip(criteria[prize.id], NOTES, strict=True)
            verdicts = {criterion.id: Judgement("met", note) for criterion, note in judged}
            await assess(nomination.id, verdicts, by=by, clock=story.clock)
            dossiers[nomination.nominee] = await accept(
                nomination.id, candidate_id=dossiers.get(nomination.nominee), by=by, clock=story.clock
            )
        await confirm_shortlist(prize.id, by=by, clock=story.clock)
