"""Organisations as people look for them."""

from __future__ import annotations

from collections.abc import Sequence
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


def by_name(session: Session, name: str) -> tuple[OrganisationRecord, ...]:
    """Every organisation of exactly this name, confirmed or not: names repeat."""
    query = select(*_COLUMNS).where(Organisation.name_key == name_key(name), Organisation.archived_on.is_(None))
    rows = session.execute(query.order_by(Organisation.kind, Organisation.region))
    return tuple(OrganisationRecord(*row) for row in rows)


def organisation(session: Session, organisation_id: UUID) -> OrganisationRecord | None:
    here = (Organisation.id == organisation_id, Organisation.left_on.is_(None))
    row = session.execute(select(*_COLUMNS).where(*here)).first()
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


def organisation_row(session: Session, name: str, kind: str, region: str) -> Organisation | None:
    """The row of this name, kind and region, for a workflow that adds to it: no two are alike in all three."""
    alike = (Organisation.name_key == name_key(name), Organisation.kind == kind, Organisation.region == region)
    return session.scalar(select(Organisation).where(*alike))


def organisation_rows(session: Session, name: str) -> Sequence[Organisation]:
    """The rows of this name, for an operator to choose from."""
    query = select(Organisation).where(Organisation.name_key == name_key(name), Organisation.left_on.is_(None))
    return session.scalars(query.order_by(Organisation.kind, Organisation.region)).all()


def department_row(session: Session, organisation_id: UUID, name: str) -> Department | None:
    """The row of this department, for a workflow that adds to it."""
    return session.scalar(
        select(Department).where(Department.organisation_id == organisation_id, Department.name_key == name_key(name))
    )


def has_organisations(session: Session) -> bool:
    return session.scalar(select(Organisation.id).limit(1)) is not None
