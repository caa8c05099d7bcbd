"""A network put straight into the database, by the code that releases real results, and its snapshots."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy import func, select, update

from assessment.questionnaire.definition import Form
from assessment.store.db import reading, transaction
from assessment.store.models import Snapshot, SnapshotCell
from assessment.store.queries.definitions import definition, known_definitions
from assessment.store.records import Answered
from assessment.workflows.demo import DemoOrganisation, DemoRound, DemoService, write_organisations
from assessment.workflows.snapshots import Published, publish

AS_OF: Final = date(2026, 11, 1)
MONTH_BEFORE: Final = date(2026, 10, 1)
RECENT: Final = date(2026, 9, 15)
SINCE: Final = date(2020, 1, 1)


@dataclass
class Field:
    """A network put straight into the database, by the code that releases real results."""

    app: Flask

    def round(
        self, level: int = 2, day: date = RECENT, *, form: Form = "full", staff: int = 3, people: int = 3
    ) -> DemoRound:
        """One sitting that agreed on the same level everywhere."""
        with self.app.app_context(), reading(answers=True) as session:
            statements = _asked(session).on_form(form)
        said = tuple(Answered(statement.id, str(level), version=1) for statement in statements)
        return DemoRound(uuid4(), day, day, form, staff, people, said)

    def organisation(
        self, *services: list[DemoRound], kind: str = "council", sector: str = "housing", nation: str = "england"
    ) -> DemoOrganisation:
        """An organisation with a service for each list of rounds."""
        made = DemoOrganisation(
            uuid4(),
            f"Organisation {uuid4()}",
            kind,
            nation,
            f"{nation}-region",
            "large",
            SINCE,
            tuple(DemoService(uuid4(), f"Service {n}", sector, "", rounds) for n, rounds in enumerate(services)),
        )
        with self.app.app_context(), transaction(answers=True) as session:
            write_organisations(session, _asked(session), [made])
        return made

    def organisations(self, number: int, services: int, **where: str) -> list[DemoOrganisation]:
        """So many organisations with so many services each, at levels 0 to 3 in turn."""
        return [
            self.organisation(*([self.round((n + k) % 4)] for k in range(services)), **where) for n in range(number)
        ]

    def change(self, model: type[Any], id: UUID, **values: Any) -> None:
        with self.app.app_context(), transaction(answers=True) as session:
            session.execute(update(model).where(model.id == id).values(**values))

    def publish(self, as_of: date = AS_OF, today: date | None = None) -> Published:
        with self.app.app_context():
            return publish(as_of, today or as_of)

    def cells(self, cell: str = "network", form: str = "shared", as_of: date = AS_OF) -> list[SnapshotCell]:
        """The rows of one peer group, a principle each."""
        query = (
            select(SnapshotCell)
            .join(Snapshot, Snapshot.id == SnapshotCell.snapshot_id)
            .where(SnapshotCell.cell == cell, SnapshotCell.form == form, Snapshot.as_of == as_of)
        )
        with self.app.app_context(), reading(answers=True) as session:
            return list(session.scalars(query))

    def count(self, model: type[Any]) -> int:
        with self.app.app_context(), reading(answers=True) as session:
            return session.scalar(select(func.count()).select_from(model)) or 0


def _asked(session: Any) -> Any:
    return definition(session, known_definitions(session)[0])
