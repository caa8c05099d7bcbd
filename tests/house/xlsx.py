"""A workbook read back as a spreadsheet would: what each cell is, and what it holds."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element
from zipfile import ZipFile

MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
KEPT: Final = re.compile(r"_x([0-9A-F]{4})_")
DAY_ZERO: Final = date(1899, 12, 30)

Value = str | float | date | None


def read_xlsx(data: bytes) -> dict[str, list[list[Value]]]:
    """Each sheet's rows, headers first. Fails for a formula or a link: no file of ours has any."""
    with ZipFile(io.BytesIO(data)) as archive:
        names = [sheet.attrib["name"] for sheet in _part(archive, "workbook").iter(f"{MAIN}sheet")]
        sheets = (_part(archive, f"worksheets/sheet{number}") for number in range(1, len(names) + 1))
        return {name: list(_rows(sheet)) for name, sheet in zip(names, sheets, strict=True)}


def _part(archive: ZipFile, name: str) -> Element:
    return ET.fromstring(archive.read(f"xl/{name}.xml"))  # noqa: S314  # made by the tests themselves


def _rows(sheet: Element) -> Iterator[list[Value]]:
    assert not list(sheet.iter(f"{MAIN}f")) and not list(sheet.iter(f"{MAIN}hyperlink"))
    for row in sheet.iter(f"{MAIN}row"):
        cells: list[Value] = []
        for cell in row.iter(f"{MAIN}c"):
            place = _column(cell.attrib["r"])
            cells += [None] * (place - len(cells))
            cells.append(_value(cell))
        yield cells


def _column(reference: str) -> int:
    place = 0
    for letter in reference.rstrip("0123456789"):
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def _value(cell: Element) -> Value:
    if cell.get("t") == "inlineStr":
        text = "".join(part.text or "" for part in cell.iter(f"{MAIN}t"))
        return KEPT.sub(lambda found: chr(int(found.group(1), 16)), text)
    assert cell.get("t", "n") == "n"
    value = cell.findtext(f"{MAIN}v")
    if value is None:
        return None
    # The one style with a format of its own, beside the bold headers, is that of dates.
    return DAY_ZERO + timedelta(int(value)) if cell.get("s", "0") != "0" else float(value)
