"""A CSV file as blocks of records, each with the line it begins on, whatever is wrong with them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TextIO

BLOCK: Final = 1 << 15  # some hundred rows: they stay in the processor's cache while columns are made of them
LONGEST: Final = 1 << 20
CELL: Final = re.compile(r'"(?:[^"]|"")*"[^,]*|[^,]*')


class TooLongError(ValueError):
    """A line of more than a million characters is none of answers; ``line`` counts from 1."""

    def __init__(self, line: int) -> None:
        self.line = line
        super().__init__(f"line {line} is too long")


@dataclass(frozen=True, slots=True)
class Block:
    """Some records in the order of the file: the line each begins on, from 1, and its text. None is empty."""

    lines: Sequence[int]
    texts: Sequence[str]

    def rows(self) -> list[list[str]]:
        """The cells of each record; of one whose quotation marks make no sense, no cells."""
        if any('"' in text for text in self.texts):
            return [cells(text) for text in self.texts]
        return [text.split(",") for text in self.texts]

    def is_utf_8(self) -> bool:
        """Whether its bytes were UTF-8; those that were not have become lone surrogates."""
        return all(map(str.isascii, self.texts)) or not any(map(is_not_utf_8, self.texts))


def is_not_utf_8(text: str) -> bool:
    return any("\ud800" <= letter <= "\udfff" for letter in text)


def cells(text: str) -> list[str]:
    """The cells of one record; none if its quotation marks make no sense."""
    if '"' not in text:
        return text.split(",")
    try:
        return next(csv.reader([text], strict=True))
    except csv.Error:
        return []


def place(line: int, text: str, index: int) -> tuple[int, int]:
    """Line and column, from 1, where cell ``index`` of a record begins; past its end for one too many."""
    start = 0
    for _ in range(index):
        match = CELL.match(text, start)
        start = min(match.end() + 1, len(text)) if match else len(text)
    return line + text.count("\n", 0, start), start - text.rfind("\n", 0, start)


def blocks(file: TextIO) -> Iterator[Block]:
    """Read a file block by block, without its empty lines. A quoted cell may go over several lines.

    Where a quotation mark opens and none closes it, the line is given as it is, and reading goes on with
    the next: one slip does not hide what follows. Raises TooLongError.
    """
    joiner = _Joiner()
    for lines in _lines(file):
        yield joiner.block(lines)
    yield joiner.rest()


def _lines(file: TextIO) -> Iterator[list[str]]:
    number, rest = 1, ""
    while text := file.read(BLOCK):
        *lines, rest = (rest + text).split("\n")
        number += len(lines)
        yield lines
        if len(rest) > LONGEST:
            raise TooLongError(number)
    if rest:
        yield [rest]


class _Joiner:
    """Joins the lines of records that go over several: an odd number of quotation marks opens or closes one."""

    def __init__(self) -> None:
        self._line = 1
        self._open: list[str] = []

    def block(self, lines: list[str]) -> Block:
        first, self._line = self._line, self._line + len(lines)
        if self._open or any('"' in line for line in lines):
            return self._joined(first - len(self._open), self._open + lines, at_end=False)
        if "" in lines:
            numbers = [number for number, line in enumerate(lines, first) if line]
            return Block(numbers, [line for line in lines if line])
        return Block(range(first, self._line), lines)

    def rest(self) -> Block:
        """What is left at the end of the file: lines behind a quotation mark that nothing closed."""
        return self._joined(self._line - len(self._open), self._open, at_end=True)

    def _joined(self, first: int, lines: list[str], at_end: bool) -> Block:
        numbers: list[int] = []
        texts: list[str] = []
        at = 0
        while at < len(lines):
            size = _record_size(lines, at)
            if size is None and not at_end and sum(map(len, lines[at:])) <= LONGEST:
                break
            size = size or 1
            numbers.append(first + at)
            texts.append("\n".join(lines[at : at + size]))
            at += size
        self._open = lines[at:]
        filled = [index for index, text in enumerate(texts) if text]
        return Block([numbers[index] for index in filled], [texts[index] for index in filled])


def _record_size(lines: Sequence[str], at: int) -> int | None:
    """How many lines the record that begins here takes; None if it is still open at the last."""
    marks = 0
    for size in range(1, len(lines) - at + 1):
        marks += lines[at + size - 1].count('"')
        if marks % 2 == 0:
            return size
    return None
