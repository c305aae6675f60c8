"""The council answers about inhabilitet and votes."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from uuid import UUID, uuid4

from awards.administration.demo.people import (
    CHAIR,
    FIRST_VICE_CHAIR,
    MEMBERS,
    ORDINARY,
    SECOND_VICE_CHAIR,
    SECRETARY,
    Role,
    actor_for,
)
from awards.administration.demo.round import prizes_by_slug
from awards.administration.demo.story import Story
from awards.ballots import keys
from awards.ballots.ballot import BLANK, Ballot, write_ballot
from awards.ballots.casting import cast, manifest_of, own_slot
from awards.ballots.manifest import lock_from_hex
from awards.ballots.polls import newest_poll, open_poll, prepare_poll
from awards.ballots.recusals import NONE, RECUSED, Reply, answer
from awards.ballots.sealing import seal
from awards.ballots.tables import Poll
from awards.errors import NotFound
from awards.screening.tables import Candidate

BICYCLES, TABLE = "Cykelskolen i Ellemarken", "Værterne ved Fællesbordet"
HOMEWORK, CAFE, NIGHT = "Lektielæreren fra Hastrup", "Sprogcaféen Kop & Komma", "Nattevandrerne i Karlemosen"
WORKSHOP, CLEANERS = "Havnens Maskinværksted", "Rengøringsselskabet Blank & Glad"
HOME, GROCERS = "Plejehjemmet Strandglimt", "Grønthandlerne på Torvet"

RECUSED_MEMBER = ORDINARY[4]
"""Chairs the language café, and so takes no part in the volunteers' prize."""

# Who has voted by the time the vote is shown open; the others are left to whoever tries the demonstration.
EARLY = (SECOND_VICE_CHAIR, *ORDINARY[3:])
LATE = (CHAIR, FIRST_VICE_CHAIR, *ORDINARY[:3])

# What each votes, first choice first; empty is a blank vote. Six and six of the volunteers' prize: a tie.
_BICYCLES_FIRST = (BICYCLES, TABLE, HOMEWORK)
_TABLE_FIRST = (TABLE, BICYCLES, NIGHT)
_GROCERS_FIRST = (GROCERS, WORKSHOP)
VOLUNTEERS: Mapping[Role, tuple[str, ...]] = {
    **dict.fromkeys((CHAIR, FIRST_VICE_CHAIR, *ORDINARY[5:9]), _BICYCLES_FIRST),
    **dict.fromkeys((SECOND_VICE_CHAIR, *ORDINARY[:4], ORDINARY[9]), _TABLE_FIRST),
    ORDINARY[10]: (),
}
BUSINESSES: Mapping[Role, tuple[str, ...]] = {
    **dict.fromkeys((CHAIR, *ORDINARY[:3], *ORDINARY[5:8]), _GROCERS_FIRST),
    **dict.fromkeys((FIRST_VICE_CHAIR, *ORDINARY[8:]), (WORKSHOP, HOME, CLEANERS)),
    **dict.fromkeys((SECOND_VICE_CHAIR, ORDINARY[3]), (HOME, GROCERS)),
    ORDINARY[4]: (),
}
VOTES = {"frivillighedsprisen": VOLUNTEERS, "erhvervsprisen": BUSINESSES}


async def open_polls(story: Story) -> None:
    """Everybody answers about inhabilitet, the secretary opens both votes, and the first members vote."""
    await _answer(story)
    story.clock.move_to(story.calendar.screening_ends_at)
    by = await actor_for(SECRETARY, story.clock)
    key_dir = story.settings.key_dir
    for prize in (await prizes_by_slug(story.round.id)).values():
        poll = uuid4()
        await prepare_poll(poll, prize.id, closes_at=story.calendar.voting_ends_at, by=by, clock=story.clock)
        await open_poll(poll, without_answers=False, key_dir=key_dir, by=by, clock=story.clock)
    story.clock.move_to(story.calendar.screening_ends_at + timedelta(days=2))
    await _vote(story, EARLY)


async def vote_to_the_end(story: Story) -> None:
    """The others vote as well."""
    story.clock.move_to(story.calendar.voting_ends_at - timedelta(hours=5))
    await _vote(story, LATE)


async def polls_by_slug(story: Story) -> dict[str, Poll]:
    """The vote of each prize. Raises NotFound before they are prepared."""
    polls = {}
    for slug, prize in (await prizes_by_slug(story.round.id)).items():
        poll = await newest_poll(prize.id)
        if poll is None:
            raise NotFound
        polls[slug] = poll
    return polls


async def _answer(story: Story) -> None:
    prizes = [prize.id for prize in (await prizes_by_slug(story.round.id)).values()]
    candidates = await Candidate.objects().where(Candidate.prize.is_in(prizes), Candidate.state == "shortlisted")
    slot_key = keys.slot_key(story.settings.key_dir)
    story.clock.move_to(story.clock.now() + timedelta(days=1))
    for role in MEMBERS:
        story.clock.move_to(story.clock.now() + timedelta(hours=3))
        replies = {each.id: Reply(NONE) for each in candidates}
        if role is RECUSED_MEMBER:
            cafe = next(each.id for each in candidates if each.name == CAFE)
            replies[cafe] = Reply(RECUSED, "Jeg er forperson i foreningen.")
        by = await actor_for(role, story.clock)
        await answer(story.round.id, replies, slot_key=slot_key, by=by, clock=story.clock)


async def _vote(story: Story, roles: Iterable[Role]) -> None:
    polls = await polls_by_slug(story)
    for role in roles:
        member = (await actor_for(role, story.clock)).id
        for slug, poll in polls.items():
            if role in VOTES[slug]:
                await _cast(story, poll, member, VOTES[slug][role])


async def _cast(story: Story, poll: Poll, member: UUID, names: tuple[str, ...]) -> None:
    """Seal and cast, as the server does for a browser without script."""
    manifest = manifest_of(poll)
    ids = {entry.name: entry.id for entry in manifest.entries}
    ballot = Ballot("valid", tuple(ids[name] for name in names)) if names else BLANK
    locks = lock_from_hex(manifest.lock_a), lock_from_hex(manifest.lock_b)
    sealed = seal(write_ballot(manifest.paper, ballot), *locks, poll.manifest_hash)
    slot_key = keys.slot_key(story.settings.key_dir)
    seq, _t1 = await own_slot(poll, member, slot_key)
    await cast(poll.id, sealed.outer, sealed.t1, expects=seq, member=member, slot_key=slot_key, clock=story.clock)
