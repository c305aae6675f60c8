"""The nominations as a spreadsheet: all that was written, nothing that runs, and a note that it was taken out."""

import csv
import io
import zipfile
from xml.etree import ElementTree

import httpx

from awards.audit.tables import Audit
from tests.queries import count_queries
from tests.screening.builders import HERE, Desk, a_nomination

CELL = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
FORMULA = '=HYPERLINK("http://example.org";"Klik")'


async def as_csv(secretary: httpx.AsyncClient) -> list[dict[str, str]]:
    answer = await secretary.post(f"{HERE}/udtraek", data={"as": "csv"})
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


async def test_everything_that_was_told_is_in_the_table(desk: Desk, secretary: httpx.AsyncClient) -> None:
    await a_nomination(desk, nominee="محمد & Þór O'Brien", story="To linjer;\nog et semikolon.")
    [row] = await as_csv(secretary)
    assert row["Kandidat"] == "محمد & Þór O'Brien"
    assert row["Hvad kandidaten har gjort"] == "To linjer;\nog et semikolon."
    assert row["Status"] == "Afventer"
    assert [cell for heading, cell in row.items() if heading.startswith("Frivillighedsprisen: ") and cell]


async def test_what_people_wrote_is_no_formula_to_any_spreadsheet(desk: Desk, secretary: httpx.AsyncClient) -> None:
    await a_nomination(desk, nominee=FORMULA)
    [row] = await as_csv(secretary)
    assert row["Kandidat"] == f"'{FORMULA}"
    answer = await secretary.post(f"{HERE}/udtraek", data={"as": "xlsx"})
    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
        texts = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
    assert not list(sheet.iter(f"{CELL}f"))
    assert FORMULA in ["".join(text.itertext()) for text in texts.iter(f"{CELL}si")]


async def test_taking_them_out_is_noted_without_a_name(desk: Desk, secretary: httpx.AsyncClient) -> None:
    await a_nomination(desk)
    await as_csv(secretary)
    noted = await Audit.select(Audit.body).order_by(Audit.seq, ascending=False).first()
    assert noted is not None
    assert "screening.exported" in noted["body"]
    assert "Cykelkøkkenet" not in noted["body"]


async def test_it_asks_as_much_for_one_as_for_thirty(desk: Desk, secretary: httpx.AsyncClient) -> None:
    assert await as_csv(secretary) == []
    await a_nomination(desk)
    with count_queries() as one:
        await as_csv(secretary)
    for n in range(29):
        await a_nomination(desk, f"2026-B{n:03}", nominee=f"Kandidat {n}")
    with count_queries() as thirty:
        assert len(await as_csv(secretary)) == 30
    assert thirty.number == one.number
