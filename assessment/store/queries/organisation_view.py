"""One organisation's departments and services, and what each service released last."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any, Final, Literal
from uuid import UUID

from sqlalchemy import Uuid, and_, case, false, func, or_, select, type_coerce
from sqlalchemy.orm import Session

from assessment.scoring.response import VoiceName
from assessment.store.models import Department, Organisation, Release, Round, Service, Snapshot, SnapshotCell
from assessment.store.models import ReleaseCell as CellRow
from assessment.store.names import name_key
from assessment.store.queries.comparison import PEER_FIGURES, peer_cell
from assessment.store.queries.releases import FIGURE, as_figure
from assessment.store.records import Department as DepartmentRecord
from assessment.store.records import PeerCell, ServiceResult
from assessment.store.records import Service as ServiceRecord

SHARED: Final = "shared/"
STATEMENT: Final = "statement/"
IDS: Final = ("id", "service_id", "round_id")
# A department that was archived is none any more: its services stand among those without.
_IN_DEPARTMENT: Final = and_(Department.id == Service.department_id, Department.archived_on.is_(None))
Before = UUID | Literal["nobody", "without a department"]  # the services of a department, or of none
PeerCells = Mapping[tuple[str, str], PeerCell]  # by peer group and principle


@dataclass(frozen=True, slots=True)
class Among:
    """Which services are meant: all of an organisation, or those of one sector or department."""

    organisation_id: UUID
    sector: str = ""
    department_id: UUID | None = None

    @property
    def where(self) -> tuple[Any, ...]:
        """Those that a confirmed organisation has confirmed and not archived."""
        return (
            Service.organisation_id == self.organisation_id,
            Service.confirmed_on.is_not(None),
            Service.archived_on.is_(None),
            Organisation.confirmed_on.is_not(None),
            *((Service.sector == self.sector,) if self.sector else ()),
            *((Service.department_id == self.department_id,) if self.department_id else ()),
        )


@dataclass(frozen=True, slots=True)
class StatementCount:
    """How many services are at a low level on a statement, of those whose answer to it may be shown."""

    statement: str
    low: int
    shown: int


def services_of(session: Session, organisation_id: UUID) -> tuple[ServiceRecord, ...]:
    """The services that a confirmed organisation has confirmed and not archived, A to Z."""
    held = _held_apart(organisation_id)
    waits = and_(held.c.unseen.is_not(None), or_(held.c.opened.is_(None), held.c.opened <= held.c.unseen))
    query = (
        select(Service.id, Service.name, Service.sector, Department.id, func.coalesce(Department.name, ""), waits)
        .join(Organisation, Organisation.id == Service.organisation_id)
        .outerjoin(Department, _IN_DEPARTMENT)
        .outerjoin(held, held.c.service_id == Service.id)
        .where(*Among(organisation_id).where)
    )
    found = (ServiceRecord(*row[:-1], bool(row[-1])) for row in session.execute(query))
    return tuple(sorted(found, key=lambda service: (name_key(service.name), service.id)))


def _held_apart(organisation_id: UUID) -> Any:
    """The start of each service's newest released round held apart that its lead has not opened, and that they have.

    By the organisation's releases: a look at each service's rounds would go over all the network's released ones.
    """
    columns: tuple[Any, ...] = (
        Release.service_id,
        func.max(case((Round.agreed_on.is_(None), Round.opened_on))).label("unseen"),
        func.max(case((Round.agreed_on.is_not(None), Round.opened_on))).label("opened"),
    )
    of_theirs = (Release.organisation_id == organisation_id, Release.mode == "apart")
    found = select(*columns).join(Round, Round.id == Release.round_id).where(*of_theirs)
    return found.group_by(Release.service_id).subquery()


def departments_in(services: Iterable[ServiceRecord]) -> tuple[DepartmentRecord, ...]:
    """Every department with a confirmed service, A to Z: anybody may make one up while setting up a round."""
    found = {one.department_id: one.department_name for one in services if one.department_id}
    ordered = sorted(found.items(), key=lambda one: (name_key(one[1]), one[0]))
    return tuple(DepartmentRecord(id, name) for id, name in ordered)


def results_of(
    session: Session, organisation_id: UUID, voice: VoiceName, before: Before = "nobody"
) -> tuple[ServiceResult, ...]:
    """What one voice of each service said last, and the services of ``before`` also the time before, once for every
    version of a questionnaire that it has answered. Of a round held apart there is nothing until its lead has opened
    it.
    """
    latest = _latest(organisation_id, voice)
    # Ids as texts, made into ids once a result and not once a figure: a large organisation has thousands.
    ids = [type_coerce(latest.c[name], Uuid(as_uuid=False)).label(name) for name in IDS]
    rows = session.execute(
        select(*ids, *(column for column in latest.c if column.name not in IDS), *FIGURE)
        .join(CellRow, CellRow.release_id == latest.c.id)
        .where(or_(latest.c.place == 1, and_(latest.c.place == 2, *_who(organisation_id, before, latest))))
        .where(CellRow.voice == voice, CellRow.measure.startswith(SHARED))
        .order_by(latest.c.place, latest.c.id)
    )
    return tuple(_result(list(cells)) for _id, cells in groupby(rows, key=attrgetter("id")))


def _who(organisation_id: UUID, before: Before, latest: Any) -> tuple[Any, ...]:
    if before == "nobody":
        return (false(),)
    own = Department.id.is_(None) if before == "without a department" else Department.id == before
    services = (
        select(Service.id).outerjoin(Department, _IN_DEPARTMENT).where(Service.organisation_id == organisation_id, own)
    )
    return (latest.c.service_id.in_(services),)


def low_statements(
    session: Session, among: Among, voice: VoiceName, questionnaire: tuple[str, str], low_x10: float
) -> tuple[StatementCount, ...]:
    """On each statement, how many of these services said last what lies under ``low_x10``, or may be shown as low."""
    latest = _latest(among.organisation_id, voice)
    is_low = or_(CellRow.value_x10 < low_x10, CellRow.band == "low")
    rows = session.execute(
        select(CellRow.measure, func.sum(case((is_low, 1), else_=0)), func.count())
        .join(latest, and_(latest.c.id == CellRow.release_id, latest.c.place == 1))
        .join(Service, Service.id == latest.c.service_id)
        .join(Organisation, Organisation.id == Service.organisation_id)
        .where(latest.c.questionnaire == questionnaire[0], latest.c.questionnaire_version == questionnaire[1])
        .where(CellRow.voice == voice, CellRow.measure.startswith(STATEMENT))
        .where(or_(CellRow.value_x10.is_not(None), CellRow.band != ""))
        .where(*among.where)
        .group_by(CellRow.measure)
    )
    return tuple(StatementCount(measure.removeprefix(STATEMENT), int(low), shown) for measure, low, shown in rows)


def newest_peers(
    session: Session, groups: Iterable[str], questionnaire: tuple[str, str], voice: VoiceName
) -> tuple[date | None, PeerCells]:
    """What the newest snapshot says of these peer groups over the statements that every form asks, and its day."""
    newest = select(func.max(Snapshot.as_of)).scalar_subquery()
    rows = session.execute(
        select(Snapshot.as_of, SnapshotCell.cell, SnapshotCell.principle, *PEER_FIGURES)
        .join(Snapshot, Snapshot.id == SnapshotCell.snapshot_id)
        .where(Snapshot.as_of == newest, SnapshotCell.form == "shared", SnapshotCell.voice == voice)
        .where(SnapshotCell.questionnaire == questionnaire[0])
        .where(SnapshotCell.questionnaire_version == questionnaire[1], SnapshotCell.cell.in_(tuple(groups)))
    ).all()
    return (rows[0].as_of if rows else None), {(row.cell, row.principle): peer_cell(row) for row in rows}


def _latest(organisation_id: UUID, voice: VoiceName) -> Any:
    """The newest round counts, and of it the last correction: one of an older round does not bring that back."""
    place = func.row_number().over(
        partition_by=(Release.service_id, Release.questionnaire, Release.questionnaire_version),
        order_by=(Round.opened_on.desc(), Release.released_on.desc(), Release.round_id, Release.version.desc()),
    )
    columns: tuple[Any, ...] = (
        Release.id,
        Release.service_id,
        Release.questionnaire,
        Release.questionnaire_version,
        Round.language,
        Release.released_on,
        Release.round_id,
        Release.form,
        place.label("place"),
    )
    mode = "together" if voice == "together" else "apart"
    opened = () if voice == "together" else (Round.agreed_on.is_not(None),)
    of_theirs = (Release.organisation_id == organisation_id, Release.mode == mode, *opened)
    return select(*columns).join(Round, Round.id == Release.round_id).where(*of_theirs).subquery()


def _result(rows: list[Any]) -> ServiceResult:
    first = rows[0]
    key = (first.questionnaire, first.questionnaire_version, first.language)
    cells = {row.measure.removeprefix(SHARED): as_figure(row) for row in rows}
    service, round = UUID(first.service_id), UUID(first.round_id)
    return ServiceResult(service, key, first.released_on, cells, round, first.form, first.place)
