"""Handing out the ballots of a counted vote for a recount, which is written into the chain."""

import json
from pathlib import Path
from uuid import UUID

from awards import audit
from awards.ballots import keys
from awards.ballots.ballot import read_ballot
from awards.ballots.casting import manifest_of
from awards.ballots.tables import Poll
from awards.clock import Clock
from awards.counting.exports import Export
from awards.counting.tables import Count
from awards.db import lock, transaction
from awards.errors import NotFound, RuleBroken
from awards.rounds.tables import Prize
from awards.web.formats import local
from awards.web.identity import Actor


async def export_ballots(poll_id: UUID, *, key_dir: Path, by: Actor, clock: Clock) -> Export:
    """The ballots as they were counted, for whoever may read the keys of the vote.

    Raises NotFound, KeyMissing, and RuleBroken before the count or once the ballots are destroyed.
    """
    for name in ("A", "B"):
        keys.load_lock(key_dir, poll_id, name)
    async with transaction():
        poll = await lock(Poll, Poll.id == poll_id)
        count = await Count.objects().get(Count.poll == poll_id)
        if poll is None:
            raise NotFound
        if count is None or poll.closes_at is None:
            raise RuleBroken("The votes are not counted yet.")
        if not count.ballots:
            raise RuleBroken("The ballots are destroyed.")
        prize = await Prize.objects(Prize.round).get(Prize.id == poll.prize)
        manifest = manifest_of(poll)
        await audit.append("counting.ballots_exported", by=by, at=clock.now(), poll=poll_id)
        return Export(
            title=f"{prize.title} {prize.round.year}" if prize else "",
            closed_on=local(poll.closes_at).date(),
            paper=manifest.paper,
            names={entry.id: entry.name for entry in manifest.entries},
            ballots=tuple(read_ballot(manifest.paper, content) for content in json.loads(count.ballots)),
            ballots_hash=count.ballots_hash,
        )
