"""What one voice of an organisation's services has released, read once for every page of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from flask import abort

from assessment.disclosure.release import ReleaseCell
from assessment.pages.definitions import newest_definitions
from assessment.questionnaire.definition import Definition
from assessment.scoring.response import VoiceName
from assessment.store.db import Session, reading
from assessment.store.queries.definitions import definition
from assessment.store.queries.organisation_view import (
    Among,
    Before,
    PeerCells,
    StatementCount,
    departments_in,
    low_statements,
    newest_peers,
    results_of,
    services_of,
)
from assessment.store.queries.places import organisation
from assessment.store.records import Department, Organisation, Service, ServiceResult

Key = tuple[str, str]
State = Literal["none", "scored", "words", "hidden"]


@dataclass(frozen=True, slots=True)
class Standing:
    """A service, what it released last, and what in the round before (where that is asked for)."""

    service: Service
    result: ServiceResult | None = None
    before: ServiceResult | None = None

    @property
    def released_on(self) -> date | None:
        return self.result.released_on if self.result else None

    @property
    def cells(self) -> Mapping[str, ReleaseCell]:
        """By principle; empty while there is no result."""
        return self.result.cells if self.result else {}

    def score_x10(self, principle: str) -> int | None:
        """What counts in a mean. "0.2 or below" counts as 0.2: it is at most that far from what was meant, and to
        leave out the services at either end would move the mean further. A word counts for nothing.
        """
        cell = self.cells.get(principle)
        return cell.value_x10 if cell else None

    @property
    def state(self) -> State:
        """What may be shown of it: scores, only words, or nothing. What was agreed together is always its own."""
        cells = self.cells.values()
        if any(cell.value_x10 is not None or cell.voice == "together" for cell in cells):
            return "scored"
        if any(cell.band for cell in cells):
            return "words"
        return "hidden" if self.result else "none"


@dataclass(frozen=True, slots=True)
class Released:
    """One voice of one organisation on one questionnaire. ``elsewhere`` counts the services that answered only
    another one.
    """

    organisation: Organisation
    voice: VoiceName
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

    def department(self, id: UUID) -> Department | None:
        return next((one for one in self.departments if one.id == id), None)

    @property
    def key(self) -> Key:
        return self.definition.id, self.definition.version


def released(organisation_id: UUID, voice: VoiceName, before: Before = "nobody") -> Released:
    """Everything the pages of this organisation show of a voice; 404 if there is no such organisation.

    ``before``: of which services also what was said alone the time before. What was agreed together has no interval,
    so that no change of it can be clear.
    """
    with reading() as session:
        found = organisation(session, organisation_id)
        if found is None:
            abort(404)
        services = services_of(session, organisation_id)
        known = {service.id for service in services}
        again = "nobody" if voice == "together" else before
        results = [one for one in results_of(session, organisation_id, voice, again) if one.service_id in known]
        asked = _definition(session, results)
    of_it = {(one.service_id, one.place): one for one in results if one.questionnaire[:2] == (asked.id, asked.version)}
    elsewhere = {one.service_id for one in results} - {service for service, _place in of_it}
    standings = tuple(Standing(one, of_it.get((one.id, 1)), of_it.get((one.id, 2))) for one in services)
    return Released(found, voice, asked, departments_in(services), standings, len(elsewhere))


def counts_of_statements(released: Released, low_x10: float, among: Among) -> tuple[StatementCount, ...]:
    with reading() as session:
        return low_statements(session, among, released.voice, released.key, low_x10)


def peers_of(released: Released, groups: Sequence[str]) -> tuple[date | None, PeerCells]:
    with reading() as session:
        return newest_peers(session, groups, released.key, released.voice)


def _definition(session: Session, results: Sequence[ServiceResult]) -> Definition:
    """The questionnaire that most services have answered: versions are never mixed in one table."""
    newest = [result for result in results if result.place == 1]
    if not newest:
        return next(iter(newest_definitions()))[1]
    services = Counter(result.questionnaire[:2] for result in newest)
    most: Key = max(services, key=lambda key: (services[key], key))
    return definition(session, next(r.questionnaire for r in newest if r.questionnaire[:2] == most))
