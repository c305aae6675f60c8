"""A table as a file that spreadsheets open: CSV and XLSX."""

import csv
import io
from collections.abc import Sequence

import xlsxwriter

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDEST = 60


def harmless(text: str) -> str:
    """The text as no spreadsheet takes it for a formula (OWASP, CSV injection)."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def to_csv(rows: Sequence[Sequence[str]]) -> bytes:
    """UTF-8 with byte order mark and semicolons, as Danish spreadsheets read it; the first row holds the headings."""
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows([harmless(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def to_xlsx(rows: Sequence[Sequence[str]], name: str) -> bytes:
    """One sheet, its first row the headings: they stay in view, and each column can be filtered. Every cell is text."""
    file = io.BytesIO()
    # The options keep what people wrote from becoming formulas, links or numbers.
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with xlsxwriter.Workbook(file, plain) as book:
        sheet = book.add_worksheet(name)
        bold, wrapped = book.add_format({"bold": True, "text_wrap": True}), book.add_format({"text_wrap": True})
        wrapped.set_align("top")
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write_string(at, column, cell, wrapped if at else bold)
        for column in range(len(rows[0])):
            longest = max(len(line) for row in rows for line in row[column].split("\n"))
            sheet.set_column(column, column, min(WIDEST, max(10, longest + 1)))
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(len(rows) - 1, 1), len(rows[0]) - 1)
    return file.getvalue()
