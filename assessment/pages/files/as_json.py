"""Sheets as one JSON object, by name: what is to be known of each, and its rows as objects; sent while it is made."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from assessment.pages.files.sheet import Sheet


def json_pieces(sheets: Mapping[str, Sheet]) -> Iterator[bytes]:
    yield b"{"
    for number, (name, sheet) in enumerate(sheets.items()):
        yield f"{',' if number else ''}\n{_text(name)}: ".encode()
        yield from _sheet(sheet)
    yield b"\n}\n"


def _sheet(sheet: Sheet) -> Iterator[bytes]:
    yield f'{{"about": {_text(sheet.described)}, "columns": {_text(list(sheet.columns))}, "rows": ['.encode()
    for number, row in enumerate(sheet.whole_rows()):
        yield f"{',' if number else ''}\n{_text(dict(zip(sheet.columns, row, strict=True)))}".encode()
    yield b"\n]}"


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, default=_date)


def _date(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)
