"""Two rows that are one organisation, or one service: everything that hangs on the one goes to the other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from assessment.store.models import (
    Claim,
    Department,
    Link,
    Membership,
    Offer,
    Organisation,
    Provider,
    Release,
    Round,
    Service,
    Target,
)

_OF_ORGANISATIONS: Final[tuple[Any, ...]] = (Service, Release, Membership, Offer)
_OF_SERVICES: Final[tuple[Any, ...]] = (Round, Release, Membership, Offer, Claim)


def hanging_on(session: Session, organisation_id: UUID) -> Mapping[str, int]:
    """How many departments, services, roles, offers, releases and waiting claims an organisation has itself."""
    counted: dict[str, Any] = {
        "departments": Department,
        "services": Service,
        "roles": Membership,
        "offers": Offer,
        "results": Release,
    }
    counts = [
        select(func.count()).select_from(table).where(table.organisation_id == organisation_id).scalar_subquery()
        for table in counted.values()
    ]
    row = session.execute(select(*counts, _waiting_claims(organisation_id))).one()
    return dict(zip((*counted, "claims"), row, strict=True))


def _waiting_claims(organisation_id: UUID) -> Any:
    query = select(func.count(Claim.id)).join(Service, Service.id == Claim.service_id)
    return query.where(Service.organisation_id == organisation_id, Claim.state == "waiting").scalar_subquery()


def names_in_both(session: Session, from_id: UUID, to_id: UUID) -> tuple[str, ...]:
    """The names of departments that both have, and that become one."""
    theirs = select(Department.name_key).where(Department.organisation_id == to_id)
    query = select(Department.name).where(Department.organisation_id == from_id, Department.name_key.in_(theirs))
    return tuple(session.scalars(query.order_by(Department.name_key)))


def count_providers(session: Session, one: UUID, other: UUID) -> int:
    query = select(func.count()).select_from(Provider).where(Provider.organisation_id.in_((one, other)))
    return session.scalar(query) or 0


def move_organisation(session: Session, from_id: UUID, to_id: UUID) -> None:
    """Let everything be the other's, departments of one name be one, and the first be gone."""
    _join_departments(session, from_id, to_id)
    for table in (*_OF_ORGANISATIONS, Department, Provider):
        session.execute(_moved(table, from_id, to_id), execution_options={"synchronize_session": False})
    session.execute(update(Link).where(Link.of == from_id, Link.purpose == "organisation").values(of=to_id))
    _drop_double_roles(session, to_id)
    session.execute(delete(Organisation).where(Organisation.id == from_id))


def move_service(session: Session, from_id: UUID, to_id: UUID) -> None:
    """Let rounds, releases, roles, offers, claims and targets be those of the other service; delete the first."""
    for table in _OF_SERVICES:
        session.execute(update(table).where(table.service_id == from_id).values(service_id=to_id))
    # Where both have a target for a statement, the one that stands is that of the service that stays.
    kept = select(Target.statement).where(Target.service_id == to_id)
    session.execute(
        update(Target).where(Target.service_id == from_id, Target.statement.not_in(kept)).values(service_id=to_id),
        execution_options={"synchronize_session": False},
    )
    session.execute(delete(Target).where(Target.service_id == from_id))
    session.execute(delete(Service).where(Service.id == from_id))


def _moved(table: Any, from_id: UUID, to_id: UUID) -> Any:
    return update(table).where(table.organisation_id == from_id).values(organisation_id=to_id)


def _join_departments(session: Session, from_id: UUID, to_id: UUID) -> None:
    query = select(Department.name_key, Department.id)
    known = {row.name_key: row.id for row in session.execute(query.where(Department.organisation_id == to_id))}
    for key, department_id in session.execute(query.where(Department.organisation_id == from_id)).all():
        if key in known:
            in_it = update(Service).where(Service.department_id == department_id)
            session.execute(in_it.values(department_id=known[key]))
            session.execute(update(Department).where(Department.id == known[key]).values(archived_on=None))
            session.execute(delete(Department).where(Department.id == department_id))


def _drop_double_roles(session: Session, organisation_id: UUID) -> None:
    """Someone who led both leads the one once."""
    rows = session.execute(
        select(Membership.id, Membership.person_id)
        .where(Membership.organisation_id == organisation_id)
        .order_by(Membership.made_on, Membership.id)
    ).all()
    seen: set[UUID] = set()
    for row in rows:
        if row.person_id in seen:
            session.execute(delete(Membership).where(Membership.id == row.id))
        seen.add(row.person_id)
