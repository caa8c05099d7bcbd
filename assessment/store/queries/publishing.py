"""What a snapshot is made of, and writing one. Rows are read in streams: a network may be large."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Subquery, Uuid, and_, func, insert, literal, or_, select, type_coerce
from sqlalchemy.orm import Session

from assessment.disclosure.benchmark import LEAST_PRESENT
from assessment.questionnaire.definition import Form
from assessment.scoring.moments import Moments
from assessment.store.models import (
    Organisation,
    Release,
    ReleaseCell,
    ReleaseMoments,
    Round,
    Service,
    Snapshot,
    SnapshotCell,
    SnapshotQuality,
    SnapshotRelease,
)
from assessment.store.records import Snapshot as SnapshotRecord

AT_ONCE: Final = 5000

Row = Mapping[str, Any]
"""One row of ``snapshot_cell``, by column."""


@dataclass(frozen=True, slots=True)
class CountedRelease:
    """A release that counts in a snapshot, with the dimensions it was made under. Ids are texts."""

    id: str
    service_id: str
    organisation_id: str
    questionnaire: str
    version: str
    form: Form
    sector: str
    kind: str
    nation: str
    region: str
    size: str


@dataclass(frozen=True, slots=True)
class Measure:
    """What is compared: one principle of one questionnaire version, in one voice, on one basis."""

    questionnaire: str
    version: str
    form: str
    voice: str
    principle: str

    @property
    def released_as(self) -> str:
        """Its name in a release."""
        return f"{'principle' if self.form == 'full' else 'shared'}/{self.principle}"


def _as_text(column: Any) -> Any:
    """An id as a text: the attacker hashes ids by the million, and a text remembers its hash."""
    return type_coerce(column, Uuid(as_uuid=False))


_COUNTED: Final[tuple[Any, ...]] = (
    _as_text(Release.id),
    _as_text(Release.service_id),
    _as_text(Release.organisation_id),
    Release.questionnaire,
    Release.questionnaire_version,
    Release.form,
    Release.sector,
    Release.kind,
    Release.nation,
    Release.region,
    Release.size,
)


def snapshots(session: Session) -> tuple[SnapshotRecord, ...]:
    """Every snapshot, oldest first."""
    rows = session.execute(select(Snapshot.id, Snapshot.as_of).order_by(Snapshot.as_of))
    return tuple(SnapshotRecord(*row) for row in rows)


def has_releases(session: Session, as_of: date) -> bool:
    """Whether anything was released up to a day."""
    return session.scalar(select(Release.id).where(Release.released_on <= as_of).limit(1)) is not None


def take_in_releases(session: Session, snapshot_id: UUID, after: date, as_of: date) -> None:
    """Note which releases count (rule B0): each sharing service's latest, made after one day and up to another.

    Of rounds held together and of rounds held apart, the latest each. Where one side was missing from the room, what
    was agreed does not count: an older release never stands in.
    """
    latest = _latest(after, as_of)
    counted = select(literal(snapshot_id, Snapshot.id.type), latest.c.id).where(latest.c.place == 1, latest.c.counts)
    session.execute(insert(SnapshotRelease).from_select(["snapshot_id", "release_id"], counted))


def _latest(after: date, as_of: date) -> Subquery:
    """Releases of services that share, with their place counted back from each service's newest round in that mode.

    By round first: correcting an old round must not put it in the place of a newer one.
    """
    newest_first = (Round.opened_on.desc(), Release.released_on.desc(), Release.version.desc(), Release.id)
    place = func.row_number().over(
        partition_by=(Release.service_id, Release.questionnaire, Release.mode), order_by=newest_first
    )
    return (
        select(Release.id, place.label("place"), _both_sides().label("counts"))
        .join(Round, Round.id == Release.round_id)
        .join(Service, Service.id == Release.service_id)
        .join(Organisation, Organisation.id == Service.organisation_id)
        .where(
            Release.released_on > after,
            Release.released_on <= as_of,
            Organisation.shares_on <= as_of,
            *(table.confirmed_on.is_not(None) for table in (Organisation, Service)),
            *(table.archived_on.is_(None) for table in (Organisation, Service)),
        )
        .subquery()
    )


def _both_sides() -> ColumnElement[bool]:
    return or_(
        Release.mode == "apart",
        and_(
            Release.staff_present > 0,
            Release.people_present > 0,
            Release.staff_present + Release.people_present >= LEAST_PRESENT,
        ),
    )


def counted_releases(session: Session) -> Iterator[CountedRelease]:
    """Every release that is in a snapshot."""
    inside = select(SnapshotRelease.release_id)
    rows = session.execute(select(*_COUNTED).where(Release.id.in_(inside)).execution_options(yield_per=AT_ONCE))
    return (CountedRelease(*row) for row in rows)


def members(session: Session) -> Iterator[tuple[UUID, str]]:
    """Which release is in which snapshot."""
    query = select(SnapshotRelease.snapshot_id, _as_text(SnapshotRelease.release_id))
    return ((row[0], row[1]) for row in session.execute(query.execution_options(yield_per=AT_ONCE)))


def values_x10(session: Session, measure: Measure) -> Iterator[tuple[str, int]]:
    """What each release that is in a snapshot says of this measure, in tenths of a level; none is left out."""
    inside = select(SnapshotRelease.release_id)
    columns: tuple[Any, ...] = (_as_text(ReleaseCell.release_id), ReleaseCell.value_x10)
    query = select(*columns).where(
        ReleaseCell.release_id.in_(inside),
        ReleaseCell.voice == measure.voice,
        ReleaseCell.measure == measure.released_as,
        ReleaseCell.value_x10.is_not(None),
    )
    return ((row[0], row[1]) for row in session.execute(query.execution_options(yield_per=AT_ONCE)))


def moments_of(session: Session, snapshot_id: UUID, measure: Measure) -> Mapping[str, Moments]:
    """What the score of each release in one snapshot is made of."""
    inside = select(SnapshotRelease.release_id).where(SnapshotRelease.snapshot_id == snapshot_id)
    columns: tuple[Any, ...] = (
        _as_text(ReleaseMoments.release_id),
        ReleaseMoments.n,
        ReleaseMoments.s1,
        ReleaseMoments.s2,
    )
    query = select(*columns).where(
        ReleaseMoments.release_id.in_(inside),
        ReleaseMoments.voice == measure.voice,
        ReleaseMoments.measure == measure.released_as,
    )
    rows = session.execute(query.execution_options(yield_per=AT_ONCE))
    return {row[0]: Moments(row[1], Fraction(row[2]), Fraction(row[3])) for row in rows}


def items_of(session: Session, snapshot_id: UUID, measure: Measure) -> Iterator[tuple[str, str]]:
    """The sums of a principle's statements, packed, of each release in one snapshot that has kept them."""
    inside = select(SnapshotRelease.release_id).where(SnapshotRelease.snapshot_id == snapshot_id)
    columns: tuple[Any, ...] = (_as_text(ReleaseMoments.release_id), ReleaseMoments.items)
    query = select(*columns).where(
        ReleaseMoments.release_id.in_(inside),
        ReleaseMoments.voice == measure.voice,
        ReleaseMoments.measure == f"principle/{measure.principle}",
        ReleaseMoments.items != "",
    )
    return ((row[0], row[1]) for row in session.execute(query.execution_options(yield_per=AT_ONCE)))


