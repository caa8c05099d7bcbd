"""The rows of a release: what it is of, what it publishes, and what its scores are made of (read by no page)."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol, cast
from uuid import UUID, uuid4

from assessment.disclosure.release import ReleaseCell, release_together
from assessment.disclosure.release_apart import Voice, release_apart, release_safeguards
from assessment.disclosure.thresholds import thresholds
from assessment.questionnaire.answer import NOT_APPLICABLE, Answer
from assessment.questionnaire.definition import Definition, Form, Statement
from assessment.scoring.instrument import Given, ItemSums
from assessment.scoring.profile import profile
from assessment.scoring.response import Response, VoiceName
from assessment.store.alone import VOICES, form_for
from assessment.store.models import Organisation, Round, Service
from assessment.store.queries.releases import cell_row


class Limits(Protocol):
    """What a round held apart was opened with."""

    form: str
    k: int
    k10: int


@dataclass(frozen=True, slots=True)
class Figures:
    """The rows of ``release_cell`` and of ``release_moments`` of one release."""

    cells: Sequence[dict[str, Any]]
    moments: Sequence[dict[str, Any]]


def release_row(
    found: Round, service: Service, organisation: Organisation, version: int, today: date
) -> dict[str, Any]:
    """A release's own row: what it is of, with the dimensions copied in as they are today."""
    return {
        "id": uuid4(),
        "round_id": found.id,
        "version": version,
        "released_on": today,
        "service_id": service.id,
        "organisation_id": organisation.id,
        "questionnaire": found.questionnaire,
        "questionnaire_version": found.questionnaire_version,
        "mode": found.mode,
        "form": found.form,
        "sector": service.sector,
        "kind": organisation.kind,
        "nation": organisation.nation,
        "region": organisation.region,
        "size": organisation.size,
        "k": found.k,
        "k10": found.k10,
        "staff_present": found.staff_present,
        "people_present": found.people_present,
    }


def together_figures(release_id: UUID, asked: Definition, form: Form, values: Mapping[str, str]) -> Figures:
    """Of one agreed form: scores, levels, and the checks for harm."""
    response = _response(asked, "together", form, values)
    cells = tuple(_together_cells(release_id, asked, response, values))
    return Figures(cells, tuple(_moments(release_id, asked, [response], 1, _scored(cells, "together"))))


def apart_figures(
    release_id: UUID, asked: Definition, held: Limits, sent: Sequence[tuple[str, Mapping[str, str]]]
) -> Figures:
    """Of a round held apart, each voice by itself; ``sent`` is a voice and what one person answered."""
    limits = thresholds(held.k, held.k10)
    cells: list[dict[str, Any]] = []
    moments: list[dict[str, Any]] = []
    for name in VOICES:
        form = form_for(asked, name, cast("Form", held.form))
        voice = Voice(name, form, limits)
        said = [values for one, values in sent if one == name]
        responses = [_response(asked, name, form, values) for values in said]
        released = (*release_apart(asked, voice, responses), *release_safeguards(asked, voice, said))
        cells += [cell_row(release_id, cell) for cell in released]
        moments += _moments(release_id, asked, responses, limits.k, _scored(cells, name))
    return Figures(cells, moments)


def unpacked(answers: str) -> dict[str, str]:
    """The answers of a response as they are kept, by question."""
    return dict(json.loads(answers))


def _response(asked: Definition, voice: VoiceName, form: Form, values: Mapping[str, str]) -> Response:
    answers = {s.id: Answer.parse(values[s.id], asked.top) for s in asked.on_form(form) if s.id in values}
    return Response(voice, form, answers)


def _together_cells(
    release_id: UUID, asked: Definition, response: Response, values: Mapping[str, str]
) -> Iterator[dict[str, Any]]:
    for cell in release_together(asked, response):
        kind, _, name = cell.measure.partition("/")
        other = response.answers[name].other if kind == "statement" and name in response.answers else None
        yield cell_row(release_id, cell, other or "")
    for safeguard in asked.safeguards:
        if safeguard.id in values:
            counted = ReleaseCell("together", f"safeguard/{safeguard.id}", None, 1, 0)
            yield cell_row(release_id, counted, values[safeguard.id])


def _scored(cells: Iterable[Mapping[str, Any]], voice: str) -> frozenset[str]:
    """What a voice has a figure on, and not only a word or a reason."""
    return frozenset(one["measure"] for one in cells if one["voice"] == voice and one["value_x10"] is not None)


def _moments(
    release_id: UUID, asked: Definition, responses: Sequence[Response], least: int, scored: Collection[str]
) -> Iterator[dict[str, Any]]:
    """A row for each principle that has a figure, over the form's statements and over the shared ones.

    Of no other, for nothing is compared that has none, and the sum of one person's answers is their answer. With the
    sums of the form's statements, but of levels only where ``least`` responses are complete.
    """
    if not responses:
        return
    for kind, statements in (("principle", asked.on_form(responses[0].form)), ("shared", asked.shared)):
        for one in profile(asked, responses, statements).principles:
            if (measure := f"{kind}/{one.principle}") in scored:
                of_it = [statement for statement in statements if statement.principle == one.principle]
                yield {
                    "release_id": release_id,
                    "voice": responses[0].voice,
                    "measure": measure,
                    "n": one.n,
                    "s1": float(one.moments.s1),
                    "s2": float(one.moments.s2),
                    "items": _items(of_it, responses, least) if kind == "principle" else "",
                }


def _items(statements: Sequence[Statement], responses: Sequence[Response], least: int) -> str:
    sums = ItemSums(len(statements))
    for response in responses:
        sums.add([_given(response.answers.get(statement.id)) for statement in statements])
    return sums.without_few(least).packed


def _given(answer: Answer | None) -> Given:
    if answer is None:
        return None
    return NOT_APPLICABLE if answer.other == NOT_APPLICABLE else answer.level
