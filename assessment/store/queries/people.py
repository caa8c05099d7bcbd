"""Persons as a signed-in browser shows them: one look a request, with every role they hold."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from assessment.store.models import Identity, Membership, Person, Provider, Service, SignIn
from assessment.store.records import Member
from assessment.store.records import Membership as MembershipRecord


def member_by_sign_in(
    session: Session, sign_in_hash: str, began_after: datetime, used_after: datetime
) -> Member | None:
    """Who is signed in with this secret, unless that began, or was last used, too long ago.

    Nor does a sign-in by an organisation's provider outlast a role that is given outside of it meanwhile.
    """
    query = (
        select(
            Person.id,
            Person.name,
            Person.email,
            SignIn.id,
            SignIn.way,
            SignIn.began_at,
            SignIn.used_at,
            Membership.role,
            Membership.organisation_id,
            Membership.service_id,
            Service.organisation_id,
        )
        .select_from(SignIn)
        .join(Person, Person.id == SignIn.person_id)
        .outerjoin(Membership, Membership.person_id == Person.id)
        .outerjoin(Service, Service.id == Membership.service_id)
        .where(
            SignIn.hash == sign_in_hash,
            SignIn.began_at > began_after,
            SignIn.used_at > used_after,
            Person.erased_on.is_(None),
        )
    )
    rows: list[Any] = list(session.execute(query))
    if not rows:
        return None
    held = tuple(MembershipRecord(row[7], row[8] or row[10], row[9]) for row in rows if row[7])
    person_id, name, email, sign_in_id, way, began_at, used_at = rows[0][:7]
    if way == "provider" and _reach_outside(session, person_id, held):
        return None
    return Member(person_id, name, email or "", sign_in_id, way, began_at, used_at, held)


def _reach_outside(session: Session, person_id: UUID, held: tuple[MembershipRecord, ...]) -> bool:
    query = select(Provider.organisation_id).join(Identity, Identity.issuer == Provider.issuer)
    theirs = set(session.scalars(query.where(Identity.person_id == person_id)))
    return bool(theirs) and any(one.organisation_id not in theirs for one in held)


def touch_sign_in(session: Session, sign_in_id: UUID, now: datetime) -> None:
    session.execute(update(SignIn).where(SignIn.id == sign_in_id).values(used_at=now))


def person_row(session: Session, person_id: UUID) -> Person:
    """The row of a person, for a workflow. Raises NoResultFound if there is none."""
    return session.get_one(Person, person_id)


def has_account(session: Session, key: str) -> bool:
    """Whether anybody here has this address, by ``email_key``."""
    return person_by_email(session, key) is not None


def person_by_email(session: Session, key: str) -> Person | None:
    """The row of the person with this address, by ``email_key``."""
    return session.scalar(select(Person).where(Person.email_key == key))
