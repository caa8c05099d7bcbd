"""One service as the people who run it see it: what it is, its rounds, and its claim."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessment.store.models import Claim, Department, Organisation, Round, Service


@dataclass(frozen=True, slots=True)
class ServiceStanding:
    """A service with the names around it, and how it stands."""

    id: UUID
    name: str
    sector: str
    organisation_id: UUID
    organisation_name: str
    organisation_confirmed_on: date | None
    department_id: UUID | None
    department_name: str | None
    confirmed_on: date | None
    archived_on: date | None


@dataclass(frozen=True, slots=True)
class RoundListed:
    """One round of a service, as a list of them names it."""

    id: UUID
    mode: Literal["together", "apart"]
    form: str
    state: str
    opened_on: date
    closes_on: date | None


@dataclass(frozen=True, slots=True)
class ClaimStanding:
    """What a team asked of its organisation, and what came of it."""

    id: UUID
    email: str
    note: str
    made_on: date
    state: str
    decided_on: date | None
    reason: str


_STANDING: Final[tuple[Any, ...]] = (
    Service.id,
    Service.name,
    Service.sector,
    Organisation.id,
    Organisation.name,
    Organisation.confirmed_on,
    Service.department_id,
    Department.name,
    Service.confirmed_on,
    Service.archived_on,
)
_ROUND: Final[tuple[Any, ...]] = (
    Round.id,
    Round.mode,
    Round.form,
    Round.state,
    Round.opened_on,
    Round.closes_on,
)
_CLAIM: Final[tuple[Any, ...]] = (
    Claim.id,
    Claim.email,
    Claim.note,
    Claim.made_on,
    Claim.state,
    Claim.decided_on,
    Claim.reason,
)


def service_standing(session: Session, service_id: UUID) -> ServiceStanding | None:
    query = (
        select(*_STANDING)
        .join(Organisation, Organisation.id == Service.organisation_id)
        .outerjoin(Department, Department.id == Service.department_id)
        .where(Service.id == service_id)
    )
    row = session.execute(query).first()
    return None if row is None else ServiceStanding(*row)


def rounds_of(session: Session, service_id: UUID) -> tuple[RoundListed, ...]:
    """Every round of a service, the newest first."""
    query = select(*_ROUND).where(Round.service_id == service_id).order_by(Round.opened_on.desc(), Round.id)
    return tuple(RoundListed(*row) for row in session.execute(query))


def last_released_together(session: Session, service_id: UUID) -> UUID | None:
    """The newest round in which the service agreed on its answers."""
    released = (Round.service_id == service_id, Round.mode == "together", Round.state == "released")
    return session.scalar(select(Round.id).where(*released).order_by(Round.opened_on.desc(), Round.id).limit(1))


def latest_claim(session: Session, service_id: UUID) -> ClaimStanding | None:
    """The claim that waits, else the one that was decided last."""
    newest = ((Claim.state == "waiting").desc(), Claim.decided_on.desc(), Claim.made_on.desc(), Claim.id)
    row = session.execute(select(*_CLAIM).where(Claim.service_id == service_id).order_by(*newest).limit(1)).first()
    return None if row is None else ClaimStanding(*row)


def waiting_claim_row(session: Session, service_id: UUID) -> Claim | None:
    return session.scalar(select(Claim).where(Claim.service_id == service_id, Claim.state == "waiting").limit(1))
