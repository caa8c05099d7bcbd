"""Sheets as CSV: a file for one, a ZIP of files for several; each is sent while it is made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile

from assessment.pages.files.sheet import Row, Sheet
from assessment.workflows.cells import MARK, lines_of
from assessment.workflows.pipe import Pipe

ROWS_AT_ONCE: Final = 500


def csv_pieces(sheet: Sheet) -> Iterator[bytes]:
    headers = [*sheet.columns, *(what for what, _ in sheet.about)]
    said = [value for _, value in sheet.about]
    yield MARK.encode() + lines_of([headers])
    rows: Iterator[Row] = ([*row, *said] for row in sheet.whole_rows())
    while some := list(islice(rows, ROWS_AT_ONCE)):
        yield lines_of(some)


def zip_pieces(sheets: Mapping[str, Sheet]) -> Iterator[bytes]:
    """A ZIP of the sheets, each under its name."""
    pipe = Pipe()
    with ZipFile(pipe, "w", ZIP_DEFLATED) as archive:
        for name, sheet in sheets.items():
            with archive.open(f"{name}.csv", "w") as file:
                for piece in csv_pieces(sheet):
                    file.write(piece)
                    yield pipe.fetched()
    yield pipe.fetched()
