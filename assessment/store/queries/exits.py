"""An organisation goes: all that is its own is deleted, and what published figures rest on stays without a name."""

from __future__ import annotations

from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, delete, select, update
from sqlalchemy.orm import Session

from assessment.store.models import (
    Claim,
    Department,
    Draft,
    Invitation,
    Link,
    Mark,
    Membership,
    Offer,
    Organisation,
    Provider,
    Reply,
    Round,
    Service,
    SoFar,
    StoredResponse,
    Tally,
    Target,
)

NAME: Final = "An organisation that left"
SERVICE: Final = "A service that left"
_OF_ROUNDS: Final[tuple[Any, ...]] = (Draft, StoredResponse, Invitation, Mark, SoFar, Tally, Reply)
_OF_SERVICES: Final[tuple[Any, ...]] = (Target, Claim, Offer, Membership)
_OF_ORGANISATION: Final[tuple[Any, ...]] = (Offer, Membership, Provider)
_UNTOLD: Final = {"asked_by": "", "told": "", "support": "", "cancelled_because": ""}


def erase_organisation(session: Session, organisation_id: UUID, today: date) -> None:
    services = select(Service.id).where(Service.organisation_id == organisation_id)
    rounds = select(Round.id).where(Round.service_id.in_(services))
    _delete(session, Link, Link.of.in_(_offers(organisation_id, services)))
    _delete(session, Link, Link.of.in_(select(Invitation.id).where(Invitation.round_id.in_(rounds))))
    _delete(session, Link, Link.of.in_(rounds) | (Link.of == organisation_id))
    for table in _OF_ROUNDS:
        _delete(session, table, table.round_id.in_(rounds))
    for table in _OF_SERVICES:
        _delete(session, table, table.service_id.in_(services))
    for table in _OF_ORGANISATION:
        _delete(session, table, table.organisation_id == organisation_id)
    open_ = (Round.service_id.in_(services), Round.state.not_in(("released", "cancelled")))
    _update(session, Round, (Round.service_id.in_(services),), _UNTOLD)
    _update(session, Round, open_, {"state": "cancelled"})
    of_it = (Service.organisation_id == organisation_id,)
    _update(session, Service, of_it, {"name": SERVICE, "department_id": None, "archived_on": today})
    _delete(session, Department, Department.organisation_id == organisation_id)
    _update(session, Organisation, (Organisation.id == organisation_id,), _nameless(organisation_id, today))


def _nameless(organisation_id: UUID, today: date) -> dict[str, Any]:
    return {
        "name": NAME,
        "name_key": f"left {organisation_id}",
        "shares_on": None,
        "passkeys": False,
        "archived_on": today,
        "left_on": today,
    }


def _offers(organisation_id: UUID, services: Select[Any]) -> Select[Any]:
    return select(Offer.id).where((Offer.organisation_id == organisation_id) | Offer.service_id.in_(services))


def _delete(session: Session, table: Any, where: ColumnElement[bool]) -> None:
    session.execute(delete(table).where(where), execution_options={"synchronize_session": False})


def _update(session: Session, table: Any, where: tuple[ColumnElement[bool], ...], values: dict[str, Any]) -> None:
    session.execute(update(table).where(*where).values(**values), execution_options={"synchronize_session": False})
