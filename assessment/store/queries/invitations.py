"""Who was asked by e-mail, and the addresses that want no more messages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from assessment.store.models import Invitation, Link, MailStop, Organisation, Round, Service
from assessment.store.secrets import hash_of


@dataclass(frozen=True, slots=True)
class Asked:
    """One person asked, as the list shows them. Whether they answered is not here, and nobody is to see it."""

    id: UUID
    email: str
    state: str


@dataclass(frozen=True, slots=True)
class Addressed:
    """Everything that a message to one invited person needs."""

    id: UUID
    email: str
    email_key: str
    state: str
    answered_sealed: str
    round_id: UUID
    round_state: str
    closes_on: date
    hear_by: date
    asked_by: str
    told: str
    service_name: str
    organisation_name: str


_ADDRESSED: Final[tuple[Any, ...]] = (
    Invitation.id,
    Invitation.email,
    Invitation.email_key,
    Invitation.state,
    Invitation.answered_sealed,
    Round.id,
    Round.state,
    Round.closes_on,
    Round.hear_by,
    Round.asked_by,
    Round.told,
    Service.name,
    Organisation.name,
)


def asked(session: Session, round_id: UUID) -> tuple[Asked, ...]:
    """Everyone asked in a round, A to Z."""
    query = select(Invitation.id, Invitation.email, Invitation.state).where(Invitation.round_id == round_id)
    return tuple(Asked(*row) for row in session.execute(query.order_by(Invitation.email_key)))


def asked_by_state(session: Session, round_id: UUID) -> Mapping[str, int]:
    """How many invitations wait, were sent, and came back."""
    query = select(Invitation.state, func.count()).where(Invitation.round_id == round_id).group_by(Invitation.state)
    return {row[0]: row[1] for row in session.execute(query)}


def known_keys(session: Session, round_id: UUID) -> frozenset[str]:
    return frozenset(session.scalars(select(Invitation.email_key).where(Invitation.round_id == round_id)))


def add_invitations(session: Session, round_id: UUID, new: Iterable[tuple[str, str, str]]) -> None:
    """Write an invitation for each (address, its key, sealed answer to whether they answered)."""
    rows = [
        {"id": uuid4(), "round_id": round_id, "email": email, "email_key": key, "state": "waiting"}
        | {"answered_sealed": sealed}
        for email, key, sealed in new
    ]
    if rows:
        session.execute(insert(Invitation), rows)


def in_state(session: Session, round_id: UUID, state: str) -> Sequence[UUID]:
    query = select(Invitation.id).where(Invitation.round_id == round_id, Invitation.state == state)
    return session.scalars(query).all()


def addressed(session: Session, invitation_id: UUID) -> Addressed | None:
    row: Any = session.execute(
        select(*_ADDRESSED)
        .join(Round, Round.id == Invitation.round_id)
        .join(Service, Service.id == Round.service_id)
        .join(Organisation, Organisation.id == Service.organisation_id)
        .where(Invitation.id == invitation_id)
    ).first()
    return None if row is None else Addressed(*row)


def note_state(session: Session, invitation_id: UUID, state: str) -> None:
    session.execute(update(Invitation).where(Invitation.id == invitation_id).values(state=state))


def make_invitation_link(session: Session, invitation_id: UUID, secret: str, today: date) -> None:
    session.add(Link(hash=hash_of(secret), purpose="invitation", of=invitation_id, made_on=today))


def remove_bounced(session: Session, round_id: UUID, invitation_id: UUID) -> bool:
    """Take out an invitation that reached nobody; False if there is none such, or it did reach somebody."""
    one = (Invitation.id == invitation_id, Invitation.round_id == round_id, Invitation.state == "bounced")
    if session.scalar(select(Invitation.id).where(*one)) is None:
        return False
    session.execute(delete(Invitation).where(*one))
    session.execute(delete(Link).where(Link.of == invitation_id))
    return True


def wants_no_mail(session: Session, mail_hash: str) -> bool:
    return session.get(MailStop, mail_hash) is not None
