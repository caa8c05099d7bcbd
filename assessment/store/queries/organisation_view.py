"""One organisation's departments and services, and what each service released last."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from assessment.disclosure.release import ReleaseCell
from assessment.store.messages import from_text
from assessment.store.models import Department, Organisation, Release, Round, Service
from assessment.store.models import ReleaseCell as CellRow
from assessment.store.names import name_key
from assessment.store.records import Department as DepartmentRecord
from assessment.store.records import Service as ServiceRecord
from assessment.store.records import ServiceResult

SHARED = "shared/"


def departments_of(session: Session, organisation_id: UUID) -> tuple[DepartmentRecord, ...]:
    """Every department with a confirmed service, A to Z: anybody may make one up while setting up a round."""
    confirmed = select(Service.id).where(
        Service.department_id == Department.id, Service.confirmed_on.is_not(None), Service.archived_on.is_(None)
    )
    query = select(Department.id, Department.name).where(
        Department.organisation_id == organisation_id, Department.archived_on.is_(None), confirmed.exists()
    )
    return tuple(DepartmentRecord(*row) for row in session.execute(query.order_by(Department.name_key)))


def services_of(session: Session, organisation_id: UUID) -> tuple[ServiceRecord, ...]:
    """The services that a confirmed organisation has confirmed and not archived, A to Z."""
    query = (
        # A department that was archived is none any more: its services stand among those without.
        select(Service.id, Service.name, Service.sector, Department.id)
        .join(Organisation, Organisation.id == Service.organisation_id)
        .outerjoin(Department, and_(Department.id == Service.department_id, Department.archived_on.is_(None)))
        .where(
            Service.organisation_id == organisation_id,
            Service.confirmed_on.is_not(None),
            Service.archived_on.is_(None),
            Organisation.confirmed_on.is_not(None),
        )
    )
    found = (ServiceRecord(*row) for row in session.execute(query))
    return tuple(sorted(found, key=lambda service: (name_key(service.name), service.id)))


def latest_results(session: Session, organisation_id: UUID) -> tuple[ServiceResult, ...]:
    """What each service said last, once for every version of a questionnaire that it has answered together."""
    latest = _latest(organisation_id)
    rows = session.execute(
        select(latest, CellRow.measure, CellRow.value_x10, CellRow.n, CellRow.statements, CellRow.reason)
        .join(CellRow, CellRow.release_id == latest.c.id)
        .where(latest.c.place == 1, CellRow.voice == "together", CellRow.measure.startswith(SHARED))
        .order_by(latest.c.id)
    )
    return tuple(_result(list(cells)) for _id, cells in groupby(rows, key=attrgetter("id")))


def _latest(organisation_id: UUID) -> Any:
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
        place.label("place"),
    )
    of_theirs = (Release.organisation_id == organisation_id, Release.mode == "together")
    return select(*columns).join(Round, Round.id == Release.round_id).where(*of_theirs).subquery()


def _result(rows: list[Any]) -> ServiceResult:
    first = rows[0]
    key = (first.questionnaire, first.questionnaire_version, first.language)
    return ServiceResult(first.service_id, key, first.released_on, dict(_cells(rows)))


def _cells(rows: Iterable[Any]) -> Iterable[tuple[str, ReleaseCell]]:
    for row in rows:
        cell = ReleaseCell("together", row.measure, row.value_x10, row.n, row.statements, from_text(row.reason))
        yield row.measure.removeprefix(SHARED), cell
