"""Offer a role by e-mail, take the offer back, and accept one: the link in the message proves the address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, cast
from uuid import UUID

from assessment.store.addresses import email_key
from assessment.store.db import Session, one_at_a_time, transaction
from assessment.store.models import Membership, Offer
from assessment.store.queries.audit import Deed, note_deed
from assessment.store.queries.outbox import leave_job
from assessment.store.queries.people import person_by_email
from assessment.store.queries.roles import (
    OPEN,
    Where,
    count_open_offers,
    held_by_address,
    held_by_person,
    offer_row,
    offered,
    open_offer_to,
)
from assessment.store.records import Role
from assessment.store.secrets import new_secret
from assessment.workflows.accounts import new_person
from assessment.workflows.sign_in import Browser, begin_sign_in

GOOD_FOR: Final = timedelta(days=14)
MOST_OPEN: Final = 200


class HeldAlready(Exception):
    """The person with this address holds this role here."""


class OfferedAlready(Exception):
    """This very role was offered to this address, and they have not answered yet."""


class TooManyOffers(Exception):
    """More offers wait here than anybody means to make."""


class OfferEnded(Exception):
    """The offer was accepted or withdrawn, or its time is over; ``why`` says which."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Offering:
    """A role about to be offered. ``id`` becomes the offer's, so that a double click makes one."""

    id: UUID
    email: str
    role: Role
    where: Where


def offer_role(offering: Offering, by: UUID | None, now: datetime) -> None:
    """Offer a role, unless this very offer was made already. Raises HeldAlready, OfferedAlready, TooManyOffers."""
    with transaction() as session:
        one_at_a_time(session, f"offers {offering.where}")
        if session.get(Offer, offering.id) is None:
            _refuse_doubles(session, offering)
            make_offer(session, offering, by, now)


def _refuse_doubles(session: Session, offering: Offering) -> None:
    key = email_key(offering.email)
    if held_by_address(session, offering.where, offering.role, key):
        raise HeldAlready
    if open_offer_to(session, offering.where, offering.role, key):
        raise OfferedAlready
    if count_open_offers(session, offering.where) >= MOST_OPEN:
        raise TooManyOffers


def make_offer(session: Session, offering: Offering, by: UUID | None, now: datetime) -> None:
    """The same inside a workflow's own transaction, which has looked for doubles."""
    session.add(
        Offer(
            id=offering.id,
            email=offering.email.strip(),
            email_key=email_key(offering.email),
            role=offering.role,
            offered_by=by,
            made_on=now.date(),
            ends_on=now.date() + GOOD_FOR,
            state="waiting",
            **offering.where.columns,
        )
    )
    session.flush()
    _leave_letter(session, offering.id, now)
    note_deed(session, now, by, deed("role offered", offering.where, offering.id, offering.role))


def send_again(offer_id: UUID, where: Where, by: UUID, now: datetime) -> bool:
    """Send the message once more, with a new link, good for as long again; False if the offer is no more."""
    with transaction() as session:
        row = offer_row(session, where, offer_id)
        if row is None or row.state not in OPEN:
            return False
        row.state, row.ends_on = "waiting", now.date() + GOOD_FOR
        _leave_letter(session, row.id, now)
        note_deed(session, now, by, deed("offer sent again", where, row.id, row.role))
        return True


def withdraw_offer(offer_id: UUID, where: Where, by: UUID, now: datetime) -> bool:
    """Take an offer back: its link opens nothing any more; False if there is none to take back."""
    with transaction() as session:
        row = offer_row(session, where, offer_id)
        if row is None or row.state not in OPEN:
            return False
        row.state = "withdrawn"
        note_deed(session, now, by, deed("offer withdrawn", where, row.id, row.role))
        return True


def accept_offer(offer_id: UUID, browser: Browser, now: datetime) -> str:
    """Give the role to whoever the message reached; return the secret of their sign-in. Raises OfferEnded.

    Only somebody new is signed in. The message lies about for 14 days and is passed on easily: it must not open an
    account that was there before, with everything else that it may do. The secret is empty then.
    """
    with transaction() as session:
        one_at_a_time(session, "making persons")
        found = offered(session, offer_id)
        if found is None:
            raise OfferEnded("withdrawn")
        where = Where(found.organisation_id, found.service_id)
        row = offer_row(session, where, offer_id)
        why = ended(row.state, row.ends_on < now.date()) if row else "withdrawn"
        if row is None or why:
            raise OfferEnded(why)
        row.state = "accepted"
        known = person_by_email(session, row.email_key)
        person = known or new_person(session, row.email, now)
        _give(session, where, cast("Role", row.role), person.id, now)
        if known:
            return ""
        secret = new_secret()
        begin_sign_in(session, person.id, "link", secret, browser, now)
        return secret


def ended(state: str, is_late: bool) -> str:
    """Why an offer opens nothing any more; empty while it does."""
    if state not in OPEN:
        return state
    return "late" if is_late else ""


def _give(session: Session, where: Where, role: Role, person: UUID, now: datetime) -> None:
    if held_by_person(session, where, role, person) is None:
        session.add(Membership(person_id=person, role=role, made_on=now.date(), **where.columns))
        note_deed(session, now, person, deed("role accepted", where, person, role))


def _leave_letter(session: Session, offer_id: UUID, now: datetime) -> None:
    """One message a minute at most, however often the button is pressed."""
    leave_job(session, "offer", f"offer:{offer_id}:{now:%Y%m%d%H%M}", offer_id, now)


def deed(what: str, where: Where, of: UUID | None = None, detail: str = "") -> Deed:
    return Deed(what, where.organisation_id, where.service_id, of, detail)
