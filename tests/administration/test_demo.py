"""The demonstration plays the whole story through the product's real acts."""

import pytest

from awards.administration.audit import verify_all
from awards.administration.demo import STAGES, load_demonstration
from awards.administration.demo.links import sign_in_links
from awards.administration.demo.people import EVERYBODY
from awards.administration.installation import Misconfigured, is_demonstration
from awards.ballots.tables import Poll, Slot
from awards.councils.tables import Council
from awards.db import Database
from awards.nominations.tables import Nomination
from awards.outbox.tables import Mail
from awards.rounds.rules import phase
from awards.rounds.tables import Round
from awards.screening.tables import Candidate
from awards.settings import Settings
from tests.builders import FakeClock, a_council

# What each stage shows: the round's phase by its timetable, and the states of the two votes.
EXPECTED = {
    "nominating": ("nominating", []),
    "screening": ("screening", []),
    "voting": ("voting", ["open", "open"]),
    "tied": ("deciding", ["decided", "tie"]),
    "decided": ("deciding", ["approved", "approved"]),
    "published": ("deciding", ["approved", "approved"]),
}


@pytest.mark.parametrize("stage", STAGES)
async def test_every_stage_can_be_loaded(stage: str, db: Database, settings: Settings, clock: FakeClock) -> None:
    await load_demonstration(stage, settings, clock)
    assert await is_demonstration()
    round = await Round.objects().first()
    assert round is not None
    polls = sorted(await Poll.select(Poll.state).output(as_list=True))
    assert (phase(round, clock.now()), polls) == EXPECTED[stage]
    assert not await Mail.exists().where(Mail.created_at > clock.now(), Mail.template.not_like("winners/%"))
    assert (await verify_all(None)).faults == []


async def test_nine_are_nominated_five_and_four(db: Database, settings: Settings, clock: FakeClock) -> None:
    await load_demonstration("voting", settings, clock)
    rows = await Candidate.select(Candidate.prize.slug, Candidate.state)
    assert all(row["state"] == "shortlisted" for row in rows)
    prizes = [row["prize.slug"] for row in rows]
    assert (prizes.count("frivillighedsprisen"), prizes.count("erhvervsprisen")) == (5, 4)
    assert await Nomination.count() == 10, "one candidate is nominated twice"


async def test_some_members_have_not_voted_yet(db: Database, settings: Settings, clock: FakeClock) -> None:
    await load_demonstration("voting", settings, clock)
    assert await Slot.count().where(Slot.t1.is_null()) == 10, "five members, in both votes"


async def test_the_demonstration_comes_into_an_empty_database_only(
    db: Database, settings: Settings, clock: FakeClock
) -> None:
    await a_council()
    with pytest.raises(Misconfigured, match="empty database"):
        await load_demonstration("nominating", settings, clock)
    assert await Council.count() == 1
    assert not await is_demonstration()


async def test_everybody_gets_a_link_of_their_own(db: Database, settings: Settings, clock: FakeClock) -> None:
    await load_demonstration("nominating", settings, clock)
    links = await sign_in_links(settings, clock)
    assert [link.key for link in links] == [role.key for role in EVERYBODY]
    assert len({link.url for link in links}) == len(EVERYBODY)
