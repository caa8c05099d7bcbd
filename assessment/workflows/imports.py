"""Take in a list of departments and services: first what would happen, then just that, all or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from uuid import UUID, uuid4

from assessment.questionnaire.message import Message
from assessment.store.db import Session, one_at_a_time, transaction
from assessment.store.models import Department, Service
from assessment.store.names import name_key
from assessment.store.queries.audit import Deed, note_deed
from assessment.store.queries.manage import ServiceListed, all_services, department_rows
from assessment.workflows.place_list import Fault, Line


class ListChanged(Exception):
    """What the list would do now is not what was shown."""


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What taking in a list does: which departments and services it adds, and which are there already."""

    departments: tuple[str, ...]
    services: tuple[Line, ...]
    unchanged: int
    faults: tuple[Fault, ...]

    @property
    def digest(self) -> str:
        """Two plans that do the same have the same digest."""
        said = (self.departments, [(one.department, one.service, one.sector) for one in self.services])
        return sha256(repr(said).encode()).hexdigest()

    @property
    def adds(self) -> bool:
        return bool(self.departments or self.services)


@dataclass(slots=True)
class _Known:
    """What an organisation has, by its names' keys."""

    departments: dict[str, Department]
    services: dict[tuple[str, str], ServiceListed]
    new: dict[str, str] = field(default_factory=dict)


def plan_import(session: Session, organisation_id: UUID, lines: Sequence[Line]) -> ImportPlan:
    """What would happen, and the lines that cannot be taken in."""
    known = _known(session, organisation_id)
    services, faults, unchanged = [], [], 0
    for line in lines:
        if message := next(_faults(known, line), None):
            faults.append(Fault(line.number, message))
            continue
        is_new = _notes_department(known, line.department)
        if line.service and _service(known, line) is None:
            services.append(line)
        elif line.service or not is_new:
            unchanged += 1
    return ImportPlan(tuple(known.new.values()), tuple(services), unchanged, tuple(faults))


def import_places(organisation_id: UUID, lines: Sequence[Line], digest: str, by: UUID, now: datetime) -> ImportPlan:
    """Do what the plan of this digest says; services are confirmed, since a lead names them. Raises ListChanged.

    Doing it twice changes nothing: the second time everything is there.
    """
    with transaction() as session:
        one_at_a_time(session, f"places of {organisation_id}")
        plan = plan_import(session, organisation_id, lines)
        if not plan.adds and not plan.faults:
            return plan
        if plan.faults or plan.digest != digest:
            raise ListChanged
        _write(session, organisation_id, plan, now)
        detail = f"{len(plan.departments)}, {len(plan.services)}"
        note_deed(session, now, by, Deed("list imported", organisation_id, detail=detail))
        return plan


def _known(session: Session, organisation_id: UUID) -> _Known:
    departments = department_rows(session, organisation_id)
    keys = {row.id: row.name_key for row in departments}
    services = {
        (keys.get(one.department_id, "") if one.department_id else "", name_key(one.name)): one
        for one in sorted(all_services(session, organisation_id), key=lambda one: one.archived_on is None)
        if one.confirmed_on
    }
    return _Known({row.name_key: row for row in departments}, services)


def _service(known: _Known, line: Line) -> ServiceListed | None:
    return known.services.get((name_key(line.department), name_key(line.service)))


def _notes_department(known: _Known, name: str) -> bool:
    """Whether this line is the first to name a new department."""
    key = name_key(name)
    if not key or key in known.departments or key in known.new:
        return False
    known.new[key] = name
    return True


def _faults(known: _Known, line: Line) -> Iterator[Message]:
    department, service = known.departments.get(name_key(line.department)), _service(known, line)
    away = Message("{name} is archived. Bring it back on its own page first, or take the line out.")
    if department and department.archived_on:
        yield Message(away.text, {"name": department.name})
    if service and service.archived_on:
        yield Message(away.text, {"name": service.name})
    elif service and service.sector != line.sector:
        yield Message(
            "{name} is there already, with the sector “{sector}”. Write that, or change it on its own page first.",
            {"name": service.name, "sector": service.sector},
        )


def _write(session: Session, organisation_id: UUID, plan: ImportPlan, now: datetime) -> None:
    ids = {row.name_key: row.id for row in department_rows(session, organisation_id)}
    for name in plan.departments:
        ids[name_key(name)] = new_id = uuid4()
        session.add(Department(id=new_id, organisation_id=organisation_id, name=name, name_key=name_key(name)))
    session.flush()
    session.add_all(
        Service(
            organisation_id=organisation_id,
            department_id=ids.get(name_key(line.department)),
            name=line.service,
            sector=line.sector,
            confirmed_on=now.date(),
        )
        for line in plan.services
    )
