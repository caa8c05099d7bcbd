"""Everything an organisation owns, as plain rows, read in streams."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from assessment.store.models import (
    Audit,
    Claim,
    Department,
    Membership,
    Offer,
    Person,
    Release,
    ReleaseCell,
    Reply,
    Round,
    Service,
    Target,
)
from assessment.store.queries.trail import ids_of

AT_ONCE: Final = 1000


@dataclass(frozen=True, slots=True)
class Sheet:
    """One file of the export: its columns, and the query that fills it."""

    name: str
    columns: tuple[str, ...]
    query: Select[Any]


def sheets(organisation_id: UUID) -> tuple[Sheet, ...]:
    services = select(Service.id).where(Service.organisation_id == organisation_id)
    rounds = select(Round.id).where(Round.service_id.in_(services))
    # As on the pages: what a round held apart gave is seen once its service promised to say what came of it.
    promised = select(Round.id).where(or_(Round.mode == "together", Round.agreed_on.is_not(None)))
    seen = and_(Release.organisation_id == organisation_id, Release.round_id.in_(promised))
    releases = select(Release.id).where(seen)
    return (
        _plain("departments", Department, Department.organisation_id == organisation_id),
        _plain("services", Service, Service.organisation_id == organisation_id),
        _people(organisation_id, services),
        _offers(organisation_id, services),
        _plain("claims", Claim, Claim.service_id.in_(services), without=("decided_by",)),
        _plain("rounds", Round, Round.service_id.in_(services)),
        _plain("replies", Reply, Reply.round_id.in_(rounds) & Reply.published_on.is_not(None)),
        _plain("releases", Release, seen),
        _plain("released-figures", ReleaseCell, ReleaseCell.release_id.in_(releases), without=("reason",)),
        _plain("targets", Target, Target.service_id.in_(services), without=("reason",)),
        _audit(organisation_id),
    )


def rows_of(session: Session, sheet: Sheet) -> Iterator[Sequence[Any]]:
    yield from session.execute(sheet.query, execution_options={"yield_per": AT_ONCE})


def _plain(name: str, table: Any, where: Any, without: tuple[str, ...] = ()) -> Sheet:
    """A table's own columns."""
    columns = [column for column in table.__table__.columns if column.key not in without]
    query = select(*columns).where(where).order_by(*table.__table__.primary_key.columns)
    return Sheet(name, tuple(column.key for column in columns), query)


def _named(name: str, columns: Mapping[str, Any], query: Any) -> Sheet:
    return Sheet(name, tuple(columns), query)


def _people(organisation_id: UUID, services: Select[Any]) -> Sheet:
    columns = {
        "name": Person.name,
        "email": func.coalesce(Person.email, ""),
        "role": Membership.role,
        "service_id": Membership.service_id,
        "since": Membership.made_on,
    }
    here = (Membership.organisation_id == organisation_id) | Membership.service_id.in_(services)
    query = select(*columns.values()).join(Person, Person.id == Membership.person_id).where(here)
    return _named("people", columns, query.order_by(Membership.role, Membership.id))


def _offers(organisation_id: UUID, services: Select[Any]) -> Sheet:
    columns = {
        "email": Offer.email,
        "role": Offer.role,
        "service_id": Offer.service_id,
        "made_on": Offer.made_on,
        "ends_on": Offer.ends_on,
        "state": Offer.state,
    }
    here = (Offer.organisation_id == organisation_id) | Offer.service_id.in_(services)
    return _named("offers", columns, select(*columns.values()).where(here).order_by(Offer.made_on, Offer.id))


def _audit(organisation_id: UUID) -> Sheet:
    columns = {
        "at": Audit.at,
        "by": func.coalesce(func.nullif(Person.name, ""), Person.email, ""),
        "what": Audit.what,
        "service_id": Audit.service_id,
        "of": Audit.of,
        "detail": Audit.detail,
    }
    query = select(*columns.values()).outerjoin(Person, Person.id == Audit.person_id)
    return _named(
        "audit", columns, query.where(Audit.organisation_id.in_(ids_of(organisation_id))).order_by(Audit.at, Audit.id)
    )
