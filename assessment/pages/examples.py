"""Made-up results to look at before starting, drawn by the very page that draws real ones."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml
from flask import current_app

from assessment.disclosure.benchmark import NO_MIDDLE_HALF
from assessment.disclosure.release import release_together
from assessment.disclosure.shown import Figure, Hidden, Peers, Shown
from assessment.pages.clock import today
from assessment.pages.definitions import MAIN, newest_definitions
from assessment.pages.result.peers import Cells
from assessment.pages.result.profile import Published
from assessment.questionnaire.answer import Answer
from assessment.questionnaire.definition import Definition
from assessment.scoring.response import Response
from assessment.store.records import PeerCell, Release, Round, Said, Snapshot

NOBODY = UUID(int=0)
OTHERS = {"n": "not-applicable", "d": "dont-know"}


@dataclass(frozen=True, slots=True)
class Example:
    """One made-up service: what it is called, what it answered, and its peers' figures if it has any."""

    name: str
    title: str
    say: str
    service: str
    organisation: str
    kind: str
    nation: str
    region: str
    sector: str
    people_present: int
    staff_present: int
    answers: list[str]
    safeguards: dict[str, str]
    peers: dict[str, Any] | None = None


def examples() -> tuple[Example, ...]:
    """The examples on offer: those of the main questionnaire, if that is in use."""
    return _examples(current_app.config["QUESTIONNAIRES"]) if main_definition() else ()


def published(example: Example, definition: Definition) -> Published:
    """What the example's service would have released."""
    given = [value for line in example.answers for value in line.split()]
    answers = {
        statement.id: Answer.parse(OTHERS.get(value, value), definition.top)
        for statement, value in zip(definition.statements, given, strict=True)
        if value != "-"
    }
    cells = release_together(definition, Response("together", "full", answers))
    said = [Said(f"statement/{name}", answer.other) for name, answer in answers.items() if answer.other]
    said += [Said(f"safeguard/{name}", answer) for name, answer in example.safeguards.items()]
    return Published(definition, "full", cells, said, {})


def cells(example: Example, definition: Definition) -> Cells:
    """Its peers: one group of its sector, under the rules of a real one."""
    given = example.peers
    if given is None:
        return {}
    return {
        ("full", f"sector:{example.sector}", principle.id): PeerCell(
            _peers(figures, given["services"]), given["services"], given["organisations"], None
        )
        for principle, figures in zip(definition.principles, given["figures"], strict=True)
    }


def release(example: Example) -> Release:
    return Release(
        id=NOBODY,
        version=1,
        released_on=today(),
        service_id=NOBODY,
        form="full",
        sector=example.sector,
        kind=example.kind,
        nation=example.nation,
        region=example.region,
        size="",
        staff_present=example.staff_present,
        people_present=example.people_present,
        snapshot_id=NOBODY,
    )


def as_round(example: Example, definition: Definition) -> Round:
    """The example as the result page knows a round: read-only, confirmed, sent today."""
    return Round(
        id=NOBODY,
        purpose="reader",
        state="released",
        form="full",
        questionnaire=(definition.id, definition.version, definition.language),
        draft_id=NOBODY,
        opened_on=today(),
        staff_present=example.staff_present,
        people_present=example.people_present,
        previous_id=None,
        shows_previous=False,
        service_id=NOBODY,
        service_name=example.service,
        sector=example.sector,
        organisation_id=NOBODY,
        organisation_name=example.organisation,
        organisation_confirmed=True,
        service_confirmed=True,
        kind=example.kind,
        nation=example.nation,
        region=example.region,
        size="",
    )


def snapshot(example: Example) -> Snapshot | None:
    return Snapshot(NOBODY, today().replace(day=1)) if example.peers else None


def _peers(figures: list[float | None], services: int) -> Peers:
    lower, median, upper = (_figure(value, services) for value in figures)
    return Peers(median, lower, upper)


def _figure(value: float | None, services: int) -> Figure:
    return Hidden(NO_MIDDLE_HALF) if value is None else Shown(value, n=services)


def main_definition() -> Definition | None:
    """The questionnaire that the examples answer, if it is in use."""
    return next((found for key, found in newest_definitions() if key[0] == MAIN), None)


@lru_cache(maxsize=4)
def _examples(folder: Path) -> tuple[Example, ...]:
    text = (folder / "examples.yaml").read_text(encoding="utf-8")
    return tuple(Example(**one) for one in yaml.load(text, Loader=yaml.CSafeLoader))
