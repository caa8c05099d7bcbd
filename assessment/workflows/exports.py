"""Everything an organisation owns in one ZIP, written as it is read, so that memory does not grow with it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile

from assessment.store.db import Session, reading, transaction
from assessment.store.queries.audit import Deed, note_deed
from assessment.store.queries.export import Sheet, rows_of, sheets
from assessment.store.queries.manage import OrganisationStanding, organisation_standing
from assessment.workflows.cells import MARK, lines_of
from assessment.workflows.pipe import Pipe

ROWS_AT_ONCE: Final = 500
LEFT_OUT: Final = (
    "What was written in answers, notes and reasons: it never leaves the service.",
    "Single answers of rounds held apart, and who was invited to them: nobody here can join the two.",
    "Results of rounds held apart, until the service has promised to tell people what came of it.",
    "Drafts, links and sign-ins: they open things, and a copy would be a key.",
)


def note_export(organisation_id: UUID, by: UUID, now: datetime) -> None:
    with transaction() as session:
        note_deed(session, now, by, Deed("export taken", organisation_id))


def export_of(organisation_id: UUID, now: datetime) -> Iterator[bytes]:
    """The ZIP, piece by piece."""
    pipe, counted = Pipe(), {}
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
        raw.write(MARK.encode() + lines_of([sheet.columns]))
        batch: list[Sequence[Any]] = []
        for row in rows_of(session, sheet):
            batch.append(row)
            if len(batch) == ROWS_AT_ONCE:
                raw.write(lines_of(batch))
                yield len(batch)
                batch.clear()
        raw.write(lines_of(batch))
        yield len(batch)


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
