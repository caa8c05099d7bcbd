"""The yearly open data: which years there are, and the frozen figures that each is made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import case, extract, func, select
from sqlalchemy.orm import Session

from assessment.store.models import OpenData, Snapshot, SnapshotCell
from assessment.store.queries.field_view import CELLS, NETWORK, as_cell
from assessment.store.records import FieldCell

AT_ONCE: Final = 1000


@dataclass(frozen=True, slots=True)
class Edition:
    """The open data of one year. ``as_of``: the day that its snapshot counts up to."""

    year: int
    snapshot_id: UUID
    as_of: date
    published_on: date


_EDITIONS = select(OpenData.year, OpenData.snapshot_id, Snapshot.as_of, OpenData.published_on).join(
    Snapshot, Snapshot.id == OpenData.snapshot_id
)


def editions(session: Session) -> tuple[Edition, ...]:
    """Every year's, the newest first."""
    rows = session.execute(_EDITIONS.order_by(OpenData.year.desc()))
    return tuple(Edition(*row) for row in rows)


def edition(session: Session, year: int) -> Edition | None:
    row = session.execute(_EDITIONS.where(OpenData.year == year)).first()
    return None if row is None else Edition(*row)


def years_due(session: Session, today: date, least: int) -> tuple[tuple[int, UUID], ...]:
    """Years that are over and have no open data yet, with their last snapshot.

    Only where its cell of the whole network has so many services on some measure.
    """
    over = Snapshot.as_of < today.replace(month=1, day=1)
    year = extract("year", Snapshot.as_of)
    last_of_year = select(func.max(Snapshot.as_of)).where(over).group_by(year)
    large = select(SnapshotCell.snapshot_id).where(
        SnapshotCell.snapshot_id == Snapshot.id, SnapshotCell.cell == NETWORK, SnapshotCell.services >= least
    )
    query = select(Snapshot.as_of, Snapshot.id).where(
        Snapshot.as_of.in_(last_of_year), year.not_in(select(OpenData.year)), large.exists()
    )
    rows = session.execute(query.order_by(Snapshot.as_of))
    return tuple((row.as_of.year, row.id) for row in rows)


def open_cells(session: Session, snapshot_id: UUID) -> Iterator[FieldCell]:
    """Every cell of a snapshot, measure by measure, each time the whole network's first; read in a stream."""
    query = (
        CELLS.where(SnapshotCell.snapshot_id == snapshot_id)
        .order_by(
            SnapshotCell.questionnaire,
            SnapshotCell.questionnaire_version,
            # Downwards by letter: together, staff, people; shared, full.
            SnapshotCell.voice.desc(),
            SnapshotCell.form.desc(),
            SnapshotCell.principle,
            case((SnapshotCell.cell == NETWORK, 0), else_=1),
            SnapshotCell.cell,
        )
        .execution_options(yield_per=AT_ONCE)
    )
    return (as_cell(row) for row in session.execute(query))
