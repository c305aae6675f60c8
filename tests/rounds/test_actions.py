"""Setting up a round: what may be done when, once, and by whom it is noticed."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from awards.audit.tables import Audit
from awards.councils.tables import Council
from awards.db import Database
from awards.db.versions import version
from awards.errors import DeadlinePassed, NotFound, RuleBroken, Stale
from awards.rounds.actions import Timetable, create_round, extend_deadline, open_round, plan_round
from awards.rounds.criteria import CriterionTerms, add_criterion, change_criterion, move_criterion, remove_criterion
from awards.rounds.laureates import LaureateDetails, add_laureate, change_laureate, remove_laureate
from awards.rounds.prizes import (
    PrizeTerms,
    PrizeTexts,
    add_prize,
    award_after_all,
    change_prize,
    end_without_winner,
    move_prize,
    remove_prize,
)
from awards.rounds.queries import criteria_of, laureates, prizes_of, round_of
from awards.rounds.tables import Criterion, Laureate, Prize, Round
from awards.web.identity import Actor
from tests.builders import OPENED, FakeClock, a_cast, a_council, a_prize, a_round

SECRETARY = Actor(name="secretary")
TEXTS = PrizeTexts("Frivillighedsprisen", "Til den bedste indsats.", "et diplom", "")


def terms(**given: Any) -> PrizeTerms:
    usual: dict[str, Any] = {
        "slug": "frivillighedsprisen",
        "amount_ore": 1_000_000,
        "may_be_shared": True,
        "kinds": ["person"],
        "ties": ["lives"],
        "organisation_ties": [],
        "criteria_rule": "all",
        "criteria_minimum": 1,
        "excludes_members": True,
        "excludes_employees": False,
        "excludes_self": False,
        "excludes_paid": False,
        "excludes_winners_years": 0,
        "asks_phone": False,
        "method": "auto",
    }
    return PrizeTerms(**usual | given)


@pytest.fixture
async def council(db: Database) -> Council:
    council = await a_council()
    await a_cast(council)
    return council


async def being_set_up(council: Council, **columns: Any) -> Round:
    return await a_round(council, introduction="Hvem gør en forskel?", **{"opened_at": None} | columns)


async def test_a_round_is_created_once_however_often_it_is_sent(council: Council, clock: FakeClock) -> None:
    id = uuid4()
    for _ in range(2):
        await create_round(id, council.id, 2026, "Integrationspriserne 2026", by=SECRETARY, clock=clock)
    await asyncio.gather(
        *(create_round(id, council.id, 2026, "Integrationspriserne 2026", by=SECRETARY, clock=clock) for _ in range(3))
    )
    assert await Round.count() == 1
    assert await Audit.count() == 1
    with pytest.raises(RuleBroken, match="already"):
        await create_round(uuid4(), council.id, 2026, "Again", by=SECRETARY, clock=clock)


async def test_last_years_round_is_copied_without_its_dates(council: Council, clock: FakeClock) -> None:
    old = await a_round(council, 2025, introduction="Som i fjor", publish_nominees=True)
    await a_prize(old, outcome="not_awarded", outcome_reason="Ingen kandidater", ties=["lives"])
    await a_prize(old, "erhvervsprisen", position=2, criteria=["Ét kriterium"])
    new = await create_round(
        uuid4(), council.id, 2026, "Integrationspriserne 2026", copy_of=old.id, by=SECRETARY, clock=clock
    )
    copied = await round_of(council.id, 2026)
    assert (copied.introduction, copied.publish_nominees, copied.ceremony_place) == (
        "Som i fjor",
        True,
        old.ceremony_place,
    )
    for moment in ("opens_at", "closes_at", "first_closes_at", "opened_at", "announce_at", "ceremony_at"):
        assert getattr(copied, moment) is None, moment
    prizes = await prizes_of(new.id)
    criteria = await criteria_of(prize.id for prize in prizes)
    assert [(prize.slug, prize.outcome, len(criteria[prize.id])) for prize in prizes] == [
        ("frivillighedsprisen", "", 4),
        ("erhvervsprisen", "", 1),
    ]
    assert await Criterion.count() == 10


async def test_another_councils_round_cannot_be_copied(council: Council, clock: FakeClock) -> None:
    theirs = await a_round(await a_council("handicapraad"), 2025)
    with pytest.raises(NotFound):
        await create_round(uuid4(), council.id, 2026, "Vores", copy_of=theirs.id, by=SECRETARY, clock=clock)
    assert await Round.count() == 1


async def test_a_round_opens_once_nothing_is_missing(council: Council, clock: FakeClock) -> None:
    round = await being_set_up(council)
    with pytest.raises(RuleBroken, match="missing"):
        await open_round(round.id, by=SECRETARY, clock=clock)
    await a_prize(round)
    await open_round(round.id, by=SECRETARY, clock=clock)
    clock.advance(timedelta(hours=1))
    await open_round(round.id, by=SECRETARY, clock=clock)
    opened = await round_of(council.id, 2026)
    assert opened.opened_at == clock.now() - timedelta(hours=1)
    assert opened.first_closes_at == opened.closes_at
    assert await Audit.count() == 1


async def test_criteria_and_terms_are_frozen_once_open_but_words_can_be_corrected(
    council: Council, clock: FakeClock
) -> None:
    round = await a_round(council)
    prize = await a_prize(round)
    criterion = (await criteria_of([prize.id]))[prize.id][0]
    refused = (
        add_criterion(uuid4(), prize.id, CriterionTerms("Nyt"), by=SECRETARY, clock=clock),
        change_criterion(criterion.id, CriterionTerms("Nyt"), seen=version(criterion), by=SECRETARY, clock=clock),
        move_criterion(criterion.id, 1, by=SECRETARY, clock=clock),
        remove_criterion(criterion.id, by=SECRETARY, clock=clock),
        add_prize(uuid4(), round.id, TEXTS, terms(slug="ny-pris"), by=SECRETARY, clock=clock),
        change_prize(prize.id, TEXTS, terms(), seen=version(prize), by=SECRETARY, clock=clock),
        remove_prize(prize.id, by=SECRETARY, clock=clock),
    )
    for act in refused:
        with pytest.raises(RuleBroken, match="open"):
            await act
    await change_prize(prize.id, TEXTS, None, seen=version(prize), by=SECRETARY, clock=clock)
    assert (await prizes_of(round.id))[0].award == "et diplom"


async def test_an_old_tab_overwrites_nothing(council: Council, clock: FakeClock) -> None:
    prize = await a_prize(await being_set_up(council))
    seen = version(prize)
    await change_prize(prize.id, TEXTS, terms(amount_ore=1), seen=seen, by=SECRETARY, clock=clock)
    with pytest.raises(Stale):
        await change_prize(prize.id, TEXTS, terms(amount_ore=2), seen=seen, by=SECRETARY, clock=clock)
    assert (await Prize.objects().first() or prize).amount_ore == 1


async def test_prizes_keep_apart_and_off_the_sites_own_addresses(council: Council, clock: FakeClock) -> None:
    round = await being_set_up(council)
    id = uuid4()
    for _ in range(2):
        await add_prize(id, round.id, TEXTS, terms(), by=SECRETARY, clock=clock)
    for slug in ("frivillighedsprisen", "vindere", "opsaetning"):
        with pytest.raises(RuleBroken, match="address"):
            await add_prize(uuid4(), round.id, TEXTS, terms(slug=slug), by=SECRETARY, clock=clock)
    second = uuid4()
    await add_prize(second, round.id, TEXTS, terms(slug="erhvervsprisen"), by=SECRETARY, clock=clock)
    for places in (-1, -1, 1, -1):
        await move_prize(second, places, by=SECRETARY, clock=clock)
    assert [prize.id for prize in await prizes_of(round.id)] == [second, id]
    await remove_prize(second, by=SECRETARY, clock=clock)
    assert await Prize.count() == 1


async def test_criteria_are_put_in_order(council: Council, clock: FakeClock) -> None:
    prize = await a_prize(await being_set_up(council), criteria=["a", "b", "c"])
    last = (await criteria_of([prize.id]))[prize.id][-1]
    await move_criterion(last.id, -1, by=SECRETARY, clock=clock)
    await move_criterion(last.id, -1, by=SECRETARY, clock=clock)
    await move_criterion(last.id, -1, by=SECRETARY, clock=clock)
    assert [criterion.text for criterion in (await criteria_of([prize.id]))[prize.id]] == ["c", "a", "b"]


async def test_the_deadline_can_only_be_extended_and_only_before_it_passes(council: Council, clock: FakeClock) -> None:
    round = await a_round(council)
    first = round.closes_at
    for closes_at, words in (
        (first, "later"),
        (first - timedelta(days=1), "later"),
        (round.screening_ends_at, "before the screening"),
    ):
        with pytest.raises(RuleBroken, match=words):
            await extend_deadline(round.id, closes_at, seen=version(round), by=SECRETARY, clock=clock)
    later = first + timedelta(days=2)
    await extend_deadline(round.id, later, seen=version(round), by=SECRETARY, clock=clock)
    extended = await round_of(council.id, 2026)
    assert (extended.first_closes_at, extended.closes_at) == (first, later)
    with pytest.raises(Stale):
        await extend_deadline(round.id, later + timedelta(days=1), seen=version(round), by=SECRETARY, clock=clock)
    clock.set(later)
    with pytest.raises(DeadlinePassed):
        await extend_deadline(round.id, later + timedelta(hours=1), seen=version(extended), by=SECRETARY, clock=clock)


async def test_a_timetable_runs_forward_and_keeps_its_deadline_once_open(council: Council, clock: FakeClock) -> None:
    round = await being_set_up(council)
    given = {name: getattr(round, name) for name in Timetable.__dataclass_fields__}
    backwards = Timetable(**given | {"closes_at": round.opens_at - timedelta(days=1)})
    with pytest.raises(RuleBroken, match="order"):
        await plan_round(round.id, backwards, seen=version(round), by=SECRETARY, clock=clock)
    await a_prize(round)
    await open_round(round.id, by=SECRETARY, clock=clock)
    opened = await round_of(council.id, 2026)
    moved = Timetable(**given | {"closes_at": round.closes_at + timedelta(days=1)})
    with pytest.raises(RuleBroken, match="extended"):
        await plan_round(round.id, moved, seen=version(opened), by=SECRETARY, clock=clock)
    later = datetime(2026, 12, 1, 17, tzinfo=UTC)
    party = Timetable(**given | {"ceremony_at": later, "ceremony_ends_at": None})
    await plan_round(round.id, party, seen=version(opened), by=SECRETARY, clock=clock)
    assert (await round_of(council.id, 2026)).ceremony_at == later


async def test_a_prize_can_end_without_a_winner(council: Council, clock: FakeClock) -> None:
    draft = await a_prize(await being_set_up(council, year=2027))
    with pytest.raises(RuleBroken, match="not open"):
        await end_without_winner(draft.id, "Ingen", seen=version(draft), by=SECRETARY, clock=clock)
    prize = await a_prize(await a_round(council))
    await end_without_winner(prize.id, "Ingen kandidater", seen=version(prize), by=SECRETARY, clock=clock)
    ended = (await prizes_of(prize.round))[0]
    assert (ended.outcome, ended.outcome_reason) == ("not_awarded", "Ingen kandidater")
    await award_after_all(prize.id, by=SECRETARY, clock=clock)
    assert (await prizes_of(prize.round))[0].outcome == ""


async def test_winners_of_earlier_years_are_typed_in_and_published_ones_are_left_alone(
    council: Council, clock: FakeClock
) -> None:
    id = uuid4()
    details = LaureateDetails("erhvervsprisen", "Erhvervsprisen", 2019, "Karlsvognen", "", "For indsatsen", "")
    for _ in range(2):
        await add_laureate(id, council.id, details, by=SECRETARY, clock=clock)
    (row,) = await laureates(council.id)
    other = LaureateDetails("erhvervsprisen", "Erhvervsprisen", 2019, "Karlsvognen ApS", "", "", "")
    await change_laureate(council.id, id, other, seen=version(row), by=SECRETARY, clock=clock)
    with pytest.raises(NotFound):
        await remove_laureate((await a_council("handicapraad")).id, id, by=SECRETARY, clock=clock)
    await remove_laureate(council.id, id, by=SECRETARY, clock=clock)
    assert await laureates(council.id) == []
    prize = await a_prize(await a_round(council))
    published = Laureate(council=council.id, series=prize.slug, year=2026, prize=prize.id, published_at=OPENED)
    await published.save()
    with pytest.raises(RuleBroken, match="published here"):
        await remove_laureate(council.id, published.id, by=SECRETARY, clock=clock)
