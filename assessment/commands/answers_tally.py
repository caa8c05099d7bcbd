"""Count a file of answers: a million rows in seconds, and every fault with its place.

Answers are counted column by column, a block of rows at once, in C; only a block that cannot be counted
is looked at cell by cell. What a row answered to one principle is one number, with a digit for each
possible answer: few different numbers stand for any number of rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial, reduce
from itertools import product, repeat
from operator import add
from pathlib import Path
from typing import Final

from assessment.commands.answers_file import Block, TooLongError, blocks, cells, is_not_utf_8, place
from assessment.questionnaire.definition import Definition
from assessment.questionnaire.fault import MOST_FAULTS, Fault, counted, quote
from assessment.scoring.counts import Counts

TOGETHER: Final = 3
UNIT: Final = "unit"
FREE_COLUMNS: Final = ("perspective", UNIT)
OTHERS: Final = ("na", "dk", "pns", "")
UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")

EMPTY: Final = "the file is empty; its first line must name the columns"
NOT_UTF_8: Final = "this is not UTF-8 text; save the file as CSV UTF-8"
BAD_QUOTES: Final = "the quotation marks of this row do not match; put them round a whole cell, and double those inside"
TOO_LONG: Final = "this line has more than a million characters; is this a file of answers?"
ALLOWED: Final = "name statement ids, `perspective` and `unit` only"
NO_UNIT: Final = "there is no column `{}` to report by"


class AnswersError(ValueError):
    """A file that cannot be counted. ``faults`` says why, in the order of the file, at most 1,000."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)[:MOST_FAULTS]
        super().__init__("\n".join(map(str, self.faults)))


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows there are and, by principle id, how many of them answered it in each way."""

    rows: int
    principles: Mapping[str, Mapping[Counts, int]]


def tally_answers(path: Path, definition: Definition, unit: str = "") -> tuple[Tally, dict[str, Tally]]:
    """The tally of all rows and, if a column is named, of the rows of each of its values.

    Raises AnswersError, and OSError if the file cannot be read.
    """
    with path.open("rb") as binary:
        if binary.read(2) in UTF_16:
            raise AnswersError([Fault(str(path), 1, 1, NOT_UTF_8)])
    with path.open(encoding="utf-8-sig", errors="surrogateescape") as file:
        reader = _Reader(str(path), definition, unit)
        reader.read(blocks(file))
    return reader.result()


class Digits:
    """Numbers that count answers: each possible answer has a place, and its digit says how many gave it."""

    def __init__(self, definition: Definition) -> None:
        levels = [str(level) for level in range(definition.top + 1)]
        self._levels = len(levels)
        self._bits = max(len(principle.statements) for principle in definition.principles).bit_length()
        self.of_answer = {answer: 1 << self._bits * place for place, answer in enumerate([*levels, *OTHERS])}
        # Three columns at a time: fewer steps a row, and still a small table.
        self._of_answers = {
            size: {
                answers: sum(map(self.of_answer.__getitem__, answers))
                for answers in product(self.of_answer, repeat=size)
            }
            for size in range(1, TOGETHER + 1)
        }

    def numbers(self, columns: Sequence[Sequence[str]]) -> Iterator[int]:
        """The number of each row of these columns, at least one. Raises KeyError at what is no answer."""
        parts = [columns[start : start + TOGETHER] for start in range(0, len(columns), TOGETHER)]
        numbers = [map(self._of_answers[len(part)].__getitem__, zip(*part, strict=True)) for part in parts]
        return reduce(partial(map, add), numbers)

    def counts(self, number: int) -> Counts:
        digit = (1 << self._bits) - 1
        digits = [number >> self._bits * place & digit for place in range(len(self.of_answer))]
        return Counts(tuple(digits[: self._levels]), *digits[self._levels :])


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the header puts things; of a column named twice the first counts."""

    width: int
    statements: Mapping[int, str]
    principles: Mapping[str, Sequence[int]]
    unit: int | None


def _columns(names: Sequence[str], definition: Definition, unit: str) -> _Columns:
    places = {name: index for index, name in reversed(list(enumerate(names)))}
    statements = {places[s.id]: s.id for s in definition.statements if s.id in places}
    principles = {p.id: [places[s.id] for s in p.statements if s.id in places] for p in definition.principles}
    return _Columns(len(names), statements, principles, places.get(unit))


