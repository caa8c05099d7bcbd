"""What the snapshots have published of the whole field: the only figures its public page may show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import extract, func, select
from sqlalchemy.orm import Session, aliased

from assessment.store.models import Snapshot, SnapshotCell
from assessment.store.queries.comparison import peer_cell
from assessment.store.records import FieldCell, YearMedian
from assessment.store.records import Snapshot as SnapshotRecord

NETWORK = "network"
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
_CELLS = select(*_CELL).outerjoin(_Origin, _Origin.id == SnapshotCell.origin_id)


def newest(session: Session) -> SnapshotRecord | None:
    row = session.execute(select(Snapshot.id, Snapshot.as_of).order_by(Snapshot.as_of.desc()).limit(1)).first()
    return None if row is None else SnapshotRecord(*row)


def network_cells(session: Session, snapshot_id: UUID) -> tuple[FieldCell, ...]:
    """The cells of the whole network: every questionnaire, voice and basis that the snapshot holds."""
    rows = session.execute(_CELLS.where(SnapshotCell.snapshot_id == snapshot_id, SnapshotCell.cell == NETWORK))
    return tuple(_cell(row) for row in rows)


def group_cells(session: Session, snapshot_id: UUID, like: FieldCell, groups: Sequence[str]) -> tuple[FieldCell, ...]:
    """What the snapshot says of these groups on the principle, voice and basis of ``like``."""
    rows = session.execute(
        _CELLS.where(
            SnapshotCell.snapshot_id == snapshot_id,
            SnapshotCell.questionnaire == like.questionnaire[0],
            SnapshotCell.questionnaire_version == like.questionnaire[1],
            SnapshotCell.form == like.basis,
            SnapshotCell.voice == like.voice,
            SnapshotCell.principle == like.principle,
            SnapshotCell.cell.in_(groups),
        )
    )
    return tuple(_cell(row) for row in rows)


def network_by_year(session: Session, like: FieldCell) -> tuple[YearMedian, ...]:
    """The whole network in the last snapshot of each year, oldest first, on the voice and basis of ``like``."""
    last_of_year = select(func.max(Snapshot.as_of)).group_by(extract("year", Snapshot.as_of))
    rows = session.execute(
        _CELLS.add_columns(Snapshot.as_of)
        .join(Snapshot, Snapshot.id == SnapshotCell.snapshot_id)
        .where(
            Snapshot.as_of.in_(last_of_year),
            SnapshotCell.questionnaire == like.questionnaire[0],
            SnapshotCell.questionnaire_version == like.questionnaire[1],
            SnapshotCell.form == like.basis,
            SnapshotCell.voice == like.voice,
            SnapshotCell.cell == NETWORK,
        )
        .order_by(Snapshot.as_of)
    )
    return tuple(YearMedian(row.as_of, row.principle, peer_cell(row)) for row in rows)


def _cell(row: Any) -> FieldCell:
    key = (row.questionnaire, row.questionnaire_version)
    return FieldCell(key, row.form, row.voice, row.cell, row.principle, peer_cell(row), row.origin)
