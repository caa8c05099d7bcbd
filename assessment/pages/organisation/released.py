"""What an organisation's services have released, read once for every page of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import abort

from assessment.disclosure.release import ReleaseCell
from assessment.pages.definitions import newest_definitions
from assessment.questionnaire.definition import Definition
from assessment.store.db import Session, reading
from assessment.store.queries.definitions import definition
from assessment.store.queries.organisation_view import departments_of, latest_results, services_of
from assessment.store.queries.places import organisation
from assessment.store.records import Department, Organisation, Service, ServiceResult

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Standing:
    """A service and what it released last; ``cells`` by principle, empty while there is no result."""

    service: Service
    released_on: date | None
    cells: Mapping[str, ReleaseCell]

    def score_x10(self, principle: str) -> int | None:
        cell = self.cells.get(principle)
        return cell.value_x10 if cell else None


@dataclass(frozen=True, slots=True)
class Released:
    """One organisation on one questionnaire. ``elsewhere`` counts the services that answered only another one."""

    organisation: Organisation
    definition: Definition
    departments: tuple[Department, ...]
    standings: tuple[Standing, ...]
    elsewhere: int

    def scores_x10(self, principle: str) -> list[int]:
        """Every released score of the organisation, in tenths of a level."""
        found = (standing.score_x10(principle) for standing in self.standings)
        return [score for score in found if score is not None]

    @property
    def sectors(self) -> tuple[str, ...]:
        return tuple(sorted({standing.service.sector for standing in self.standings}))


def released(organisation_id: UUID) -> Released:
    """Everything the pages of this organisation show; 404 if there is no such organisation."""
    with reading() as session:
        found = organisation(session, organisation_id)
        if found is None:
            abort(404)
        departments = departments_of(session, organisation_id)
        services = services_of(session, organisation_id)
        known = {service.id for service in services}
        results = [result for result in latest_results(session, organisation_id) if result.service_id in known]
        asked = _definition(session, results)
    of_it = {r.service_id: r for r in results if r.questionnaire[:2] == (asked.id, asked.version)}
    elsewhere = {result.service_id for result in results} - set(of_it)
    standings = tuple(_standing(service, of_it.get(service.id)) for service in services)
    return Released(found, asked, departments, standings, len(elsewhere))


def _definition(session: Session, results: Sequence[ServiceResult]) -> Definition:
    """The questionnaire that most services have answered: versions are never mixed in one table."""
    if not results:
        return next(iter(newest_definitions()))[1]
    services = Counter(result.questionnaire[:2] for result in results)
    most: Key = max(services, key=lambda key: (services[key], key))
    return definition(session, next(r.questionnaire for r in results if r.questionnaire[:2] == most))


def _standing(service: Service, result: ServiceResult | None) -> Standing:
    return Standing(service, result.released_on, result.cells) if result else Standing(service, None, {})
