"""Cells and lines of CSV files: one way for everything that leaves as a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, Final

MARK: Final = "\ufeff"
"""Stands at the start of a file and tells spreadsheets that the text is UTF-8."""
FORMULAS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
UNSEEN: Final = " \u00a0\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u3000\ufeff\0"
"""Some spreadsheets skip these before they look for a formula."""


def cell_of(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula; numbers stay numbers, dates are written the same everywhere."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)):
        return value
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    text = str(value)
    return f"'{text}" if text.lstrip(UNSEEN).startswith(FORMULAS) else text


def lines_of(rows: Iterable[Sequence[Any]]) -> bytes:
    """Rows as lines of a CSV file."""
    text = io.StringIO()
    csv.writer(text).writerows([cell_of(value) for value in row] for row in rows)
    return text.getvalue().encode()
