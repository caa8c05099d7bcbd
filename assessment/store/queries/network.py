"""The organisations of the network as its admins look for them, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from assessment.store.models import Claim, Membership, Organisation, Service
from assessment.store.names import name_key

AT_ONCE: Final = 50
Kept = Literal["", "unconfirmed", "claims", "archived"]


@dataclass(frozen=True, slots=True)
class OrganisationListed:
    """``claims``: how many of its services ask to be confirmed."""

    id: UUID
    name: str
    kind: str
    nation: str
    region: str
    confirmed_on: date | None
    archived_on: date | None
    services: int
    claims: int
    leads: int


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for: words of the name, how it stands, and which page of what was found (0 is the first)."""

    words: str = ""
    kept: Kept = ""
    page: int = 0


_WAITING = (
    select(func.count(Claim.id))
    .join(Service, Service.id == Claim.service_id)
    .where(Service.organisation_id == Organisation.id, Claim.state == "waiting")
    .correlate(Organisation)
    .scalar_subquery()
)
_SERVICES = (
    select(func.count(Service.id))
    .where(Service.organisation_id == Organisation.id, Service.archived_on.is_(None))
    .correlate(Organisation)
    .scalar_subquery()
)
_LEADS = (
    select(func.count(Membership.id))
    .where(Membership.organisation_id == Organisation.id)
    .correlate(Organisation)
    .scalar_subquery()
)
_LISTED: Final[tuple[Any, ...]] = (
    Organisation.id,
    Organisation.name,
    Organisation.kind,
    Organisation.nation,
    Organisation.region,
    Organisation.confirmed_on,
    Organisation.archived_on,
    _SERVICES,
    _WAITING,
    _LEADS,
)


def find_organisations(session: Session, search: Search) -> tuple[int, tuple[OrganisationListed, ...]]:
    """How many there are, and those of one page by name."""
    where = _where(search)
    count = session.scalar(select(func.count(Organisation.id)).where(*where)) or 0
    order = (Organisation.name_key, Organisation.kind, Organisation.region)
    query = select(*_LISTED).where(*where).order_by(*order).limit(AT_ONCE).offset(search.page * AT_ONCE)
    return count, tuple(OrganisationListed(*row) for row in session.execute(query))


def alike(session: Session, organisation_id: UUID, name: str) -> tuple[OrganisationListed, ...]:
    """Other organisations whose name holds this one's or is held in it: those that may be the same."""
    key = name_key(name)
    same = Organisation.name_key == key
    near = same | Organisation.name_key.contains(key, autoescape=True)
    where = (near, Organisation.id != organisation_id, Organisation.left_on.is_(None))
    query = select(*_LISTED).where(*where).order_by(same.desc(), Organisation.name_key).limit(AT_ONCE)
    return tuple(OrganisationListed(*row) for row in session.execute(query))


def _where(search: Search) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = [Organisation.left_on.is_(None)]
    where += [Organisation.name_key.contains(word, autoescape=True) for word in name_key(search.words).split()[:8]]
    if search.kept == "archived":
        return [*where, Organisation.archived_on.is_not(None)]
    where.append(Organisation.archived_on.is_(None))
    if search.kept == "unconfirmed":
        where.append(Organisation.confirmed_on.is_(None))
    if search.kept == "claims":
        waiting = select(Claim.id).join(Service, Service.id == Claim.service_id)
        where.append(waiting.where(Service.organisation_id == Organisation.id, Claim.state == "waiting").exists())
    return where
