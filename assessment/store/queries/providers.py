"""Organisations' own sign-in: which provider stands for which addresses, and who is known to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from assessment.store.models import Identity, Membership, Offer, Organisation, Person, Provider, Service


@dataclass(frozen=True, slots=True)
class ProviderOf:
    """The provider of one organisation. Its secret stays sealed."""

    organisation_id: UUID
    organisation_name: str
    issuer: str
    client_id: str
    client_secret_sealed: str
    domains: tuple[str, ...]


_COLUMNS = (
    Organisation.id,
    Organisation.name,
    Provider.issuer,
    Provider.client_id,
    Provider.client_secret_sealed,
    Provider.domains,
)


def provider_of(session: Session, organisation_id: UUID) -> ProviderOf | None:
    return next(iter(_found(session, organisation_id)), None)


def providers_for(session: Session, domain: str) -> tuple[ProviderOf, ...]:
    """The providers that stand for the addresses of this domain."""
    return tuple(one for one in _found(session) if domain in one.domains)


def _found(session: Session, organisation_id: UUID | None = None) -> list[ProviderOf]:
    query = select(*_COLUMNS).join(Organisation, Organisation.id == Provider.organisation_id)
    query = query.order_by(Organisation.name)
    if organisation_id:
        query = query.where(Organisation.id == organisation_id)
    return [ProviderOf(*row[:5], tuple(row[5].split())) for row in session.execute(query)]


def stands_for_another(session: Session, organisation_id: UUID, issuer: str) -> bool:
    """Whether another organisation has this issuer."""
    query = select(Provider.organisation_id).where(
        Provider.issuer == issuer, Provider.organisation_id != organisation_id
    )
    return session.scalar(query) is not None


def provider_row(session: Session, organisation_id: UUID) -> Provider | None:
    return session.get(Provider, organisation_id)


def person_known_as(session: Session, issuer: str, subject: str) -> Person | None:
    """Whom a provider knows under this subject."""
    return session.scalar(
        select(Person)
        .join(Identity, Identity.person_id == Person.id)
        .where(Identity.issuer == issuer, Identity.subject == subject, Person.erased_on.is_(None))
    )


def belongs_to(session: Session, person: Person, organisation_id: UUID, today: date) -> bool:
    """Whether a person has a role in this organisation or its services, or is offered one."""
    services = select(Service.id).where(Service.organisation_id == organisation_id)
    held = select(Membership.id).where(
        Membership.person_id == person.id,
        or_(Membership.organisation_id == organisation_id, Membership.service_id.in_(services)),
    )
    offered = select(Offer.id).where(
        Offer.email_key == person.email_key,
        Offer.state.in_(("waiting", "sent")),
        Offer.ends_on >= today,
        or_(Offer.organisation_id == organisation_id, Offer.service_id.in_(services)),
    )
    return any(session.scalar(query.limit(1)) is not None for query in (held, offered))


def has_a_role_elsewhere(session: Session, person_id: UUID, organisation_id: UUID) -> bool:
    """Whether a person holds a role in the network, or in another organisation or its services."""
    query = (
        select(Membership.organisation_id, Service.organisation_id)
        .outerjoin(Service, Service.id == Membership.service_id)
        .where(Membership.person_id == person_id)
    )
    return any((own or of_service) != organisation_id for own, of_service in session.execute(query))
