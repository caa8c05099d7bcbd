"""Everything that is kept of one person, as they may take it with them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Executable, func, select
from sqlalchemy.orm import Session

from assessment.store.models import (
    Audit,
    Claim,
    Identity,
    Invitation,
    Offer,
    Organisation,
    Passkey,
    Person,
    Round,
    Service,
    SignIn,
    SignInRequest,
)
from assessment.store.queries.accounts import places_of

ANSWERS: Final = (
    "Answers that you sent in a round held apart are not in this file, and cannot be. They are kept without name, "
    "address, account or time, so that nobody can find out whose they are. We cannot either. Only the code that "
    "was shown after sending finds them, until the round closes. Answers agreed together belong to the service; "
    "whoever holds its private link can download them."
)


def own_data(session: Session, person_id: UUID) -> dict[str, Any]:
    """One entry a kind of data; days and moments as ISO 8601 text."""
    person = session.get_one(Person, person_id)
    key = person.email_key or ""
    return {
        "about_answers": ANSWERS,
        "person": {"name": person.name, "email": person.email, "since": _plain(person.made_on)},
        "roles": _roles(session, person_id),
        "known_to_organisations_sign_in": _rows(
            session,
            ("issuer", "subject", "since"),
            select(Identity.issuer, Identity.subject, Identity.made_on).where(Identity.person_id == person_id),
        ),
        "passkeys": _rows(
            session,
            ("name", "since", "last_used"),
            select(Passkey.name, Passkey.made_on, Passkey.used_on).where(Passkey.person_id == person_id),
        ),
        **_signing_in(session, person_id),
        **_addressed(session, key),
        "what_you_did": _deeds(session, person_id),
    }


def _roles(session: Session, person_id: UUID) -> list[dict[str, Any]]:
    return [
        {"role": one.role, "organisation": one.organisation_name, "service": one.service_name}
        for one in places_of(session, person_id)
    ]


def _signing_in(session: Session, person_id: UUID) -> dict[str, Any]:
    signed_in = select(SignIn.way, SignIn.browser, SignIn.began_at, SignIn.used_at).where(SignIn.person_id == person_id)
    asked = select(SignInRequest.asked_at).where(SignInRequest.person_id == person_id)
    return {
        "sign_ins": _rows(session, ("way", "browser", "began", "last_used"), signed_in),
        "links_asked_for": _rows(session, ("asked",), asked),
    }


def _addressed(session: Session, key: str) -> dict[str, Any]:
    """What was sent, or is to be sent, to their address."""
    offers = select(Offer.role, Offer.made_on, Offer.ends_on, Offer.state).where(Offer.email_key == key)
    claims = (
        select(Service.name, Claim.note, Claim.made_on, Claim.state)
        .join(Service, Service.id == Claim.service_id)
        .where(func.lower(Claim.email) == key)
    )
    invitations = (
        select(Organisation.name, Service.name, Invitation.state)
        .join(Round, Round.id == Invitation.round_id)
        .join(Service, Service.id == Round.service_id)
        .join(Organisation, Organisation.id == Service.organisation_id)
        .where(Invitation.email_key == key)
    )
    return {
        "roles_offered": _rows(session, ("role", "offered", "until", "state"), offers),
        "services_you_asked_to_have_confirmed": _rows(session, ("service", "note", "made", "state"), claims),
        "asked_to_answer": _rows(session, ("organisation", "service", "message"), invitations),
    }


def _deeds(session: Session, person_id: UUID) -> list[dict[str, Any]]:
    query = select(Audit.at, Audit.what, Audit.detail, Audit.of).where(Audit.person_id == person_id)
    return _rows(session, ("at", "what", "detail", "of"), query.order_by(Audit.at))


def _rows(session: Session, names: tuple[str, ...], query: Executable) -> list[dict[str, Any]]:
    return [dict(zip(names, map(_plain, row), strict=True)) for row in session.execute(query)]


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value
