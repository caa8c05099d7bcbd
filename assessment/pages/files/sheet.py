"""One table, before it is written as a file of one kind or another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from unicodedata import normalize

Cell = str | int | float | date | None
Row = Sequence[Cell]
UNSAFE: Final = re.compile(r"[^a-z0-9]+")
LONGEST_NAME: Final = 80


@dataclass(frozen=True, slots=True)
class Sheet:
    """Columns, rows, and what must be known to read them: the period, the base, the questionnaire's version …

    ``rows`` may be a generator that reads as it goes, inside a ``reading()`` of its own: they are asked for once, one
    after another, and never held together. In a CSV file each of ``about`` is a column of every row, so that no row
    is ever parted from it.
    """

    name: str
    columns: Sequence[str]
    rows: Iterable[Row]
    about: Sequence[tuple[str, Cell]] = ()

    def __post_init__(self) -> None:
        headers = [*self.columns, *(what for what, _ in self.about)]
        if len(set(headers)) < len(headers):
            raise ValueError(f"two columns of the sheet {self.name} have one name")

    @property
    def described(self) -> Mapping[str, Cell]:
        return dict(self.about)

    def whole_rows(self) -> Iterator[Row]:
        """The rows. Raises ValueError for one with a cell too many or too few."""
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"a row of the sheet {self.name} has {len(row)} cells for {len(self.columns)} columns")
            yield row


def safe_name(name: str) -> str:
    """A name that every file system takes: small letters, digits and hyphens."""
    plain = normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return UNSAFE.sub("-", plain).strip("-")[:LONGEST_NAME].rstrip("-") or "file"


def by_safe_name(sheets: Iterable[Sheet]) -> Mapping[str, Sheet]:
    """The sheets by the names that they have in files. Raises ValueError for two of one name."""
    named: dict[str, Sheet] = {}
    for sheet in sheets:
        if named.setdefault(safe_name(sheet.name), sheet) is not sheet:
            raise ValueError(f"two sheets have the name {safe_name(sheet.name)}")
    return named
