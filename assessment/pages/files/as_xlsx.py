"""Sheets as one XLSX workbook, with a sheet before them that says what must be known. Texts are never formulas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from tempfile import TemporaryFile
from typing import IO, Any, Final

from xlsxwriter import Workbook

from assessment.pages.files.sheet import Cell, Row, Sheet

ABOUT: Final = "About"
LONGEST_NAME: Final = 31
ROWS_A_SHEET: Final = 1_048_575  # below the headers
WIDTHS: Final = (10, 40)
OPTIONS: Final = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}
MADE: Final = datetime(1980, 1, 1)  # noqa: DTZ001  # a fixed one: the same sheets make the same file, byte for byte


@dataclass(frozen=True, slots=True)
class _Book:
    book: Any
    bold: Any
    names: set[str]


def xlsx_file(sheets: Mapping[str, Sheet]) -> IO[bytes]:
    """The workbook in a file that is gone once it is closed; XLSX cannot be sent before all of it is there."""
    with ExitStack() as when_it_fails:
        file = when_it_fails.enter_context(TemporaryFile())
        with Workbook(file, OPTIONS) as book:
            _write_book(book, sheets)
        when_it_fails.pop_all()
    file.seek(0)
    return file


def _write_book(book: Any, sheets: Mapping[str, Sheet]) -> None:
    book.set_properties({"created": MADE})
    made = _Book(book, book.add_format({"bold": True}), set())
    _write(made, ABOUT, ("Sheet", "What", "Value"), _about(sheets))
    for name, sheet in sheets.items():
        _write(made, name, sheet.columns, sheet.whole_rows())


def _about(sheets: Mapping[str, Sheet]) -> Iterator[Row]:
    for name, sheet in sheets.items():
        for what, value in sheet.about:
            yield name, what, value


def _write(made: _Book, name: str, columns: Sequence[str], rows: Iterator[Row]) -> None:
    """Rows on a worksheet, and on further ones where one cannot hold them all."""
    while _write_some(made, name, columns, islice(rows, ROWS_A_SHEET)) == ROWS_A_SHEET:
        pass


def _write_some(made: _Book, name: str, columns: Sequence[str], rows: Iterator[Row]) -> int:
    """Rows on a new worksheet; how many."""
    sheet = made.book.add_worksheet(_free_name(made, name))
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, min(max(len(column) + 2, WIDTHS[0]), WIDTHS[1]))
        sheet.write_string(0, place, column, made.bold)
    number = 0
    for number, row in enumerate(rows, start=1):
        for place, value in enumerate(row):
            _write_cell(sheet, number, place, value)
    return number


def _write_cell(sheet: Any, row: int, place: int, value: Cell) -> None:
    if isinstance(value, bool):
        sheet.write_string(row, place, "yes" if value else "no")
    elif isinstance(value, (int, float)):
        sheet.write_number(row, place, value)
    elif isinstance(value, date):
        sheet.write_datetime(row, place, value)
    elif value is not None:
        sheet.write_string(row, place, value)


def _free_name(made: _Book, name: str) -> str:
    """A worksheet's name: short, and only once in a workbook, whatever its capitals."""
    short, number = name[:LONGEST_NAME], 1
    while short.lower() in made.names:
        number += 1
        short = f"{name[: LONGEST_NAME - len(str(number)) - 1]}-{number}"
    made.names.add(short.lower())
    return short
