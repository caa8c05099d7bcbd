"""Releases: what one round published of itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any, Final
from uuid import UUID

from sqlalchemy import and_, func, insert, or_, select
from sqlalchemy.orm import Session

from assessment.disclosure.release import ReleaseCell
from assessment.questionnaire.definition import Form
from assessment.store.messages import from_text, to_text
from assessment.store.models import Release, ReleaseMoments, Round, Snapshot
from assessment.store.models import ReleaseCell as CellRow
from assessment.store.records import Release as ReleaseRecord
from assessment.store.records import Said

MOST_BEFORE: Final = 11  # with the newest a dozen, which a picture has room for
RELEASE: Final[tuple[Any, ...]] = (
    Release.id,
    Release.version,
    Release.released_on,
    Release.service_id,
    Release.form,
    Release.sector,
    Release.kind,
    Release.nation,
    Release.region,
    Release.size,
    Release.staff_present,
    Release.people_present,
    Release.snapshot_id,
)

FIGURE: Final[tuple[Any, ...]] = (
    CellRow.voice,
    CellRow.measure,
    CellRow.value_x10,
    CellRow.n,
    CellRow.statements,
    CellRow.reason,
    CellRow.low_x10,
    CellRow.high_x10,
    CellRow.bound,
    CellRow.band,
)
_CELL: Final[tuple[Any, ...]] = (*FIGURE, CellRow.said, CellRow.counts, CellRow.agreement)


@dataclass(frozen=True, slots=True)
class EarlierRelease:
    """An earlier release of a round held apart; ``sheet`` is the questionnaire and its version."""

    released_on: date
    sheet: tuple[str, str]
    form: Form
    cells: tuple[ReleaseCell, ...]


def latest_release(session: Session, round_id: UUID) -> ReleaseRecord | None:
    """What the round published last."""
    row = session.execute(
        select(*RELEASE).where(Release.round_id == round_id).order_by(Release.version.desc()).limit(1)
    ).first()
    return None if row is None else ReleaseRecord(*row)


def cells_of(session: Session, release_id: UUID) -> tuple[tuple[ReleaseCell, ...], tuple[Said, ...]]:
    """The figures of a release, and the answers in it that are not levels."""
    rows: Sequence[Any] = session.execute(select(*_CELL).where(CellRow.release_id == release_id)).all()
    cells = tuple(_cell(row) for row in rows)
    return cells, tuple(Said(row.measure, row.said) for row in rows if row.said)


def cells_and_earlier(session: Session, release_id: UUID) -> tuple[tuple[ReleaseCell, ...], tuple[EarlierRelease, ...]]:
    """The figures of a round held apart, and what the same service's rounds before it published of each principle, in
    one look: the newest first, and only what their lead has opened.
    """
    this = select(Release).where(Release.id == release_id).subquery()
    before = (
        select(Release.id)
        .join(this, this.c.service_id == Release.service_id)
        .join(Round, Round.id == Release.round_id)
        .where(Release.mode == "apart", Release.released_on < this.c.released_on, Round.agreed_on.is_not(None))
        .order_by(Release.released_on.desc(), Release.id)
        .limit(MOST_BEFORE)
        .subquery()
    )
    sheet: tuple[Any, ...] = (Release.questionnaire, Release.questionnaire_version, Release.form, Release.released_on)
    of_principles = or_(CellRow.measure.startswith("principle/"), CellRow.measure.startswith("shared/"))
    query = (
        select(Release.id, *sheet, *_CELL)
        .join(CellRow, CellRow.release_id == Release.id)
        .where(or_(Release.id == release_id, and_(Release.id.in_(select(before.c.id)), of_principles)))
        .order_by(Release.released_on.desc(), Release.id)
    )
    rows: Sequence[Any] = session.execute(query).all()
    now = tuple(_cell(row) for row in rows if row.id == release_id)
    earlier = groupby((row for row in rows if row.id != release_id), key=attrgetter("id"))
    return now, tuple(_earlier(list(found)) for _id, found in earlier)


def _earlier(rows: Sequence[Any]) -> EarlierRelease:
    first = rows[0]
    sheet_of = (first.questionnaire, first.questionnaire_version)
    return EarlierRelease(first.released_on, sheet_of, first.form, tuple(_cell(row) for row in rows))


def as_figure(row: Any) -> ReleaseCell:
    """From a row with the columns of ``FIGURE``: how many gave each answer is not in it."""
    figures = (row.value_x10, row.n, row.statements, from_text(row.reason), row.low_x10, row.high_x10)
    return ReleaseCell(row.voice, row.measure, *figures, row.bound, row.band or None)


def _cell(row: Any) -> ReleaseCell:
    counts = tuple(map(int, row.counts.split(","))) if row.counts else ()
    return replace(as_figure(row), counts=counts, agreement=row.agreement or None)


def level_last_time(session: Session, round_id: UUID, statement: str) -> int | None:
    """The level that a round's last release says for a statement, if it says one."""
    value = session.scalar(
        select(CellRow.value_x10)
        .join(Release, Release.id == CellRow.release_id)
        .where(Release.round_id == round_id, CellRow.measure == f"statement/{statement}")
        .order_by(Release.version.desc())
        .limit(1)
    )
    return None if value is None else value // 10


def last_version(session: Session, round_id: UUID) -> int:
    """The number of the round's last release; 0 while there is none."""
    return session.scalar(select(func.max(Release.version)).where(Release.round_id == round_id)) or 0


def newest_snapshot(session: Session) -> UUID | None:
    return session.scalar(select(Snapshot.id).order_by(Snapshot.as_of.desc()).limit(1))


@dataclass(frozen=True, slots=True)
class Written:
    """The rows of some releases: each with its cells, and with what its scores are made of."""

    releases: Sequence[dict[str, Any]]
    cells: Sequence[dict[str, Any]]
    moments: Sequence[dict[str, Any]]


def write_releases(session: Session, written: Written) -> None:
    """Write whole releases at once."""
    for model, rows in ((Release, written.releases), (CellRow, written.cells), (ReleaseMoments, written.moments)):
        if rows:
            session.execute(insert(model), list(rows))


def cell_row(release_id: UUID, cell: ReleaseCell, said: str = "") -> dict[str, Any]:
    return {
        "release_id": release_id,
        "voice": cell.voice,
        "measure": cell.measure,
        "value_x10": cell.value_x10,
        "n": cell.n,
        "statements": cell.statements,
        "said": said,
        "reason": to_text(cell.reason),
        "low_x10": cell.low_x10,
        "high_x10": cell.high_x10,
        "bound": cell.bound,
        "band": cell.band or "",
        "counts": ",".join(map(str, cell.counts)),
        "agreement": cell.agreement or "",
    }
