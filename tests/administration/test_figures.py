"""Nominations in numbers: the charts and their tables tell what came."""

from datetime import date, timedelta

from awards.accounts.tables import Person
from awards.administration.demo import load_demonstration
from awards.administration.figures import by_time
from awards.app import Awards
from awards.charts import HIGH, WIDE, bars
from awards.settings import Settings
from tests.browsing import BrowserOf
from tests.builders import FakeClock, a_cast, a_council, a_round
from tests.queries import count_queries

HERE = "/integrationsraad/2026/tal"


def test_bars_are_as_tall_as_their_numbers_and_stay_inside() -> None:
    drawn = bars([("a", 4), ("b", 1), ("c", 0)])
    assert [bar.height for bar in drawn] == [HIGH, HIGH / 4, 0]
    assert all(bar.y + bar.height == HIGH and bar.x >= 0 and bar.x + bar.width <= WIDE for bar in drawn)
    assert bars([]) == []
    assert [bar.height for bar in bars([("a", 0)])] == [0]


def test_days_without_a_nomination_stand_there_too_and_many_days_become_weeks() -> None:
    first = date(2026, 9, 1)
    counts = {first: 2, first + timedelta(days=3): 1, first + timedelta(days=60): 5}
    few = by_time(counts, first, first + timedelta(days=3))
    assert [bar.n for bar in few.bars] == [2, 0, 0, 1]
    many = by_time(counts, first, first + timedelta(days=60))
    assert len(many.bars) == 9
    assert sum(bar.n for bar in many.bars) == 8


async def test_the_page_has_a_table_for_each_chart_with_few_queries(
    app: Awards, settings: Settings, clock: FakeClock, browser_of: BrowserOf
) -> None:
    await load_demonstration("screening", settings, clock)
    person = await Person.objects().get(Person.email == "sekretaer@example.dk")
    assert person is not None
    secretary = await browser_of(person)
    with count_queries() as queries:
        page = await secretary.get(HERE)
    assert page.count("<table>") == 3
    assert page.count("<rect") >= page.count("<tr>")
    assert ">Frivillighedsprisen<" in page
    assert queries.number < 12


async def test_before_the_first_nomination_it_says_so(app: Awards, clock: FakeClock, browser_of: BrowserOf) -> None:
    council = await a_council()
    cast = await a_cast(council)
    await a_round(council)
    assert "Ingen indstillinger endnu" in await (await browser_of(cast.secretary)).get(HERE)
