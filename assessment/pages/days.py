"""A day as people type it: day, month and year, each in a box of its own."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from flask_babel import gettext as _
from wtforms import Field
from wtforms.utils import unset_value

from assessment.pages.typed import cleaned

PARTS: Final = ("day", "month", "year")
LONGEST: Final = 8


class DayField(Field):  # type: ignore[misc]
    """``typed`` is what stands in the three boxes, to be shown again whatever it is."""

    data: Any = None
    typed: tuple[str, ...] = ("", "", "")

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        super().process(None, data, extra_filters)
        self.typed = _parts_of(self.data)
        if formdata:
            self.typed = tuple(cleaned(formdata.get(f"{self.name}-{part}", ""))[:LONGEST] for part in PARTS)
            self.data = as_day(self.typed)
            self.process_errors = [] if self.data else [_("Enter a real date, such as 27 3 2027.")]


def as_day(typed: tuple[str, ...]) -> date | None:
    """The day of day, month and year as digits; a year may be typed in short."""
    if not all(part.isascii() and part.isdigit() for part in typed):
        return None
    day, month, year = (int(part) for part in typed)
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except (ValueError, OverflowError):
        return None


def _parts_of(day: date | None) -> tuple[str, ...]:
    return (str(day.day), str(day.month), str(day.year)) if day else ("", "", "")
