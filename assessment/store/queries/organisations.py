"""Organisations as their operator sees them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assessment.store.models import Organisation, Service


@dataclass(frozen=True, slots=True)
class Standing:
    """An organisation, how many services it has, and since when it is confirmed and shares."""

    id: UUID
    name: str
    kind: str
    nation: str
    region: str
    services: int
    confirmed_on: date | None
    shares_on: date | None


def organisations(session: Session) -> tuple[Standing, ...]:
    """Every organisation by name."""
    query = (
        select(
            Organisation.id,
            Organisation.name,
            Organisation.kind,
            Organisation.nation,
            Organisation.region,
            func.count(Service.id),
            Organisation.confirmed_on,
            Organisation.shares_on,
        )
        .outerjoin(Service, Service.organisation_id == Organisation.id)
        .where(Organisation.left_on.is_(None))
        .group_by(Organisation.id)
        .order_by(Organisation.name_key, Organisation.kind, Organisation.region)
    )
    return tuple(Standing(*row) for row in session.execute(query))


def names(session: Session) -> Sequence[str]:
    """The names of all organisations."""
    query = select(Organisation.name).where(Organisation.left_on.is_(None))
    return session.scalars(query.order_by(Organisation.name_key)).all()


def services_of(session: Session, organisation_id: UUID) -> Sequence[Service]:
    """The rows of an organisation's services by name, without those that are archived."""
    return session.scalars(
        select(Service)
        .where(Service.organisation_id == organisation_id, Service.archived_on.is_(None))
        .order_by(Service.name)
    ).all()
