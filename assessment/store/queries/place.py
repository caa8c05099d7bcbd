"""Where an address leads: the organisation, and the service of it, that a round, a service or an id belongs to."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from assessment.store.models import Organisation, Round, Service
from assessment.store.records import Place

_ORGANISATION: Final[tuple[Any, ...]] = (Organisation.id, Organisation.name, Organisation.passkeys)
_SERVICE: Final[tuple[Any, ...]] = (Service.id, Service.name)


def place_of(session: Session, kind: str, id: UUID) -> Place | None:
    """The place of a ``round_id``, ``service_id`` or ``organisation_id``; None if there is none, or it left."""
    row = session.execute(_query(kind, id).where(Organisation.left_on.is_(None))).first()
    return None if row is None else Place(*row)


def _query(kind: str, id: UUID) -> Select[Any]:
    if kind == "organisation_id":
        return select(*_ORGANISATION).where(Organisation.id == id)
    of_service = select(*_ORGANISATION, *_SERVICE).join(Service, Service.organisation_id == Organisation.id)
    if kind == "service_id":
        return of_service.where(Service.id == id)
    return of_service.join(Round, Round.service_id == Service.id).where(Round.id == id)
