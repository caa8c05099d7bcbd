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
            func.count(Service.id),
            Organisation.confirmed_on,
            Organisation.shares_on,
        )
        .outerjoin(Service, Service.organisation_id == Organisation.id)
        .group_by(Organisation.id)
        .order_by(Organisation.name_key)
    )
    return tuple(Standing(*row) for row in session.execute(query))


def names(session: Session) -> Sequence[str]:
    """The names of all organisations."""
    return session.scalars(select(Organisation.name).order_by(Organisation.name_key)).all()


def services_of(session: Session, organisation_id: UUID) -> Sequence[Service]:
    """The rows of an organisation's services by name, without those that are archived."""
    return session.scalars(
        select(Service)
        .where(Service.organisation_id == organisation_id, Service.archived_on.is_(None))
        .order_by(Service.name)
    ).all()
