"""Organisations, departments and services, made in one line; and what was done."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy import select

from assessment.store.db import reading, transaction
from assessment.store.models import Audit, Department, Organisation, Service
from assessment.store.names import name_key

DAY = date(2026, 1, 1)


def make_organisation(app: Flask, name: str = "Larkshire Council", **over: Any) -> UUID:
    """A confirmed organisation, unless ``over`` says otherwise."""
    values = {"kind": "council", "nation": "england", "region": "london", "size": "large", "confirmed_on": DAY} | over
    organisation_id = uuid4()
    with app.app_context(), transaction() as session:
        session.add(Organisation(id=organisation_id, name=name, name_key=name_key(name), **values))
    return organisation_id


def make_department(app: Flask, organisation_id: UUID, name: str) -> UUID:
    department_id = uuid4()
    with app.app_context(), transaction() as session:
        session.add(Department(id=department_id, organisation_id=organisation_id, name=name, name_key=name_key(name)))
    return department_id


def make_service(app: Flask, organisation_id: UUID, name: str, **over: Any) -> UUID:
    """A confirmed service, unless ``over`` says otherwise."""
    values = {"sector": "social-care", "confirmed_on": DAY} | over
    service_id = uuid4()
    with app.app_context(), transaction() as session:
        session.add(Service(id=service_id, organisation_id=organisation_id, name=name, **values))
    return service_id


def deeds_in(app: Flask) -> list[str]:
    """What was done, in order."""
    with app.app_context(), reading() as session:
        return list(session.scalars(select(Audit.what).order_by(Audit.at, Audit.id)))
