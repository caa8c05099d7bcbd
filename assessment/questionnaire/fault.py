"""What is wrong with a file, and where: every fault names a line, a column and a cure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

MOST_FAULTS: Final = 1000
LONGEST_QUOTE: Final = 40


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a file; ``line`` and ``column`` count from 1, in characters."""

    file: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.message}"


class DefinitionError(ValueError):
    """A file that cannot be used. ``faults`` says why, in the order of the file."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


def quote(value: str) -> str:
    """A value as it can be repeated in a message: short, and on one line whatever it holds."""
    short = value if len(value) <= LONGEST_QUOTE else value[:LONGEST_QUOTE] + "…"
    return "`" + "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in short) + "`"


def listed(words: Iterable[str]) -> str:
    """Quoted words with commas, for the choices a message offers."""
    return ", ".join(map(quote, words))


def counted(number: int, noun: str) -> str:
    """``counted(1, "level")`` is "1 level", ``counted(4, "level")`` "4 levels"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
