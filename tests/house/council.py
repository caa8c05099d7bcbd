"""An organisation put straight into the tables, with what its services released, and the visitor who holds its link."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from flask import Flask

from assessment.questionnaire.definition import Definition
from assessment.questionnaire.folder import find_definitions
from assessment.questionnaire.message import Message
from assessment.store.db import transaction
from assessment.store.messages import to_text
from assessment.store.models import Department, Link, Organisation, Release, ReleaseCell, Round, Service
from assessment.store.secrets import hash_of
from assessment.workflows.release_rows import apart_figures
from tests.house.people import signed_in
from tests.house.visitor import Page, Visitor

SECRET = "o" * 43
DAY = date(2026, 9, 1)


@dataclass
class Council:
    """An organisation put straight into the database, and the visitor who holds its link."""

    app: Flask
    confirmed: bool = True
    name: str = "Larkshire Council"
    secret: str = SECRET
    id: UUID = field(default_factory=uuid4)
    departments: dict[str, UUID] = field(default_factory=dict)

    def __post_init__(self) -> None:
        when = DAY if self.confirmed else None
        with self.app.app_context(), transaction() as session:
            session.add(
                Organisation(
                    id=self.id,
                    name=self.name,
                    name_key=self.name.casefold(),
                    kind="council",
                    nation="england",
                    region="south-west",
                    confirmed_on=when,
                )
            )
            session.add(Link(hash=hash_of(self.secret), purpose="organisation", of=self.id, made_on=DAY))

    def department(self, name: str) -> UUID:
        if name not in self.departments:
            with self.app.app_context(), transaction() as session:
                found = Department(id=uuid4(), organisation_id=self.id, name=name, name_key=name.casefold())
                session.add(found)
                self.departments[name] = found.id
        return self.departments[name]

    def service(
        self,
        name: str,
        department: str = "",
        levels: float | Sequence[float | None] | None = None,
        *,
        sector: str = "social-care",
        confirmed: bool = True,
        archived: bool = False,
    ) -> UUID:
        """A service; ``levels``: its score on each principle (one for all), None while it has no result."""
        at = self.department(department) if department else None
        id = uuid4()
        with self.app.app_context(), transaction() as session:
            session.add(
                Service(
                    id=id,
                    organisation_id=self.id,
                    department_id=at,
                    name=name,
                    sector=sector,
                    confirmed_on=DAY if confirmed else None,
                    archived_on=DAY if archived else None,
                )
            )
        if levels is not None:
            self.release(id, levels)
        return id

    def release(
        self, service: UUID, levels: float | Sequence[float | None], opened: date = DAY, version: int = 1
    ) -> None:
        asked = main(self.app)
        scores = [levels] * len(asked.principles) if isinstance(levels, float | int) else levels
        with self.app.app_context(), transaction() as session:
            round = _round(uuid4(), service, asked, opened)
            session.add(round)
            session.flush()
            release = _release(self.id, round.id, service, asked, opened, "together", version)
            session.add(release)
            session.flush()
            session.add_all(
                cell(release.id, f"shared/{p.id}", score) for p, score in zip(asked.principles, scores, strict=True)
            )

    def alone(
        self,
        service: UUID,
        staff: str = "",
        people: str = "",
        *,
        opened: date = DAY,
        agreed: bool = True,
        over: Mapping[str, str] | None = None,
    ) -> UUID:
        """A round held apart and released: one digit a person, the level that they gave to every statement. ``over``:
        what all of them said of some statements instead.
        """
        asked, round_id = main(self.app), uuid4()
        values = [
            (voice, {one.id: level for one in asked.on_form("short")} | dict(over or {}))
            for voice, levels in (("staff", staff), ("people", people))
            for level in levels
        ]
        with self.app.app_context(), transaction() as session:
            round = _round(round_id, service, asked, opened, apart=True, agreed=agreed)
            session.add(round)
            session.flush()
            release = _release(self.id, round_id, service, asked, opened, "apart")
            session.add(release)
            session.flush()
            figures = apart_figures(release.id, asked, round, values)
            session.add_all(ReleaseCell(**cell) for cell in figures.cells)
        return round_id

    def visitor(self) -> Visitor:
        visitor = Visitor(self.app)
        assert visitor.get(f"/link/{self.secret}").press("Continue").status == 200
        return visitor

    def lead(self) -> Visitor:
        return signed_in(self.app, ("organisation lead", self.id))

    def page(self, address: str = "") -> Page:
        return self.visitor().get(f"/organisation/{self.id}/{address}")


def cell(release: UUID, measure: str, score: float | None) -> ReleaseCell:
    value = None if score is None else round(score * 10)
    reason = (
        "" if score is not None else to_text(Message("No score: it needs a level for at least 1 of its 2 statements"))
    )
    return ReleaseCell(
        release_id=release, voice="together", measure=measure, value_x10=value, statements=2, reason=reason
    )


def main(app: Flask) -> Definition:
    return _main(app.config["QUESTIONNAIRES"])


@lru_cache(maxsize=2)
def _main(folder: Path) -> Definition:
    return next(one for one in find_definitions(folder) if one.id == "co-production")


def _round(
    id: UUID, service: UUID, asked: Definition, opened: date, apart: bool = False, agreed: bool = False
) -> Round:
    days: dict[str, Any] = (
        {"closes_on": opened + timedelta(days=21), "hear_by": opened + timedelta(days=42)} if apart else {}
    )
    return Round(
        id=id,
        service_id=service,
        questionnaire=asked.id,
        questionnaire_version=asked.version,
        language=asked.language,
        mode="apart" if apart else "together",
        form="short",
        state="released",
        k=5,
        k10=10,
        opened_on=opened,
        staff_present=2,
        people_present=2,
        agreed_on=opened + timedelta(days=22) if agreed else None,
        **days,
    )


def _release(
    organisation: UUID, round_id: UUID, service: UUID, asked: Definition, opened: date, mode: str, version: int = 1
) -> Release:
    return Release(
        id=uuid4(),
        round_id=round_id,
        version=version,
        released_on=opened + timedelta(days=1),
        service_id=service,
        organisation_id=organisation,
        questionnaire=asked.id,
        questionnaire_version=asked.version,
        mode=mode,
        form="short",
        sector="social-care",
        kind="council",
        nation="england",
        region="south-west",
        size="",
        k=5,
        k10=10,
        staff_present=2,
        people_present=2,
    )


def rows(page: Page) -> dict[str, str]:
    """What each line of the page's tables says, by the name it begins with."""
    assert page.tree is not None
    found = {}
    for row in page.tree.iter("tr"):
        head = row.find("th[@scope='row']")
        if head is not None:
            link = head.find("a")
            name = (head if link is None else link).text or ""
            found[name] = " ".join(" ".join(row.itertext()).split())
    return found


def order(page: Page) -> list[str]:
    return list(rows(page))
