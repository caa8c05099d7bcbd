"""A team that started without an account asks its organisation to say that the service is theirs."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from assessment.store.addresses import email_key
from assessment.store.db import Session, one_at_a_time, transaction
from assessment.store.models import Claim, Service
from assessment.store.queries.audit import Deed, note_deed
from assessment.store.queries.merging import move_service
from assessment.store.queries.roles import Where, held_by_address, open_offer_to
from assessment.store.queries.service import waiting_claim_row
from assessment.workflows.offers import Offering, make_offer
from assessment.workflows.organisations import confirm_service_row


class NotAskedFor(Exception):
    """The service waits for nothing any more, or never did; or what it should become part of is not there."""


def claim_service(service_id: UUID, email: str, note: str, now: datetime) -> bool:
    """Ask for confirmation; False if a claim waits already, or there is nothing to ask for."""
    with transaction() as session:
        service = _alone(session, service_id)
        if service is None or service.confirmed_on or waiting_claim_row(session, service_id):
            return False
        session.add(Claim(service_id=service_id, email=email.strip(), note=note, made_on=now.date(), state="waiting"))
        return True


def accept_service(service_id: UUID, by: UUID, now: datetime) -> None:
    """Say that the service is a new one of the organisation's. Raises NotAskedFor."""
    with transaction() as session:
        service = _unconfirmed(session, service_id)
        confirm_service_row(session, service, by, now)
        _settle(session, service, service_id, by, now)


def accept_as(service_id: UUID, known_id: UUID, by: UUID, now: datetime) -> None:
    """Say that it is one that the organisation has already: its rounds go there, and the double goes.

    Raises NotAskedFor.
    """
    with transaction() as session:
        service = _unconfirmed(session, service_id)
        known = session.get(Service, known_id, with_for_update=True)
        if known is None or known.organisation_id != service.organisation_id or known.confirmed_on is None:
            raise NotAskedFor
        _settle(session, service, known_id, by, now)
        name, organisation_id = service.name, service.organisation_id
        session.flush()
        move_service(session, service_id, known_id)
        note_deed(session, now, by, Deed("services joined", organisation_id, known_id, service_id, name))


def decline_claim(service_id: UUID, reason: str, by: UUID, now: datetime) -> None:
    """Say that the service is not theirs, and why. Raises NotAskedFor."""
    with transaction() as session:
        service = _unconfirmed(session, service_id)
        claim = waiting_claim_row(session, service_id)
        if claim is None:
            raise NotAskedFor
        claim.state, claim.decided_on, claim.decided_by, claim.reason = "declined", now.date(), by, reason
        note_deed(session, now, by, Deed("claim declined", service.organisation_id, service_id, claim.id))


def _alone(session: Session, service_id: UUID) -> Service | None:
    one_at_a_time(session, f"claims of {service_id}")
    return session.get(Service, service_id, with_for_update=True)


def _unconfirmed(session: Session, service_id: UUID) -> Service:
    service = _alone(session, service_id)
    if service is None or service.confirmed_on:
        raise NotAskedFor
    return service


def _settle(session: Session, service: Service, led: UUID, by: UUID, now: datetime) -> None:
    """Accept the claim, if one waits, and offer its writer to lead the service."""
    claim = waiting_claim_row(session, service.id)
    if claim is None:
        return
    claim.state, claim.decided_on, claim.decided_by = "accepted", now.date(), by
    note_deed(session, now, by, Deed("claim accepted", service.organisation_id, led, claim.id))
    where, key = Where(service.organisation_id, led), email_key(claim.email)
    # As where a lead offers a role: nobody is to be offered the same one twice.
    one_at_a_time(session, f"offers {where}")
    if not held_by_address(session, where, "service lead", key) and not open_offer_to(
        session, where, "service lead", key
    ):
        make_offer(session, Offering(uuid4(), claim.email, "service lead", where), by, now)
