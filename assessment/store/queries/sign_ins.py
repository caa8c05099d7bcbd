"""Links to sign in with, and the browsers that are signed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from assessment.store.models import Person, SignIn, SignInLink, SignInRequest


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A browser that is signed in, as its person sees it in a list."""

    id: UUID
    way: str
    browser: str
    began_at: datetime
    used_at: datetime


def person_asking(session: Session, request_id: UUID) -> Person | None:
    """The person who asked for a link; None where the address was not known, or they have left since."""
    return session.scalar(
        select(Person)
        .join(SignInRequest, SignInRequest.person_id == Person.id)
        .where(SignInRequest.id == request_id, Person.erased_on.is_(None))
    )


def whose_link(session: Session, hash: str, now: datetime) -> str | None:
    """The address of the person whom this link would sign in; None if it works no more."""
    return session.scalar(
        select(Person.email)
        .join(SignInLink, SignInLink.person_id == Person.id)
        .where(SignInLink.hash == hash, SignInLink.used_at.is_(None), SignInLink.ends_at > now)
    )


def take_link(session: Session, hash: str, now: datetime) -> UUID | None:
    """Use a link up, and say whose it is; None if it was used, is over or never was. Of two at once, one gets it."""
    return session.scalar(
        update(SignInLink)
        .where(SignInLink.hash == hash, SignInLink.used_at.is_(None), SignInLink.ends_at > now)
        .values(used_at=now)
        .returning(SignInLink.person_id)
    )


def sign_ins_of(session: Session, person_id: UUID, began_after: datetime, used_after: datetime) -> tuple[SignedIn, ...]:
    """Those that still hold, the last used first."""
    query = (
        select(SignIn.id, SignIn.way, SignIn.browser, SignIn.began_at, SignIn.used_at)
        .where(SignIn.person_id == person_id, SignIn.began_at > began_after, SignIn.used_at > used_after)
        .order_by(SignIn.used_at.desc(), SignIn.id)
    )
    return tuple(SignedIn(*row) for row in session.execute(query))


def end_sign_in(session: Session, person_id: UUID, sign_in_id: UUID) -> None:
    """Only a person's own."""
    session.execute(delete(SignIn).where(SignIn.id == sign_in_id, SignIn.person_id == person_id))


def end_all_sign_ins(session: Session, person_id: UUID) -> None:
    """Wherever they are, and the links that would make new ones."""
    session.execute(delete(SignIn).where(SignIn.person_id == person_id))
    session.execute(delete(SignInLink).where(SignInLink.person_id == person_id))


def end_sign_in_of(session: Session, hash: str) -> None:
    session.execute(delete(SignIn).where(SignIn.hash == hash))


def has_sign_in(session: Session, hash: str) -> bool:
    return session.scalar(select(SignIn.id).where(SignIn.hash == hash)) is not None
