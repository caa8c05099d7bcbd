"""What a person with an account has here: their places, passkeys, and what would be lost with them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, cast
from uuid import UUID

from sqlalchemy import Executable, and_, delete, exists, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from assessment.store.models import (
    Claim,
    Identity,
    Link,
    Membership,
    Offer,
    Organisation,
    Passkey,
    Person,
    Service,
    SignInRequest,
)
from assessment.store.queries.roles import LEADS
from assessment.store.queries.sign_ins import end_all_sign_ins
from assessment.store.records import Role

PASSKEY: Final = re.compile(r"[A-Za-z0-9_-]{1,1400}")
"""The id of one, as browsers write it. What else is sent for one, no database has to look at, or may refuse to."""


@dataclass(frozen=True, slots=True)
class HeldPlace:
    """A role of a person, with the names of the place it is held in; no names for the network."""

    role: Role
    organisation_id: UUID | None
    organisation_name: str
    service_id: UUID | None
    service_name: str
    membership_id: UUID


@dataclass(frozen=True, slots=True)
class KeptPasskey:
    """A passkey as its person sees it."""

    id: str
    name: str
    made_on: date
    used_on: date | None


def places_of(session: Session, person_id: UUID) -> tuple[HeldPlace, ...]:
    """Every role a person holds: the network's first, then by name of organisation and service."""
    return _places(session, _HELD.where(Membership.person_id == person_id))


def sole_leads(session: Session, person_id: UUID) -> tuple[HeldPlace, ...]:
    """The places that would be without a lead if this person left. What is archived, or has left, needs none."""
    other = aliased(Membership)
    others = exists().where(
        other.person_id != person_id,
        other.role == Membership.role,
        or_(
            other.organisation_id == Membership.organisation_id,
            other.service_id == Membership.service_id,
            and_(other.organisation_id.is_(None), other.service_id.is_(None), Membership.role == "network admin"),
        ),
    )
    return _places(
        session,
        _HELD.where(
            Membership.person_id == person_id,
            Membership.role.in_(LEADS),
            Service.archived_on.is_(None),
            func.coalesce(Organisation.archived_on, _ABOVE.archived_on).is_(None),
            func.coalesce(Organisation.left_on, _ABOVE.left_on).is_(None),
            ~others,
        ),
    )


_ABOVE: Final = aliased(Organisation)
_ORGANISATION_NAME: Final = func.coalesce(Organisation.name, _ABOVE.name, "")
_HELD: Final = (
    select(
        Membership.role,
        func.coalesce(Organisation.id, _ABOVE.id),
        _ORGANISATION_NAME,
        Service.id,
        func.coalesce(Service.name, ""),
        Membership.id,
    )
    .select_from(Membership)
    .outerjoin(Organisation, Organisation.id == Membership.organisation_id)
    .outerjoin(Service, Service.id == Membership.service_id)
    .outerjoin(_ABOVE, _ABOVE.id == Service.organisation_id)
    .order_by(_ORGANISATION_NAME, func.coalesce(Service.name, ""), Membership.role)
)


def _places(session: Session, query: Executable) -> tuple[HeldPlace, ...]:
    return tuple(_held(row) for row in session.execute(query))


def _held(row: Sequence[Any]) -> HeldPlace:
    return HeldPlace(cast("Role", row[0]), *row[1:])


def persons(session: Session) -> tuple[tuple[str, str, tuple[HeldPlace, ...]], ...]:
    """Everyone with an account, for the operator: address, name and roles."""
    held: dict[UUID, list[HeldPlace]] = {}
    for *place, person_id in session.execute(_HELD.add_columns(Membership.person_id)):
        held.setdefault(person_id, []).append(_held(place))
    query = select(Person).where(Person.erased_on.is_(None)).order_by(Person.email_key)
    return tuple((one.email or "", one.name, tuple(held.get(one.id, ()))) for one in session.scalars(query))


def passkeys_of(session: Session, person_id: UUID) -> tuple[KeptPasskey, ...]:
    query = (
        select(Passkey.id, Passkey.name, Passkey.made_on, Passkey.used_on)
        .where(Passkey.person_id == person_id)
        .order_by(Passkey.made_on, Passkey.name)
    )
    return tuple(KeptPasskey(*row) for row in session.execute(query))


def passkey_row(session: Session, id: str) -> Passkey | None:
    """Locked, so that two uses at once count one after the other."""
    return session.get(Passkey, id, with_for_update=True) if PASSKEY.fullmatch(id) else None


def own_passkey(session: Session, person_id: UUID, id: str) -> Passkey | None:
    found = session.get(Passkey, id) if PASSKEY.fullmatch(id) else None
    return found if found and found.person_id == person_id else None


def leave_nothing_of(session: Session, person: Person, today: date) -> None:
    """Erase a person; the row stays, without name and address, for the history that refers to it."""
    key = person.email_key or ""
    end_all_sign_ins(session, person.id)
    for table in (Identity, Passkey, Membership, SignInRequest):
        session.execute(delete(table).where(table.person_id == person.id))
    offers = select(Offer.id).where(Offer.email_key == key)
    session.execute(delete(Link).where(Link.purpose == "offer", Link.of.in_(offers)))
    session.execute(delete(Offer).where(Offer.email_key == key))
    _forget_claims(session, person.email or "", today)
    person.name, person.email, person.email_key, person.erased_on = "", None, None, today


def _forget_claims(session: Session, email: str, today: date) -> None:
    """Those decided keep what was decided; those waiting cannot be answered any more."""
    own = func.lower(Claim.email) == email.lower()
    session.execute(update(Claim).where(own, Claim.state == "waiting").values(state="declined", decided_on=today))
    session.execute(update(Claim).where(own).values(email="", note=""))
