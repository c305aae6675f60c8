"""What can be read of councils and rounds, and by whom."""

from datetime import date

import pytest

from awards.councils.queries import council_by_slug, members_on, officers_on, seats_of, the_only_council
from awards.db import Database
from awards.errors import NotFound
from awards.rounds.queries import (
    criteria_of,
    earlier_winners,
    laureates,
    newest_round,
    nominee_rules,
    prizes_of,
    public_prize,
    public_round,
    published_rounds,
    round_of,
)
from awards.rounds.rules import Winner
from awards.rounds.tables import Laureate
from tests.builders import CRITERIA, OPENED, a_cast, a_council, a_prize, a_round


async def test_a_prize_is_found_by_its_address_once_the_round_was_opened(db: Database) -> None:
    council = await a_council()
    round = await a_round(council)
    await a_prize(round, "erhvervsprisen", position=2)
    await a_prize(round, criteria=CRITERIA[:3])
    found = await public_prize("integrationsraad", 2026, "frivillighedsprisen")
    assert [criterion.text for criterion in found.criteria] == list(CRITERIA[:3])
    assert [prize.slug for prize in (await public_round("integrationsraad", 2026)).prizes] == [
        "frivillighedsprisen",
        "erhvervsprisen",
    ]
    assert nominee_rules(found.prize, 2026).ties == ["lives", "works", "effort"]


async def test_a_round_being_set_up_is_not_public(db: Database) -> None:
    round = await a_round(await a_council(), opened_at=None)
    await a_prize(round)
    for asked in (
        public_prize("integrationsraad", 2026, "frivillighedsprisen"),
        public_round("integrationsraad", 2026),
    ):
        with pytest.raises(NotFound):
            await asked


@pytest.mark.parametrize(
    ("slug", "year", "prize"),
    [
        ("nowhere", 2026, "frivillighedsprisen"),
        ("integrationsraad", 2025, "frivillighedsprisen"),
        ("integrationsraad", 2026, "erhvervsprisen"),
        ("integrationsraad", 10**12, "frivillighedsprisen"),
        ("integrationsraad", -1, "frivillighedsprisen"),
        ("integrationsraad\x00", 2026, "frivillighedsprisen"),
        ("integrationsraad", 2026, "\x00\ud800"),
    ],
)
async def test_what_is_not_there_is_not_found(db: Database, slug: str, year: int, prize: str) -> None:
    await a_prize(await a_round(await a_council()))
    with pytest.raises(NotFound):
        await public_prize(slug, year, prize)


async def test_with_one_council_it_is_the_only_one(db: Database) -> None:
    assert await the_only_council() is None
    first = await a_council()
    assert (await the_only_council() or first).id == first.id
    await a_council("handicapraad")
    assert await the_only_council() is None
    assert (await council_by_slug("handicapraad")).slug == "handicapraad"


async def test_the_newest_round_is_the_latest_year(db: Database) -> None:
    council = await a_council()
    assert await newest_round(council.id) is None
    old = await a_round(council, 2025)
    new = await a_round(council, 2026, opened_at=None)
    newest, public = await newest_round(council.id), await newest_round(council.id, opened=True)
    assert newest is not None
    assert newest.id == new.id
    assert public is not None
    assert public.id == old.id
    assert (await round_of(council.id, 2025)).id == old.id


async def test_members_and_officers_are_those_of_the_day(db: Database) -> None:
    council = await a_council()
    cast = await a_cast(council)
    await a_cast(await a_council("handicapraad"), "other_")
    today = date(2026, 10, 1)
    assert [person.name for person in await members_on(council.id, today)] == [
        "chair",
        "member",
        "recused_member",
        "second_vice_chair",
        "vice_chair",
    ]
    assert await members_on(council.id, date(2025, 12, 31)) == []
    succession = await officers_on(council.id, today, "chair", "vice_chair")
    assert [person.id for person in succession] == [cast.chair.id, cast.vice_chair.id, cast.second_vice_chair.id]
    assert len(await seats_of(council.id)) == 5


async def test_criteria_of_many_prizes_come_at_once(db: Database) -> None:
    round = await a_round(await a_council())
    first, second = await a_prize(round), await a_prize(round, "erhvervsprisen", criteria=())
    found = await criteria_of(prize.id for prize in await prizes_of(round.id))
    assert {prize: len(criteria) for prize, criteria in found.items()} == {first.id: 4, second.id: 0}


async def test_a_round_is_published_when_every_prize_has_a_winner_or_is_not_awarded(db: Database) -> None:
    council = await a_council()
    round = await a_round(council)
    first = await a_prize(round)
    await a_prize(round, "erhvervsprisen", outcome="not_awarded")
    assert await published_rounds(council.id) == set()
    await Laureate(council=council.id, series=first.slug, year=2026, prize=first.id, published_at=OPENED).save()
    assert await published_rounds(council.id) == {round.id}


async def test_laureates_are_told_newest_first_and_by_series(db: Database) -> None:
    council = await a_council()
    for year, series, name in ((2018, "erhvervsprisen", "A"), (2019, "erhvervsprisen", "B"), (2019, "andet", "C")):
        await Laureate(council=council.id, series=series, year=year, name=name, published_at=OPENED).save()
    assert [row.name for row in await laureates(council.id)] == ["C", "B", "A"]
    assert await earlier_winners(council.id, "erhvervsprisen") == [Winner("B", 2019), Winner("A", 2018)]
