"""What the snapshots have published of the whole field: the only figures its public pages may show."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, extract, func, or_, select
from sqlalchemy.orm import Session, aliased

from assessment.store.messages import from_text
from assessment.store.models import Snapshot, SnapshotCell, SnapshotQuality
from assessment.store.queries.comparison import peer_cell
from assessment.store.records import FieldCell, Quality, StatementQuality, YearCell
from assessment.store.records import Snapshot as SnapshotRecord

NETWORK = "network"
MATCHED = "matched-"
_Origin = aliased(Snapshot)
_CELL: tuple[Any, ...] = (
    SnapshotCell.questionnaire,
    SnapshotCell.questionnaire_version,
    SnapshotCell.form,
    SnapshotCell.voice,
    SnapshotCell.cell,
    SnapshotCell.principle,
    SnapshotCell.services,
    SnapshotCell.organisations,
    SnapshotCell.reason,
    SnapshotCell.median_x10,
    SnapshotCell.lower_x10,
    SnapshotCell.upper_x10,
    SnapshotCell.tenth_x10,
    SnapshotCell.ninetieth_x10,
    SnapshotCell.bins,
    _Origin.as_of.label("origin"),
)
CELLS = select(*_CELL).outerjoin(_Origin, _Origin.id == SnapshotCell.origin_id)
_LAST_OF_YEAR = select(func.max(Snapshot.as_of)).group_by(extract("year", Snapshot.as_of))


def newest(session: Session) -> SnapshotRecord | None:
    row = session.execute(select(Snapshot.id, Snapshot.as_of).order_by(Snapshot.as_of.desc()).limit(1)).first()
    return None if row is None else SnapshotRecord(*row)


def network_cells(session: Session, snapshot_id: UUID) -> tuple[FieldCell, ...]:
    """The cells of the whole network: every questionnaire, voice and basis that the snapshot holds."""
    rows = session.execute(CELLS.where(SnapshotCell.snapshot_id == snapshot_id, SnapshotCell.cell == NETWORK))
    return tuple(as_cell(row) for row in rows)


def group_cells(session: Session, snapshot_id: UUID, like: FieldCell, groups: Sequence[str]) -> tuple[FieldCell, ...]:
    """What the snapshot says of these groups on the principle, voice and basis of ``like``."""
    rows = session.execute(
        _of(like).where(
            SnapshotCell.snapshot_id == snapshot_id,
            SnapshotCell.principle == like.principle,
            SnapshotCell.cell.in_(groups),
        )
    )
    return tuple(as_cell(row) for row in rows)


def by_year(session: Session, like: FieldCell) -> tuple[YearCell, ...]:
    """The whole network in the last snapshot of each year, oldest first, on the voice and basis of ``like``.

    With the services that were in the last one of the year before as well.
    """
    cells = or_(SnapshotCell.cell == NETWORK, SnapshotCell.cell.startswith(MATCHED))
    return tuple(_years(session, _of(like).where(cells)))


def everybody(session: Session, like: FieldCell, snapshot_id: UUID, groups: Sequence[str]) -> tuple[FieldCell, ...]:
    """What the snapshot says of these groups in every voice and on every principle, on the basis of ``like``."""
    rows = session.execute(
        _in_every_voice(like).where(SnapshotCell.snapshot_id == snapshot_id, SnapshotCell.cell.in_(groups))
    )
    return tuple(as_cell(row) for row in rows)


def everybody_by_year(session: Session, like: FieldCell) -> tuple[YearCell, ...]:
    """The whole network in the last snapshot of each year, in every voice, on the basis of ``like``."""
    return tuple(_years(session, _in_every_voice(like).where(SnapshotCell.cell == NETWORK)))


def qualities(session: Session, snapshot_id: UUID) -> tuple[Quality, ...]:
    """How well each principle is measured, by questionnaire version and voice."""
    origin = SnapshotQuality.origin_id == _Origin.id
    query = select(SnapshotQuality, _Origin.as_of).outerjoin(_Origin, origin)
    rows = session.execute(query.where(SnapshotQuality.snapshot_id == snapshot_id))
    return tuple(_quality(row, as_of) for row, as_of in rows)


def _in_every_voice(like: FieldCell) -> Select[Any]:
    return CELLS.where(
        SnapshotCell.questionnaire == like.questionnaire[0],
        SnapshotCell.questionnaire_version == like.questionnaire[1],
        SnapshotCell.form == like.basis,
    )


def _of(like: FieldCell) -> Select[Any]:
    return _in_every_voice(like).where(SnapshotCell.voice == like.voice)


def _years(session: Session, cells: Select[Any]) -> Iterator[YearCell]:
    rows = session.execute(
        cells.add_columns(Snapshot.as_of)
        .join(Snapshot, Snapshot.id == SnapshotCell.snapshot_id)
        .where(Snapshot.as_of.in_(_LAST_OF_YEAR))
        .order_by(Snapshot.as_of)
    )
    return (YearCell(row.as_of.year, as_cell(row)) for row in rows)


def as_cell(row: Any) -> FieldCell:
    key = (row.questionnaire, row.questionnaire_version)
    return FieldCell(key, row.form, row.voice, row.cell, row.principle, peer_cell(row), row.origin)


def _quality(row: SnapshotQuality, as_of: Any) -> Quality:
    found = json.loads(row.statements or "{}")
    return Quality(
        questionnaire=(row.questionnaire, row.questionnaire_version),
        voice=row.voice,  # type: ignore[arg-type]  # checked by the database
        principle=row.principle,
        as_of=as_of,
        services=row.services,
        responses=row.responses,
        complete=row.complete,
        alpha=row.alpha,
        alpha_low=row.alpha_low,
        alpha_high=row.alpha_high,
        icc1=row.icc1,
        icc2=row.icc2,
        statements={id: StatementQuality(**figures) for id, figures in found.items()},
        reason=from_text(row.reason),
    )
