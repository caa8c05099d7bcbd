"""The people of the demo network, one a role, who can be signed in as by a button."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID, uuid4

from assessment.store.addresses import email_key
from assessment.store.db import Session, transaction
from assessment.store.models import Membership, Person
from assessment.store.queries.demo import largest_organisation, newest_result, newest_round_apart, service_of_round
from assessment.store.queries.people import person_by_email
from assessment.store.queries.places import network_kind
from assessment.store.records import Role


@dataclass(frozen=True, slots=True)
class DemoPerson:
    name: str
    email: str


DEMO_PEOPLE: Final[Mapping[Role, DemoPerson]] = {
    "service member": DemoPerson("Ellis Marsh", "ellis@larkshire.example"),
    "service lead": DemoPerson("Noor Hadley", "noor@larkshire.example"),
    "organisation lead": DemoPerson("Jo Tanner", "jo@larkshire.example"),
    "network analyst": DemoPerson("Robin Fell", "robin@network.example"),
    "network admin": DemoPerson("Alex Brook", "alex@network.example"),
}


def demo_person(role: Role, today: date) -> UUID | None:
    """The person of this role, made if they are not there yet; None on an installation that is no demo."""
    with transaction() as session:
        if network_kind(session) != "demo":
            return None
        return _person(session, role, today)


def make_demo_people(session: Session, today: date) -> None:
    """Make those who are not there yet, inside a transaction on a demo installation."""
    for role in DEMO_PEOPLE:
        _person(session, role, today)


def _person(session: Session, role: Role, today: date) -> UUID | None:
    wanted = DEMO_PEOPLE[role]
    if known := person_by_email(session, email_key(wanted.email)):
        return known.id
    places = _places(session, role)
    if not places:
        return None
    new = Person(id=uuid4(), name=wanted.name, email=wanted.email, email_key=email_key(wanted.email), made_on=today)
    session.add(new)
    session.flush()
    session.add_all(Membership(person_id=new.id, role=role, made_on=today, **place) for place in places)
    return new.id


def _places(session: Session, role: Role) -> Sequence[Mapping[str, UUID]]:
    """The network, its largest organisation, or services of that; none where there is no such thing."""
    if role.startswith("network"):
        return ({},)
    organisation = largest_organisation(session)
    if organisation is None:
        return ()
    if role == "organisation lead":
        return ({"organisation_id": organisation.id},)
    return [{"service_id": one} for one in _services_to_see(session, organisation.id)]


def _services_to_see(session: Session, organisation_id: UUID) -> Sequence[UUID]:
    """The service that answered together last, one whose people answer alone now, and one of whom they did."""
    found = (
        newest_result(session, organisation_id),
        newest_round_apart(session, organisation_id, "open"),
        newest_round_apart(session, organisation_id, "released"),
    )
    services = [service_of_round(session, one.id) for one in found if one]
    return list(dict.fromkeys(services))
