"""What a reader notes down while it reads one file: where each value stands, and the faults."""

from __future__ import annotations

from typing import Final, Protocol

import yaml

from assessment.questionnaire.fault import MOST_FAULTS, Fault

Path = tuple[str | int, ...]
START: Final = (1, 1)


class EnoughFaults(Exception):
    """The list of faults is full: nobody reads more, and hostile files have no end of them."""


class Notes:
    """The faults of one file, and the (line, column) of every path into it, both from 1."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []
        self.marks: dict[Path, tuple[int, int]] = {}

    def mark(self, path: Path, node: yaml.Node) -> None:
        self.marks[path] = place(node.start_mark)

    def fault(self, path: Path, message: str) -> None:
        """Note a fault where ``path`` stands, or at the start of a file that has no such place."""
        self.fault_at(self.marks.get(path, START), message)

    def fault_at(self, where: tuple[int, int], message: str) -> None:
        """Note a fault at a line and column. Raises EnoughFaults at the last one there is room for."""
        self.faults.append(Fault(self.file, *where, message))
        if len(self.faults) >= MOST_FAULTS:
            raise EnoughFaults

    def in_order(self) -> list[Fault]:
        return sorted(self.faults, key=lambda fault: (fault.line, fault.column))


class Mark(Protocol):
    """Where the YAML reader was, from 0; its C and Python halves have a class each."""

    line: int
    column: int


def place(mark: Mark | None) -> tuple[int, int]:
    """A YAML mark as (line, column) from 1."""
    return START if mark is None else (mark.line + 1, mark.column + 1)
