"""People with an account: each with a browser that is signed in already."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from flask import Flask

from assessment.store.addresses import email_key
from assessment.store.db import transaction
from assessment.store.models import Membership, Person, SignIn
from assessment.store.records import Role, SignInWay
from assessment.store.secrets import hash_of, new_secret
from tests.house.visitor import ORIGIN, Visitor

Held = tuple[Role, UUID | None]
"""A role and the organisation or service it is held in; None for one in the network."""


def make_person(app: Flask, email: str, *held: Held, name: str = "Ann Example") -> UUID:
    """A person with these roles."""
    person_id = uuid4()
    with app.app_context(), transaction() as session:
        session.add(Person(id=person_id, name=name, email=email, email_key=email_key(email), made_on=date(2026, 1, 1)))
        session.flush()
        for role, place in held:
            session.add(Membership(person_id=person_id, role=role, made_on=date(2026, 1, 1), **_where(role, place)))
    return person_id


def signed_in(app: Flask, *held: Held, email: str = "", way: SignInWay = "passkey") -> Visitor:
    """A browser at which a new person with these roles is signed in."""
    return signed_in_as(app, make_person(app, email or f"{uuid4().hex[:12]}@example.org", *held), way)


def signed_in_as(app: Flask, person_id: UUID, way: SignInWay = "passkey") -> Visitor:
    secret, moment = new_secret(), datetime.now(UTC)
    with app.app_context(), transaction() as session:
        session.add(SignIn(hash=hash_of(secret), person_id=person_id, way=way, began_at=moment, used_at=moment))
    visitor = Visitor(app)
    with visitor.client.session_transaction(base_url=ORIGIN) as cookie:
        cookie["sign_in"] = secret
    return visitor


def _where(role: Role, place: UUID | None) -> dict[str, UUID | None]:
    return {
        "service_id": place if role.startswith("service") else None,
        "organisation_id": place if role == "organisation lead" else None,
    }
