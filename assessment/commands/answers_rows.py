"""A file of answers row by row, as levels: for what a tally of answers cannot tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from assessment.commands.answers_file import blocks, cells
from assessment.questionnaire.definition import Definition


@dataclass(frozen=True, slots=True)
class Row:
    """One response: the level given to each statement that carries one, and its unit ("" without a column)."""

    levels: Mapping[str, int]
    unit: str


def rows(path: Path, definition: Definition, unit: str = "") -> Iterator[Row]:
    """Every row of a file that ``tally_answers`` has found sound."""
    with path.open(encoding="utf-8-sig") as file:
        names: list[str] = []
        for block in blocks(file):
            for text in block.texts:
                if not names:
                    names = cells(text)
                    continue
                given = dict(zip(names, cells(text), strict=True))
                levels = {name: int(cell) for name, cell in given.items() if _is_level(name, cell, definition)}
                yield Row(levels, given.get(unit, ""))


def asked(path: Path, definition: Definition) -> frozenset[str]:
    """The statements that have a column."""
    with path.open(encoding="utf-8-sig") as file:
        header = next((block.texts[0] for block in blocks(file) if block.texts), "")
    return frozenset(cells(header)) & definition.by_id.keys()


def _is_level(name: str, cell: str, definition: Definition) -> bool:
    return name in definition.by_id and cell.isdecimal()
