"""Who holds which role where, and which roles are on offer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from assessment.store.models import Membership, Offer, Organisation, Person, Service
from assessment.store.records import Role

NETWORK: Final[tuple[Role, ...]] = ("network analyst", "network admin")
LEADS: Final[frozenset[Role]] = frozenset({"service lead", "organisation lead", "network admin"})
"""Roles that a place must not be without."""
OPEN: Final = ("waiting", "sent", "bounced")


@dataclass(frozen=True, slots=True)
class Where:
    """Where a role is held: in a service of an organisation, in an organisation, or (neither) in the network."""

    organisation_id: UUID | None = None
    service_id: UUID | None = None

    @property
    def columns(self) -> dict[str, UUID | None]:
        """The columns of a membership or offer here: of one place only."""
        return {"organisation_id": None if self.service_id else self.organisation_id, "service_id": self.service_id}


@dataclass(frozen=True, slots=True)
class Holder:
    """One role of one person. ``service_id`` is there where the role is held in a service."""

    membership_id: UUID
    person_id: UUID
    name: str
    email: str
    role: Role
    made_on: date
    service_id: UUID | None
    service_name: str

    @property
    def called(self) -> str:
        return self.name or self.email


@dataclass(frozen=True, slots=True)
class Offered:
    """A role that somebody was offered, and how that stands."""

    id: UUID
    email: str
    email_key: str
    role: Role
    state: str
    made_on: date
    ends_on: date
    organisation_id: UUID | None
    service_id: UUID | None
    organisation_name: str
    service_name: str
    offered_by: str

    @property
    def place(self) -> str:
        return self.service_name or self.organisation_name


_HOLDER: Final[tuple[Any, ...]] = (
    Membership.id,
    Person.id,
    Person.name,
    func.coalesce(Person.email, ""),
    Membership.role,
    Membership.made_on,
    Membership.service_id,
    func.coalesce(Service.name, ""),
)
_OFFERED: Final[tuple[Any, ...]] = (
    Offer.id,
    Offer.email,
    Offer.email_key,
    Offer.role,
    Offer.state,
    Offer.made_on,
    Offer.ends_on,
    func.coalesce(Offer.organisation_id, Service.organisation_id),
    Offer.service_id,
    func.coalesce(Organisation.name, ""),
    func.coalesce(Service.name, ""),
    func.coalesce(Person.name, ""),
)
_HOLDERS = (
    select(*_HOLDER)
    .select_from(Membership)
    .join(Person, Person.id == Membership.person_id)
    .outerjoin(Service, Service.id == Membership.service_id)
)
_OFFERS = (
    select(*_OFFERED)
    .select_from(Offer)
    .outerjoin(Service, Service.id == Offer.service_id)
    .outerjoin(Organisation, Organisation.id == func.coalesce(Offer.organisation_id, Service.organisation_id))
    .outerjoin(Person, Person.id == Offer.offered_by)
)


def holders_within(session: Session, where: Where) -> tuple[Holder, ...]:
    """Everyone with a role here; in an organisation also those of its services."""
    query = _HOLDERS.where(_within(Membership, where))
    rows = session.execute(query.order_by(func.coalesce(Service.name, ""), Membership.role, Person.name, Person.email))
    return tuple(Holder(*row) for row in rows)


def holder(session: Session, where: Where, membership_id: UUID) -> Holder | None:
    """This membership, if it is one of exactly this place."""
    row = session.execute(_HOLDERS.where(Membership.id == membership_id, _exactly(Membership, where))).first()
    return None if row is None else Holder(*row)


def offers_within(session: Session, where: Where) -> tuple[Offered, ...]:
    """The offers here that nobody has accepted or withdrawn; in an organisation also those of its services."""
    query = _OFFERS.where(_within(Offer, where), Offer.state.in_(OPEN))
    return tuple(Offered(*row) for row in session.execute(query.order_by(Offer.made_on, Offer.email_key)))


def offered(session: Session, offer_id: UUID) -> Offered | None:
    row = session.execute(_OFFERS.where(Offer.id == offer_id)).first()
    return None if row is None else Offered(*row)


def offer_row(session: Session, where: Where, offer_id: UUID) -> Offer | None:
    """The row of this offer, held until the transaction ends, if it is one of exactly this place."""
    return session.scalar(select(Offer).where(Offer.id == offer_id, _exactly(Offer, where)).with_for_update())


def open_offer_to(session: Session, where: Where, role: Role, email_key: str) -> Offer | None:
    """The offer of this very role to this address that still stands."""
    same = (Offer.role == role, Offer.email_key == email_key, Offer.state.in_(OPEN))
    return session.scalar(select(Offer).where(*same, _exactly(Offer, where)).limit(1))


def count_open_offers(session: Session, where: Where) -> int:
    query = select(func.count()).select_from(Offer).where(_exactly(Offer, where), Offer.state.in_(OPEN))
    return session.scalar(query) or 0


def membership_row(session: Session, where: Where, membership_id: UUID) -> Membership | None:
    return session.scalar(select(Membership).where(Membership.id == membership_id, _exactly(Membership, where)))


def held_by_address(session: Session, where: Where, role: Role, email_key: str) -> bool:
    """Whether the person with this address holds this role here already."""
    query = select(Membership.id).join(Person, Person.id == Membership.person_id)
    return session.scalar(query.where(*_role_at(where, role), Person.email_key == email_key).limit(1)) is not None


def held_by_person(session: Session, where: Where, role: Role, person_id: UUID) -> Membership | None:
    query = select(Membership).where(*_role_at(where, role), Membership.person_id == person_id)
    return session.scalar(query.limit(1))


def count_holders(session: Session, where: Where, role: Role) -> int:
    query = select(func.count(Membership.person_id.distinct())).where(*_role_at(where, role))
    return session.scalar(query) or 0


def _role_at(where: Where, role: Role) -> tuple[ColumnElement[bool], ...]:
    return (Membership.role == role, _exactly(Membership, where))


def _exactly(table: type[Membership | Offer], where: Where) -> ColumnElement[bool]:
    if where.service_id:
        return table.service_id == where.service_id
    if where.organisation_id:
        return table.organisation_id == where.organisation_id
    return and_(table.organisation_id.is_(None), table.service_id.is_(None))


def _within(table: type[Membership | Offer], where: Where) -> ColumnElement[bool]:
    if where.organisation_id and not where.service_id:
        return or_(
            table.organisation_id == where.organisation_id,
            and_(table.service_id.is_not(None), Service.organisation_id == where.organisation_id),
        )
    return _exactly(table, where)
