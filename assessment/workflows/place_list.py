"""Read a list of departments and services as people keep it: CSV from any spreadsheet, columns in any order."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from assessment.questionnaire.message import Message
from assessment.store.names import LONGEST, fits, name_key, tidy

MOST_BYTES: Final = 1_000_000
MOST_LINES: Final = 2_000
COLUMNS: Final = ("department", "service", "sector")
NEEDED: Final = ("service", "sector")
DELIMITERS: Final = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class Line:
    """One line that names a department, or a service of one or of none. ``number`` is that of the file."""

    number: int
    department: str
    service: str
    sector: str


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a line (0: with the list as a whole), and what to write instead."""

    number: int
    message: Message


@dataclass(frozen=True, slots=True)
class PlaceList:
    """What a list says. Nothing of it is taken in while there is a fault."""

    lines: tuple[Line, ...] = ()
    faults: tuple[Fault, ...] = ()


def as_text(data: bytes) -> str:
    """The text of a file, whichever way the spreadsheet wrote it."""
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def read_places(text: str, sectors: Mapping[str, str]) -> PlaceList:
    """The lines of a list, or its faults. ``sectors``: the name of each, by id; either may be written."""
    if len(text.encode()) > MOST_BYTES:
        return _refused(Message("The list is larger than 1 MB. Import it in parts."))
    rows = [(number, row) for number, row in _rows(text) if any(cell.strip() for cell in row)]
    if not rows:
        return _refused(Message("There is nothing in the list. Its first line names the columns."))
    columns = _columns(rows[0][1])
    missing = [name for name in NEEDED if name not in columns]
    if missing:
        return _refused(
            Message(
                "The first line does not name the columns. Write: department, service, sector. Not found: {missing}.",
                {"missing": ", ".join(missing)},
            ),
            rows[0][0],
        )
    if len(rows) - 1 > MOST_LINES:
        return _refused(Message("The list has more than 2,000 lines. Import it in parts."))
    return _Reader(columns, _sector_ids(sectors)).read(rows[1:])


def as_list(lines: Sequence[Line]) -> str:
    """The same lines once more as a list, plainly written."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows((line.department, line.service, line.sector) for line in lines)
    return text.getvalue()


def _refused(message: Message, number: int = 0) -> PlaceList:
    return PlaceList(faults=(Fault(number, message),))


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:  # a cell too long to be one
            row = ["?" * (LONGEST + 1)] * len(COLUMNS)
        yield reader.line_num, row


def _delimiter(text: str) -> str:
    """What stands between the columns: the one by which the first line names most of them."""
    first = next((line for line in text.split("\n") if line.strip()), "")[:1000]
    return max(DELIMITERS, key=lambda one: len(_columns(first.split(one))))


def _columns(head: Sequence[str]) -> dict[str, int]:
    names = [name_key(cell.strip().strip('"')) for cell in head]
    return {name: names.index(name) for name in COLUMNS if name in names}


def _sector_ids(sectors: Mapping[str, str]) -> Mapping[str, str]:
    return {name_key(known): id for id, name in sectors.items() for known in (id, name)}


@dataclass(slots=True)
class _Reader:
    """Reads lines one by one, noting every fault on the way."""

    columns: Mapping[str, int]
    sectors: Mapping[str, str]
    lines: list[Line] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    seen: dict[tuple[str, str], Line] = field(default_factory=dict)

    def read(self, rows: Sequence[tuple[int, list[str]]]) -> PlaceList:
        for number, row in rows:
            self._line(number, {name: self._cell(row, at) for name, at in self.columns.items()})
        return PlaceList(tuple(self.lines), tuple(self.faults))

    def _cell(self, row: Sequence[str], at: int) -> str:
        return tidy(row[at]) if at < len(row) else ""

    def _line(self, number: int, cells: Mapping[str, str]) -> None:
        department, service, sector = (cells.get(name, "") for name in COLUMNS)
        faults = [*self._names(department, service), *self._sector(service, sector)]
        if not faults:
            faults = self._repeated(Line(number, department, service, self.sectors.get(name_key(sector), "")))
        self.faults += (Fault(number, message) for message in faults)

    def _names(self, department: str, service: str) -> Iterator[Message]:
        if not department and not service:
            yield Message("There is neither a department nor a service. Write one, or take the line out.")
        for name in (department, service):
            if not fits(name):
                yield Message("A name is too long. Use no more than 200 characters.")
            elif name and not any(c.isalnum() for c in name):
                yield Message("“{name}” has no letter or number in it. Write a name.", {"name": name})

    def _sector(self, service: str, sector: str) -> Iterator[Message]:
        if service and not sector:
            yield Message("{service} has no sector. Write one from the list of sectors.", {"service": service})
        elif sector and name_key(sector) not in self.sectors:
            short = sector if len(sector) <= LONGEST else sector[:LONGEST] + "…"
            yield Message("We know no sector “{sector}”. Write one from the list of sectors.", {"sector": short})

    def _repeated(self, line: Line) -> list[Message]:
        """Keep the line, unless it says what another has said; one that says the same adds nothing."""
        key = (name_key(line.department), name_key(line.service))
        known = self.seen.setdefault(key, line)
        if known is line:
            self.lines.append(line)
        elif known.sector != line.sector:
            values: dict[str, str | int | float | Message] = {"service": line.service, "number": known.number}
            return [Message("{service} stands in line {number} with another sector. Keep one of the two.", values)]
        return []
