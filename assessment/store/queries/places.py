"""Organisations as people look for them."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from assessment.store.models import Department, Network, Organisation
from assessment.store.names import name_key
from assessment.store.records import Organisation as OrganisationRecord

MOST_MATCHES = 8
_COLUMNS = (
    Organisation.id,
    Organisation.name,
    Organisation.kind,
    Organisation.nation,
    Organisation.region,
    Organisation.confirmed_on.is_not(None),
)


def matching(session: Session, typed: str) -> tuple[OrganisationRecord, ...]:
    """Confirmed organisations with a word that starts like what was typed, those that start so first."""
    key = name_key(typed)
    if not key:
        return ()
    starts = Organisation.name_key.startswith(key, autoescape=True)
    within = Organisation.name_key.contains(" " + key, autoescape=True)
    return _found(session, (starts | within), starts.desc())


def by_name(session: Session, name: str) -> OrganisationRecord | None:
    """The organisation of exactly this name, confirmed or not."""
    row = session.execute(select(*_COLUMNS).where(Organisation.name_key == name_key(name))).first()
    return None if row is None else OrganisationRecord(*row)


def organisation(session: Session, organisation_id: UUID) -> OrganisationRecord | None:
    row = session.execute(select(*_COLUMNS).where(Organisation.id == organisation_id)).first()
    return None if row is None else OrganisationRecord(*row)


def network_kind(session: Session) -> str | None:
    """``demo``, ``real``, or None while nothing has said so."""
    return session.scalar(select(Network.kind))


def _found(session: Session, where: ColumnElement[bool], first: ColumnElement[bool]) -> tuple[OrganisationRecord, ...]:
    query = (
        select(*_COLUMNS)
        .where(where, Organisation.confirmed_on.is_not(None), Organisation.archived_on.is_(None))
        .order_by(first, Organisation.name_key)
        .limit(MOST_MATCHES)
    )
    return tuple(OrganisationRecord(*row) for row in session.execute(query))


def organisation_row(session: Session, name: str) -> Organisation | None:
    """The row of this name, for a workflow that adds to it."""
    return session.scalar(select(Organisation).where(Organisation.name_key == name_key(name)))


def department_row(session: Session, organisation_id: UUID, name: str) -> Department | None:
    """The row of this department, for a workflow that adds to it."""
    return session.scalar(
        select(Department).where(Department.organisation_id == organisation_id, Department.name_key == name_key(name))
    )


def has_organisations(session: Session) -> bool:
    return session.scalar(select(Organisation.id).limit(1)) is not None
