"""Everything an organisation owns in one ZIP, written as it is read, so that memory does not grow with it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile

from assessment.store.db import Session, reading, transaction
from assessment.store.queries.audit import Deed, note_deed
from assessment.store.queries.export import Sheet, rows_of, sheets
from assessment.store.queries.manage import OrganisationStanding, organisation_standing

FORMULAS: Final = ("=", "+", "-", "@", "\t", "\r")
ROWS_AT_ONCE: Final = 500
LEFT_OUT: Final = (
    "What was written in answers, notes and reasons: it never leaves the service.",
    "Single answers of rounds held apart, and who was invited to them: nobody here can join the two.",
    "Results of rounds held apart, until the service has promised to tell people what came of it.",
    "Drafts, links and sign-ins: they open things, and a copy would be a key.",
)


@dataclass(slots=True)
class _Pipe(io.RawIOBase):
    """What the ZIP has written so far and nobody has fetched."""

    waiting: list[bytes] = field(default_factory=list)

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.waiting.append(bytes(data))
        return len(data)

    def fetched(self) -> bytes:
        data = b"".join(self.waiting)
        self.waiting.clear()
        return data


def note_export(organisation_id: UUID, by: UUID, now: datetime) -> None:
    with transaction() as session:
        note_deed(session, now, by, Deed("export taken", organisation_id))


def export_of(organisation_id: UUID, now: datetime) -> Iterator[bytes]:
    """The ZIP, piece by piece."""
    pipe, counted = _Pipe(), {}
    with reading() as session, ZipFile(pipe, "w", ZIP_DEFLATED) as archive:
        standing = organisation_standing(session, organisation_id)
        for sheet in sheets(organisation_id):
            counted[f"{sheet.name}.csv"] = 0
            for rows in _write_sheet(archive, session, sheet):
                counted[f"{sheet.name}.csv"] += rows
                yield pipe.fetched()
        archive.writestr("manifest.json", _manifest(standing, counted, now))
        yield pipe.fetched()
    yield pipe.fetched()


def _write_sheet(archive: ZipFile, session: Session, sheet: Sheet) -> Iterator[int]:
    """Write one file; yield now and then how many rows came since."""
    with archive.open(f"{sheet.name}.csv", "w") as raw:
        # A mark that tells spreadsheets the text is UTF-8.
        raw.write("\ufeff".encode() + _lines([sheet.columns]))
        batch: list[Sequence[Any]] = []
        for row in rows_of(session, sheet):
            batch.append(row)
            if len(batch) == ROWS_AT_ONCE:
                raw.write(_lines(batch))
                yield len(batch)
                batch.clear()
        raw.write(_lines(batch))
        yield len(batch)


def _lines(rows: Sequence[Sequence[Any]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([cell_of(value) for value in row] for row in rows)
    return text.getvalue().encode()


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
    return f"'{text}" if text.startswith(FORMULAS) else text


def _manifest(standing: OrganisationStanding | None, counted: dict[str, int], now: datetime) -> str:
    said = {
        "made_at": now.isoformat(),
        "organisation": _said_of(standing) if standing else None,
        "files": [{"name": name, "rows": rows} for name, rows in counted.items()],
        "left_out": LEFT_OUT,
        "text_cells": "Text that begins with =, +, -, @, a tab or a line's end has ' before it.",
        "figures": "value_x10, low_x10 and high_x10 are tenths of a level.",
    }
    return json.dumps(said, ensure_ascii=False, indent=2)


def _said_of(standing: OrganisationStanding) -> dict[str, Any]:
    names = ("id", "name", "kind", "nation", "region", "size", "confirmed_on", "shares_on")
    return {name: None if (value := getattr(standing, name)) is None else str(value) for name in names}
