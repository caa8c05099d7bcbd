"""An organisation as its leads see it: how it stands, all its departments and services, and what waits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from assessment.store.models import Claim, Department, Membership, Offer, Organisation, Service
from assessment.store.names import name_key
from assessment.store.queries.roles import OPEN


@dataclass(frozen=True, slots=True)
class OrganisationStanding:
    """How an organisation stands, and how many of everything it has."""

    id: UUID
    name: str
    kind: str
    nation: str
    region: str
    size: str
    confirmed_on: date | None
    shares_on: date | None
    archived_on: date | None
    passkeys: bool
    departments: int
    services: int
    unconfirmed: int
    offers: int
    leads: int


@dataclass(frozen=True, slots=True)
class DepartmentListed:
    id: UUID
    name: str
    archived_on: date | None


@dataclass(frozen=True, slots=True)
class ServiceListed:
    """Any service of an organisation, confirmed or not. ``claimed_on``: its team asks to be confirmed."""

    id: UUID
    name: str
    sector: str
    department_id: UUID | None
    confirmed_on: date | None
    archived_on: date | None
    claimed_on: date | None


_SERVICE_OF: Final = Service.organisation_id == Organisation.id
_KEPT: Final = Service.archived_on.is_(None)


def _count(column: Any, *where: ColumnElement[bool]) -> Any:
    return select(func.count(column)).where(*where).correlate(Organisation).scalar_subquery()


_STANDING: Final[tuple[Any, ...]] = (
    Organisation.id,
    Organisation.name,
    Organisation.kind,
    Organisation.nation,
    Organisation.region,
    Organisation.size,
    Organisation.confirmed_on,
    Organisation.shares_on,
    Organisation.archived_on,
    Organisation.passkeys,
    _count(Department.id, Department.organisation_id == Organisation.id, Department.archived_on.is_(None)),
    _count(Service.id, _SERVICE_OF, _KEPT, Service.confirmed_on.is_not(None)),
    _count(Service.id, _SERVICE_OF, _KEPT, Service.confirmed_on.is_(None)),
    _count(Offer.id, Offer.organisation_id == Organisation.id, Offer.state.in_(OPEN)),
    _count(Membership.id, Membership.organisation_id == Organisation.id),
)


def organisation_standing(session: Session, organisation_id: UUID) -> OrganisationStanding | None:
    """None if there is no such organisation, or it left."""
    return organisation_standings(session, organisation_id).get(organisation_id)


def organisation_standings(session: Session, *ids: UUID) -> Mapping[UUID, OrganisationStanding]:
    """Those of these organisations that are there and have not left, by id."""
    here = (Organisation.id.in_(ids), Organisation.left_on.is_(None))
    return {row[0]: OrganisationStanding(*row) for row in session.execute(select(*_STANDING).where(*here))}


def all_departments(session: Session, organisation_id: UUID) -> tuple[DepartmentListed, ...]:
    """Every department A to Z, also those put away."""
    query = select(Department.id, Department.name, Department.archived_on)
    rows = session.execute(query.where(Department.organisation_id == organisation_id).order_by(Department.name_key))
    return tuple(DepartmentListed(*row) for row in rows)


def all_services(session: Session, organisation_id: UUID) -> tuple[ServiceListed, ...]:
    """Every service A to Z: confirmed or not, also those put away."""
    claimed = select(Claim.made_on).where(Claim.service_id == Service.id, Claim.state == "waiting").limit(1)
    columns: tuple[Any, ...] = (
        Service.id,
        Service.name,
        Service.sector,
        Service.department_id,
        Service.confirmed_on,
        Service.archived_on,
        claimed.scalar_subquery(),
    )
    rows = session.execute(select(*columns).where(Service.organisation_id == organisation_id))
    found = (ServiceListed(*row) for row in rows)
    return tuple(sorted(found, key=lambda one: (name_key(one.name), one.id)))


def department_of(session: Session, organisation_id: UUID, department_id: UUID) -> Department | None:
    """The row of this department, if it is this organisation's."""
    here = (Department.id == department_id, Department.organisation_id == organisation_id)
    return session.scalar(select(Department).where(*here))


def department_rows(session: Session, organisation_id: UUID) -> Sequence[Department]:
    return session.scalars(select(Department).where(Department.organisation_id == organisation_id)).all()


def services_named(session: Session, organisation_id: UUID, name: str, department_id: UUID | None) -> list[UUID]:
    """The confirmed services of this name in this department that are not put away."""
    query = select(Service.id, Service.name).where(
        Service.organisation_id == organisation_id,
        Service.department_id == department_id if department_id else Service.department_id.is_(None),
        Service.confirmed_on.is_not(None),
        _KEPT,
    )
    return [row.id for row in session.execute(query) if name_key(row.name) == name_key(name)]
