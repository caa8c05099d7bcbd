"""Accounts: made by an operator or at a first sign-in, renamed, erased. Roles are given, never claimed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from assessment.store.addresses import email_key
from assessment.store.db import Session, one_at_a_time, transaction
from assessment.store.models import Membership, Person
from assessment.store.queries.accounts import HeldPlace, leave_nothing_of, places_of, sole_leads
from assessment.store.queries.audit import Deed, note_deed
from assessment.store.queries.people import person_by_email, person_row
from assessment.store.queries.roles import Where, held_by_person
from assessment.store.queries.sign_ins import end_all_sign_ins
from assessment.store.records import Role
from assessment.workflows.organisations import Meant, confirmed_row


class LastLead(Exception):
    """Some places would be left without a lead."""

    def __init__(self, places: Sequence[HeldPlace]) -> None:
        super().__init__("the last lead")
        self.places = tuple(places)


class NoSuchPerson(LookupError):
    """Nobody has this address."""


def rename(person_id: UUID, name: str, now: datetime) -> None:
    with transaction() as session:
        person_row(session, person_id).name = name
        note_deed(session, now, person_id, Deed("changed their name", of=person_id))


def erase(person_id: UUID, now: datetime) -> None:
    """Erase an account. Raises LastLead where that would leave a place without anyone to lead it."""
    with transaction() as session:
        _alone_in_all_places(session, person_id)
        leading = sole_leads(session, person_id)
        if leading:
            raise LastLead(leading)
        leave_nothing_of(session, person_row(session, person_id), now.date())
        note_deed(session, now, person_id, Deed("erased their account", of=person_id))


def _alone_in_all_places(session: Session, person_id: UUID) -> None:
    """Two leads of one place who leave at once, in whatever way, must not both find the other still there."""
    places = {Where(one.organisation_id, one.service_id) for one in places_of(session, person_id)}
    for where in sorted(map(str, places)):
        one_at_a_time(session, f"roles {where}")


def erase_by_email(address: str, now: datetime) -> None:
    """The same at an operator's word. Raises NoSuchPerson, LastLead."""
    with transaction() as session:
        person_id = _with_address(session, address)
    erase(person_id, now)


def sign_out_by_email(address: str, now: datetime) -> None:
    """End every sign-in of whoever has this address, at an operator's word. Raises NoSuchPerson."""
    with transaction() as session:
        person_id = _with_address(session, address)
        end_all_sign_ins(session, person_id)
        note_deed(session, now, None, Deed("was signed out", of=person_id))


def _with_address(session: Session, address: str) -> UUID:
    found = person_by_email(session, email_key(address))
    if found is None:
        raise NoSuchPerson(address)
    return found.id


def add_person(address: str, role: Role, organisation: Meant | None, now: datetime) -> bool:
    """Give a role to whoever has this address, who may be new here; return whether it is a new role for them.

    ``organisation`` is a confirmed one, for its lead. Raises UnknownOrganisation, SeveralOrganisations, NotConfirmed.
    """
    with transaction() as session:
        place = confirmed_row(session, organisation).id if organisation else None
        person = person_by_email(session, email_key(address)) or new_person(session, address, now)
        where = Where(place)
        if held_by_person(session, where, role, person.id):
            return False
        session.add(Membership(person_id=person.id, role=role, made_on=now.date(), **where.columns))
        note_deed(session, now, None, Deed("gave a role", organisation_id=place, of=person.id, detail=role))
        return True


def new_person(session: Session, address: str | None, now: datetime, name: str = "") -> Person:
    """A person without any role."""
    person = Person(id=uuid4(), name=name, made_on=now.date())
    person.email, person.email_key = (address.strip(), email_key(address)) if address else (None, None)
    session.add(person)
    session.flush()
    return person