def published_measures(session: Session) -> tuple[Measure, ...]:
    """Everything of which a snapshot says something."""
    columns: tuple[Any, ...] = (
        SnapshotCell.questionnaire,
        SnapshotCell.questionnaire_version,
        SnapshotCell.form,
        SnapshotCell.voice,
        SnapshotCell.principle,
    )
    return tuple(Measure(*row) for row in session.execute(select(*columns).distinct().order_by(*columns)))


def published_rows(session: Session, measure: Measure) -> Iterator[Row]:
    """Every figure of a measure in every snapshot, as rows, oldest first; without those that were refused."""
    return every_row(session, measure, SnapshotCell.origin_id.is_not(None))


def every_row(session: Session, measure: Measure, *where: ColumnElement[bool]) -> Iterator[Row]:
    """All that the snapshots say of a measure, as rows, oldest first."""
    columns = SnapshotCell.__table__.columns
    query = (
        select(*columns)
        .join(Snapshot, Snapshot.id == SnapshotCell.snapshot_id)
        .where(
            SnapshotCell.questionnaire == measure.questionnaire,
            SnapshotCell.questionnaire_version == measure.version,
            SnapshotCell.form == measure.form,
            SnapshotCell.voice == measure.voice,
            SnapshotCell.principle == measure.principle,
            *where,
        )
        .order_by(Snapshot.as_of, SnapshotCell.cell)
    )
    return (dict(row) for row in session.execute(query).mappings())


def quality_row(session: Session, snapshot_id: UUID, measure: Measure) -> Row | None:
    """How well a principle was measured, as an earlier snapshot has it."""
    columns = SnapshotQuality.__table__.columns
    query = select(*columns).where(
        SnapshotQuality.snapshot_id == snapshot_id,
        SnapshotQuality.questionnaire == measure.questionnaire,
        SnapshotQuality.questionnaire_version == measure.version,
        SnapshotQuality.voice == measure.voice,
        SnapshotQuality.principle == measure.principle,
    )
    row = session.execute(query).mappings().first()
    return dict(row) if row else None


def write_quality(session: Session, row: Row) -> None:
    session.connection().execute(insert(SnapshotQuality.__table__), [dict(row)])  # type: ignore[arg-type]


def write_rows(session: Session, rows: Iterable[Row]) -> None:
    """Write the cells of a snapshot at once."""
    written = [dict(row) for row in rows]
    if written:
        session.connection().execute(insert(SnapshotCell.__table__), written)  # type: ignore[arg-type]
