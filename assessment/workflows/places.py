"""Departments and services of an organisation: add, rename, move, put away and bring back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from assessment.store.db import Session, one_at_a_time, transaction
from assessment.store.models import Department, Service
from assessment.store.names import name_key, tidy
from assessment.store.queries.audit import Deed, note_deed
from assessment.store.queries.manage import department_of, services_named
from assessment.store.queries.places import department_row


class NameTaken(Exception):
    """There is one of this name here already; ``put_away`` if that one is not in use."""

    def __init__(self, put_away: bool = False) -> None:
        super().__init__("taken")
        self.put_away = put_away


class NoSuchDepartment(Exception):
    """The department is not one of this organisation's."""


@dataclass(frozen=True, slots=True)
class ServiceWords:
    """What is said of a service: its name, its sector and the department it is in."""

    name: str
    sector: str
    department_id: UUID | None


def add_department(organisation_id: UUID, new_id: UUID, name: str, by: UUID, now: datetime) -> None:
    """Add a department, unless this very one was added already. Raises NameTaken."""
    with transaction() as session:
        _alone(session, organisation_id)
        if session.get(Department, new_id):
            return
        _refuse_department(session, organisation_id, name)
        session.add(Department(id=new_id, organisation_id=organisation_id, name=tidy(name), name_key=name_key(name)))
        note_deed(session, now, by, Deed("department added", organisation_id, of=new_id, detail=tidy(name)))


def rename_department(organisation_id: UUID, department_id: UUID, name: str, by: UUID, now: datetime) -> None:
    """Raises NameTaken, and NoSuchDepartment."""
    with transaction() as session:
        _alone(session, organisation_id)
        row = _department(session, organisation_id, department_id)
        if row.name == tidy(name):
            return
        if row.name_key != name_key(name):
            _refuse_department(session, organisation_id, name)
        row.name, row.name_key = tidy(name), name_key(name)
        note_deed(session, now, by, Deed("department renamed", organisation_id, of=department_id, detail=row.name))


def put_department_away(organisation_id: UUID, department_id: UUID, away: bool, by: UUID, now: datetime) -> None:
    """Archive a department, or bring it back; its services stay as they are. Raises NoSuchDepartment."""
    with transaction() as session:
        _alone(session, organisation_id)
        row = _department(session, organisation_id, department_id)
        if (row.archived_on is not None) == away:
            return
        row.archived_on = now.date() if away else None
        what = "department archived" if away else "department brought back"
        note_deed(session, now, by, Deed(what, organisation_id, of=department_id, detail=row.name))


def add_service(organisation_id: UUID, new_id: UUID, words: ServiceWords, by: UUID, now: datetime) -> None:
    """Add a service, confirmed since a lead says so, unless this very one was added already.

    Raises NameTaken, and NoSuchDepartment.
    """
    with transaction() as session:
        _alone(session, organisation_id)
        if session.get(Service, new_id):
            return
        _check_department(session, organisation_id, words.department_id)
        if services_named(session, organisation_id, words.name, words.department_id):
            raise NameTaken
        session.add(
            Service(
                id=new_id,
                organisation_id=organisation_id,
                department_id=words.department_id,
                name=tidy(words.name),
                sector=words.sector,
                confirmed_on=now.date(),
            )
        )
        note_deed(session, now, by, Deed("service added", organisation_id, new_id, detail=tidy(words.name)))


def change_service(service_id: UUID, words: ServiceWords, by: UUID, now: datetime) -> None:
    """Rename a service, move it, or say another sector. Raises NameTaken, and NoSuchDepartment.

    What it released before keeps the sector of that day.
    """
    with transaction() as session:
        row = session.get_one(Service, service_id)
        _alone(session, row.organisation_id)
        _check_department(session, row.organisation_id, words.department_id)
        alike = services_named(session, row.organisation_id, words.name, words.department_id)
        if row.confirmed_on and set(alike) - {service_id}:
            raise NameTaken
        for what, detail in _changes(row, words):
            note_deed(session, now, by, Deed(what, row.organisation_id, service_id, detail=detail))
        row.name, row.sector, row.department_id = tidy(words.name), words.sector, words.department_id


def _changes(row: Service, words: ServiceWords) -> list[tuple[str, str]]:
    found = [
        (row.name != tidy(words.name), "service renamed", tidy(words.name)),
        (row.department_id != words.department_id, "service moved", ""),
        (row.sector != words.sector, "sector changed", words.sector),
    ]
    return [(what, detail) for is_new, what, detail in found if is_new]


def put_service_away(service_id: UUID, away: bool, by: UUID, now: datetime) -> None:
    """Archive a service, or bring it back. Raises NameTaken where another took its name meanwhile."""
    with transaction() as session:
        row = session.get_one(Service, service_id)
        _alone(session, row.organisation_id)
        if (row.archived_on is not None) == away:
            return
        if not away and services_named(session, row.organisation_id, row.name, row.department_id):
            raise NameTaken
        row.archived_on = now.date() if away else None
        what = "service archived" if away else "service brought back"
        note_deed(session, now, by, Deed(what, row.organisation_id, service_id, detail=row.name))


def _alone(session: Session, organisation_id: UUID) -> None:
    one_at_a_time(session, f"places of {organisation_id}")


def _department(session: Session, organisation_id: UUID, department_id: UUID) -> Department:
    row = department_of(session, organisation_id, department_id)
    if row is None:
        raise NoSuchDepartment
    return row


def _check_department(session: Session, organisation_id: UUID, department_id: UUID | None) -> None:
    if department_id is not None:
        _department(session, organisation_id, department_id)


def _refuse_department(session: Session, organisation_id: UUID, name: str) -> None:
    if (known := department_row(session, organisation_id, name)) is not None:
        raise NameTaken(known.archived_on is not None)
