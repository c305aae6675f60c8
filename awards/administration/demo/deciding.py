"""The votes are counted; the chair decides the tie; chair and secretary approve."""

from datetime import timedelta

from awards.administration.demo.people import CHAIR, SECRETARY, actor_for
from awards.administration.demo.story import Story
from awards.administration.demo.voting import TABLE, polls_by_slug, vote_to_the_end
from awards.counting.closing import close_due_polls
from awards.counting.deciding import approve, decide_tie
from awards.screening.tables import Candidate

REASON = (
    "Rådet satte de to lige højt. Fællesbordet har på få år forandret hverdagen for en hel bebyggelse, og det er "
    "bygget af naboer alene. Det vil vi gerne vise andre vej med i år."
)


async def count(story: Story) -> None:
    """The vote closes by the clock and is counted: one prize has a winner, the other a tie."""
    await vote_to_the_end(story)
    story.clock.move_to(story.calendar.voting_ends_at + timedelta(seconds=10))
    await close_due_polls(clock=story.clock, settings=story.settings)


async def decide(story: Story) -> None:
    """The chair decides the tie, and both results are approved."""
    story.clock.move_to(story.calendar.voting_ends_at + timedelta(hours=4))
    polls = await polls_by_slug(story)
    tied = polls["frivillighedsprisen"]
    hosts = await Candidate.objects().where(Candidate.prize == tied.prize, Candidate.name == TABLE).first()
    chair, secretary = await actor_for(CHAIR, story.clock), await actor_for(SECRETARY, story.clock)
    if hosts is not None:
        await decide_tie(tied.id, hosts.id, reason=REASON, by=chair, clock=story.clock)
    for poll in polls.values():
        await approve(poll.id, "chair", by=chair, clock=story.clock)
        await approve(poll.id, "secretary", by=secretary, clock=story.clock)
