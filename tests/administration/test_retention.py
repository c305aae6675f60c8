"""What is kept, for how long, and what stays for good."""

from datetime import UTC, datetime, timedelta

import pytest

from awards.administration.demo import load_demonstration
from awards.administration.retention import delete_what_is_old
from awards.administration.rules import DRAFTS_KEPT, months_after
from awards.audit.tables import Audit
from awards.counting.tables import Count
from awards.db import Database
from awards.nominations.tables import Answer, Draft, Nomination
from awards.outbox.tables import Mail
from awards.rounds.tables import Laureate, Round
from awards.screening.tables import Candidate, Verdict
from awards.settings import Settings
from tests.builders import FakeClock


async def test_nominations_are_deleted_a_year_after_the_winners_and_the_rest_stays(
    db: Database, settings: Settings, clock: FakeClock
) -> None:
    await load_demonstration("published", settings, clock)
    round = await Round.objects().first()
    assert round is not None
    laureates, records = await Laureate.count(), await Audit.count()
    clock.set(months_after(round.announce_at, 12) - timedelta(seconds=1))
    await delete_what_is_old(clock=clock, settings=settings)
    assert await Nomination.count() == 10
    clock.advance(timedelta(seconds=1))
    for _twice in range(2):
        await delete_what_is_old(clock=clock, settings=settings)
    assert [await table.count() for table in (Nomination, Answer, Verdict)] == [0, 0, 0]
    assert await Candidate.count() == 9
    assert not await Candidate.exists().where((Candidate.email != "") | (Candidate.phone != ""))
    assert (await Laureate.count(), await Count.count()) == (laureates, 2)
    assert await Audit.count() == records + 1


async def test_drafts_are_deleted_a_month_after_the_last_change_but_not_before_the_deadline(
    db: Database, settings: Settings, clock: FakeClock
) -> None:
    await load_demonstration("nominating", settings, clock)
    [deadline] = await Round.select(Round.closes_at).where(Round.closes_at > clock.now()).output(as_list=True)
    old, new = (await Draft.select(Draft.id).output(as_list=True))[:2]
    await Draft.update({Draft.updated_at: deadline - DRAFTS_KEPT}, force=True)
    await Draft.update({Draft.updated_at: deadline - timedelta(hours=1)}).where(Draft.id == new)
    clock.set(deadline - timedelta(seconds=1))
    await delete_what_is_old(clock=clock, settings=settings)
    assert await Draft.exists().where(Draft.id == old)
    clock.set(deadline)
    await delete_what_is_old(clock=clock, settings=settings)
    assert await Draft.select(Draft.id).output(as_list=True) == [new]
    clock.set(deadline - timedelta(hours=1) + DRAFTS_KEPT)
    await delete_what_is_old(clock=clock, settings=settings)
    assert await Draft.count() == 0
    assert await Nomination.count() == 4


async def test_mails_go_with_the_nominations_unless_they_still_wait(
    db: Database, settings: Settings, clock: FakeClock
) -> None:
    await load_demonstration("nominating", settings, clock)
    await Mail.update({Mail.state: "sent"}, force=True)
    waiting = await Mail.objects().first()
    assert waiting is not None
    await Mail.update({Mail.state: "queued"}).where(Mail.id == waiting.id)
    clock.advance(timedelta(days=31 * 12))
    await delete_what_is_old(clock=clock, settings=settings)
    assert await Mail.select(Mail.id).output(as_list=True) == [waiting.id]


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [((2026, 11, 26), 12, (2027, 11, 26)), ((2026, 8, 31), 6, (2027, 2, 28)), ((2026, 12, 1), 1, (2027, 1, 1))],
)
def test_months_end_on_the_same_day_where_there_is_one(
    start: tuple[int, int, int], months: int, end: tuple[int, int, int]
) -> None:
    assert months_after(datetime(*start, tzinfo=UTC), months) == datetime(*end, tzinfo=UTC)
