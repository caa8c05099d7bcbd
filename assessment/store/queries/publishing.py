"""What a snapshot is made of, and writing one. Rows are read in streams: a network may be large."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, String, Subquery, and_, cast, func, insert, or_, select
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
class NewSnapshot:
    """A snapshot that is to be written: the ids of the releases in it, as texts, and its rows."""

    id: UUID
    as_of: date
    published_on: date
    releases: frozenset[str]
    cells: Sequence[Row]
    quality: Sequence[Row]


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
    """An id as the database writes it: the attacker hashes ids by the million, and a text remembers its hash."""
    return cast(column, String)


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


def releases_that_count(session: Session, after: date, as_of: date) -> frozenset[str]:
    """Which releases count (rule B0): each sharing service's latest, made after one day and up to another.

    Of rounds held together and of rounds held apart, the latest each. Where one side was missing from the room, what
    was agreed does not count: an older release never stands in.
    """
    latest = _latest(after, as_of)
    counted = select(_as_text(latest.c.id)).where(latest.c.place == 1, latest.c.counts)
    return frozenset(session.scalars(counted))


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


def every_release(session: Session) -> Iterator[CountedRelease]:
    """Every release there is."""
    rows = session.execute(select(*_COUNTED).execution_options(yield_per=AT_ONCE))
    return (CountedRelease(*row) for row in rows)


def members(session: Session) -> Iterator[tuple[UUID, str]]:
    """Which release is in which snapshot."""
    query = select(SnapshotRelease.snapshot_id, _as_text(SnapshotRelease.release_id))
    return ((row[0], row[1]) for row in session.execute(query.execution_options(yield_per=AT_ONCE)))


def values_x10(session: Session, measure: Measure) -> Iterator[tuple[str, int]]:
    """What each release says of this measure, in tenths of a level; those that say nothing are left out."""
    columns: tuple[Any, ...] = (_as_text(ReleaseCell.release_id), ReleaseCell.value_x10)
    query = select(*columns).join(Release, Release.id == ReleaseCell.release_id).where(*_asked_as(measure))
    query = query.where(
        ReleaseCell.voice == measure.voice,
        ReleaseCell.measure == measure.released_as,
        ReleaseCell.value_x10.is_not(None),
    )
    return ((row[0], row[1]) for row in session.execute(query.execution_options(yield_per=AT_ONCE)))


def _asked_as(measure: Measure) -> tuple[ColumnElement[bool], ...]:
    """Releases of its questionnaire: they lead to their rows by the key, where a look at all rows would take long."""
    return Release.questionnaire == measure.questionnaire, Release.questionnaire_version == measure.version


def moments_of(session: Session, measure: Measure, of: Container[str]) -> Mapping[str, Moments]:
    """What the score of each of these releases is made of."""
    columns = (ReleaseMoments.n, ReleaseMoments.s1, ReleaseMoments.s2)
    rows = _moments(session, measure, measure.released_as, *columns)
    return {row[0]: Moments(row[1], Fraction(row[2]), Fraction(row[3])) for row in rows if row[0] in of}


def items_of(session: Session, measure: Measure, of: Container[str]) -> Iterator[tuple[str, str]]:
    """The sums of a principle's statements, packed, of each of these releases that has kept them."""
    rows = _moments(session, measure, f"principle/{measure.principle}", ReleaseMoments.items)
    return ((row[0], row[1]) for row in rows if row[1] and row[0] in of)


def _moments(session: Session, measure: Measure, released_as: str, *columns: Any) -> Iterator[Any]:
    query = select(_as_text(ReleaseMoments.release_id), *columns)
    query = query.join(Release, Release.id == ReleaseMoments.release_id).where(*_asked_as(measure))
    query = query.where(ReleaseMoments.voice == measure.voice, ReleaseMoments.measure == released_as)
    return iter(session.execute(query.execution_options(yield_per=AT_ONCE)))


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


def write_snapshot(session: Session, snapshot: NewSnapshot) -> None:
    """Write a snapshot with all that it says."""
    session.add(Snapshot(id=snapshot.id, as_of=snapshot.as_of, published_on=snapshot.published_on))
    session.flush()
    inside = [{"snapshot_id": snapshot.id, "release_id": UUID(release)} for release in sorted(snapshot.releases)]
    for model, rows in ((SnapshotRelease, inside), (SnapshotCell, snapshot.cells), (SnapshotQuality, snapshot.quality)):
        if rows:
            written = [dict(row) for row in rows]
            session.connection().execute(insert(model.__table__), written)  # type: ignore[arg-type]
