"""The records are checked against the chain."""

from awards import audit
from awards.administration.audit import verify_all
from awards.administration.demo import load_demonstration
from awards.ballots.codes import code_of, root_of
from awards.ballots.tables import Box, Poll, TookPart
from awards.counting.tables import Count
from awards.db import Database, transaction
from awards.settings import Settings
from awards.web.identity import SCHEDULER
from tests.builders import FakeClock, a_council, a_person, a_prize, a_round

ENVELOPE = b"envelope"
CODE = code_of(ENVELOPE)


async def a_closed_poll(clock: FakeClock, n: int) -> Poll:
    round = await a_round(await a_council())
    poll = Poll(prize=(await a_prize(round)).id, state="closed", created_at=clock.now())
    member = await a_person("member")
    async with transaction():
        await poll.save()
        await Box(t1=CODE, poll=poll.id, ct=ENVELOPE).save()
        await TookPart(poll=poll.id, member=member.id).save()
        await audit.append("counting.closed", by=SCHEDULER, at=clock.now(), poll=poll.id, n=n, root1=root_of([CODE]))
    return poll


async def test_a_closed_vote_that_fits_the_chain_has_no_faults(db: Database, clock: FakeClock) -> None:
    await a_closed_poll(clock, n=1)
    found = await verify_all(None)
    assert (found.links, found.polls, found.faults) == (1, 1, [])


async def test_a_ballot_added_to_the_box_afterwards_is_found(db: Database, clock: FakeClock) -> None:
    poll = await a_closed_poll(clock, n=1)
    await Box(t1=code_of(b"stuffed"), poll=poll.id, ct=b"stuffed").save()
    assert len((await verify_all(None)).faults) == 2


async def test_a_box_that_was_emptied_is_found(db: Database, clock: FakeClock) -> None:
    await a_closed_poll(clock, n=1)
    await Box.delete(force=True)
    assert (await verify_all(None)).faults


async def test_a_result_whose_ballots_were_destroyed_still_fits_and_a_changed_one_does_not(
    db: Database, settings: Settings, clock: FakeClock
) -> None:
    await load_demonstration("decided", settings, clock)
    await Count.update({Count.ballots: "[]"}).where(Count.ballots.like("%c5%"))
    assert (await verify_all(None)).faults
    await Count.update({Count.ballots: ""}, force=True)
    assert (await verify_all(None)).faults == []
