"""The audit trail as people read it, the newest first, with the names that still stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Select, and_, func, literal, select
from sqlalchemy.orm import Session, aliased

from assessment.store.models import Audit, Offer, Organisation, Person, Service

AT_ONCE: Final = 50


@dataclass(frozen=True, slots=True)
class DeedDone:
    """One deed. ``by`` and ``to`` are None where the person is erased or was never one; see ``by_operator``."""

    at: datetime
    what: str
    detail: str
    by_operator: bool
    by: str | None
    to: str | None
    organisation: str
    service: str


_By, _To = aliased(Person), aliased(Person)
_COLUMNS: Final[tuple[Any, ...]] = (
    Audit.at,
    Audit.what,
    Audit.detail,
    Audit.person_id.is_(None),
    func.coalesce(func.nullif(_By.name, ""), _By.email),
    func.coalesce(func.nullif(_To.name, ""), _To.email, Offer.email),
    func.coalesce(Organisation.name, ""),
    func.coalesce(Service.name, ""),
)


def deeds(session: Session, organisation_id: UUID | None, page: int) -> tuple[int, tuple[DeedDone, ...]]:
    """How many deeds there are, of one organisation or (None) of all, and those of one page (0 is the newest)."""
    where = [Audit.organisation_id.in_(ids_of(organisation_id))] if organisation_id else []
    count = session.scalar(select(func.count(Audit.id)).where(*where)) or 0
    query = (
        select(*_COLUMNS)
        .select_from(Audit)
        .outerjoin(_By, and_(_By.id == Audit.person_id, _By.erased_on.is_(None)))
        .outerjoin(_To, and_(_To.id == Audit.of, _To.erased_on.is_(None)))
        .outerjoin(Offer, Offer.id == Audit.of)
        .outerjoin(Organisation, Organisation.id == Audit.organisation_id)
        .outerjoin(Service, Service.id == Audit.service_id)
        .where(*where)
        .order_by(Audit.at.desc(), Audit.id)
    )
    rows = session.execute(query.limit(AT_ONCE).offset(page * AT_ONCE))
    return count, tuple(DeedDone(*row) for row in rows)


def ids_of(organisation_id: UUID) -> Select[Any]:
    """The organisation and all that were merged into it, whose deeds stay under the id they had."""
    its = select(_bound(organisation_id).label("id")).cte("its", recursive=True)
    merged = select(Audit.of).join(its, Audit.organisation_id == its.c.id).where(Audit.what == "organisations merged")
    return select(its.union(merged).c.id)


def _bound(organisation_id: UUID) -> Any:
    return literal(organisation_id, Audit.organisation_id.type)