class _Reader:
    def __init__(self, name: str, definition: Definition, unit: str) -> None:
        self._name = name
        self._definition = definition
        self._unit = unit
        self._digits = Digits(definition)
        self._columns: _Columns | None = None
        self._rows: Counter[str] = Counter()
        self._numbers: dict[str, Counter[tuple[str, int]]] = {p.id: Counter() for p in definition.principles}
        self._faults: list[Fault] = []

    def read(self, blocks: Iterator[Block]) -> None:
        try:
            for block in blocks:
                self._take(block)
                if len(self._faults) >= MOST_FAULTS:
                    return
        except TooLongError as error:
            self._fault(error.line, 1, TOO_LONG)
        if self._columns is None and not self._faults:
            self._fault(1, 1, EMPTY)

    def result(self) -> tuple[Tally, dict[str, Tally]]:
        if self._faults:
            raise AnswersError(self._faults)
        units = sorted(self._rows) if self._unit else []
        whole, of_unit = self._nothing(), {unit: self._nothing() for unit in units}
        for principle, numbers in self._numbers.items():
            for (unit, number), times in numbers.items():
                for tally in (whole, of_unit.get(unit, whole))[: 1 + bool(self._unit)]:
                    tally[principle][self._digits.counts(number)] += times
        tallies = {unit: Tally(self._rows[unit], of_unit[unit]) for unit in units}
        return Tally(self._rows.total(), whole), tallies

    def _nothing(self) -> dict[str, Counter[Counts]]:
        return {principle: Counter() for principle in self._numbers}

    def _fault(self, line: int, column: int, message: str) -> None:
        self._faults.append(Fault(self._name, line, column, message))

    def _take(self, block: Block) -> None:
        if self._columns is None and block.texts:
            self._columns = self._read_header(block.lines[0], block.texts[0])
            block = Block(block.lines[1:], block.texts[1:])
        if self._columns and self._columns.width and block.texts:
            rows = block.rows()
            if not (block.is_utf_8() and self._count(self._columns, rows)):
                self._find_faults(self._columns, block, rows)

    def _read_header(self, line: int, text: str) -> _Columns:
        names = cells(text)
        if not names:
            self._fault(line, 1, BAD_QUOTES)
        for index, name in enumerate(names):
            if fault := self._fault_of_name(name, names[:index]):
                self._fault(*place(line, text, index), fault)
        if self._unit and self._unit not in names:
            self._fault(line, 1, NO_UNIT.format(self._unit))
        return _columns(names, self._definition, self._unit)

    def _fault_of_name(self, name: str, before: Sequence[str]) -> str | None:
        if name in before:
            return f"the column {quote(name)} is there already"
        if name in self._definition.by_id or name in (*FREE_COLUMNS, self._unit):
            return None
        return f"{quote(name)} is no statement of {self._definition.id} {self._definition.version}; {ALLOWED}"

    def _count(self, columns: _Columns, rows: Sequence[Sequence[str]]) -> bool:
        """Add these rows; False if they cannot be counted (some may have been by then)."""
        if {columns.width} != set(map(len, rows)):
            return False
        by_column = list(zip(*rows, strict=True))
        units = by_column[columns.unit] if columns.unit is not None else [""] * len(rows)
        try:
            for principle, places in columns.principles.items():
                answers = [by_column[place] for place in places]
                numbers = self._digits.numbers(answers) if answers else repeat(0, len(rows))
                self._numbers[principle].update(zip(units, numbers, strict=True))
        except KeyError:
            return False
        self._rows.update(units)
        return True

    def _find_faults(self, columns: _Columns, block: Block, rows: Sequence[Sequence[str]]) -> None:
        for line, text, row in zip(block.lines, block.texts, rows, strict=True):
            if len(row) != columns.width:
                self._fault(*self._ragged(columns, line, text, row))
            elif not self._is_sound(columns, row):
                for index, cell in enumerate(row):
                    if fault := self._fault_of_cell(columns, index, cell):
                        self._fault(*place(line, text, index), fault)
            if len(self._faults) >= MOST_FAULTS:
                return

    def _is_sound(self, columns: _Columns, row: Sequence[str]) -> bool:
        """A quick look, for most rows of a faulty block are sound."""
        return self._digits.of_answer.keys() >= {row[index] for index in columns.statements} and not any(
            map(is_not_utf_8, row)
        )

    def _ragged(self, columns: _Columns, line: int, text: str, row: Sequence[str]) -> tuple[int, int, str]:
        if not row:
            return line, 1, BAD_QUOTES
        at = place(line, text, min(len(row), columns.width))
        return *at, f"this row has {counted(len(row), 'cell')}, the header {columns.width}"

    def _fault_of_cell(self, columns: _Columns, index: int, cell: str) -> str | None:
        if is_not_utf_8(cell):
            return NOT_UTF_8
        if index not in columns.statements or cell in self._digits.of_answer:
            return None
        top = self._definition.top
        if cell.isdecimal():
            return f"{quote(cell)} is off the scale, which goes from 0 to {top}"
        return f"{quote(cell)} is no answer; write 0 to {top}, na, dk or pns, or leave the cell empty"
