"""The result of a round held apart as files: every figure that the page shows, and why the others are hidden."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any, Final
from uuid import UUID

from flask import Response, redirect, url_for
from flask.typing import ResponseReturnValue

from assessment.disclosure.release import ReleaseCell
from assessment.pages.rounds.answers import open_to_see, who_took_part
from assessment.pages.rounds.blueprint import blueprint
from assessment.pages.rounds.sides import SIDES
from assessment.pages.words import say
from assessment.questionnaire.definition import Definition
from assessment.store.db import reading
from assessment.store.queries.apart import ApartRound
from assessment.store.queries.definitions import definition
from assessment.store.queries.releases import cells_of
from assessment.store.queries.taken_part import taken_part
from assessment.workflows.exports import cell_of

KINDS: Final = ("principle", "shared", "statement", "safeguard")
NOTES: Final = {
    "side": "people: people who use the service, families and community; staff: staff and partners. Never added up.",
    "kind": "principle: over all statements asked; shared: over those every form asks; statement; safeguard: a check "
    "for harm; perspective: what people said they are.",
    "value": "The mean, on the scale from 0; low and high: its 95 % interval. bound: the mean lies at or beyond it.",
    "band": "low, middle or high where nothing finer may be shown; of a perspective: about how many chose it.",
    "counts": "How many gave each answer, in the order of answers.",
    "hidden_because": "Why there is no figure. k and k10: from how many people scores and finer results are shown.",
}


@blueprint.get("/round/<uuid:round_id>/results.csv")
def results_csv(round_id: UUID) -> ResponseReturnValue:
    found = open_to_see(round_id)
    if found is None:
        return redirect(url_for("rounds.results", round_id=round_id))
    rows = _rows(found)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(rows[0])
    writer.writerows([_in_one_cell(value) for value in row.values()] for row in rows)
    # A mark that tells spreadsheets the text is UTF-8.
    return _file("\ufeff" + text.getvalue(), "text/csv; charset=utf-8", found, "csv")


@blueprint.get("/round/<uuid:round_id>/results.json")
def results_json(round_id: UUID) -> ResponseReturnValue:
    found = open_to_see(round_id)
    if found is None:
        return redirect(url_for("rounds.results", round_id=round_id))
    said = {"about": NOTES, "figures": _rows(found)}
    return _file(json.dumps(said, ensure_ascii=False, indent=1), "application/json", found, "json")


def _file(body: str, kind: str, found: ApartRound, ending: str) -> Response:
    name = f"round-{found.id}.{ending}"
    return Response(body, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _in_one_cell(value: Any) -> Any:
    return cell_of(" | ".join(str(one) for one in value) if isinstance(value, list) else value)


def _rows(found: ApartRound) -> list[dict[str, Any]]:
    with reading() as session:
        asked = definition(session, found.questionnaire)
        cells = cells_of(session, found.release_id)[0] if found.release_id else ()
        parts = {side: taken_part(session, found.id, side) for side in SIDES}
    names, about = _names(asked), _about(found)
    order = {name: place for place, name in enumerate(names)}
    ordered = sorted(cells, key=lambda cell: (SIDES.index(_side(cell)), order.get(cell.measure, 0), cell.measure))
    rows = [about | _row(cell, names, asked) for cell in ordered]
    for side in SIDES:
        told = who_took_part(side, asked, parts[side], found.k10)
        rows += [about | _empty(side, "perspective", name) | {"band": number} for name, number in told]
    return rows


def _side(cell: ReleaseCell) -> Any:
    return cell.voice


def _names(asked: Definition) -> Mapping[str, str]:
    """What each measure is called, in the questionnaire's order."""
    principles = {f"{kind}/{one.id}": one.name for kind in KINDS[:2] for one in asked.principles}
    statements = {f"statement/{one.id}": one.text for one in asked.statements}
    return principles | statements | {f"safeguard/{one.id}": one.question for one in asked.safeguards}


def _about(found: ApartRound) -> dict[str, Any]:
    questionnaire, version, _language = found.questionnaire
    return {
        "organisation": found.organisation_name,
        "service": found.service_name,
        "service_id": str(found.service_id),
        "round_id": str(found.id),
        "release_id": str(found.release_id),
        "released_on": str(found.released_on),
        "questionnaire": questionnaire,
        "version": version,
        "k": found.k,
        "k10": found.k10,
    }


def _empty(side: str, kind: str, name: str) -> dict[str, Any]:
    columns = ("id", "value", "low", "high", "bound", "band", "n", "statements", "agreement", "answers", "counts")
    return {"side": side, "kind": kind, "name": name, **dict.fromkeys(columns), "hidden_because": None}


def _row(cell: ReleaseCell, names: Mapping[str, str], asked: Definition) -> dict[str, Any]:
    kind, _, id = cell.measure.partition("/")
    return _empty(cell.voice, kind, names.get(cell.measure, id)) | {
        "id": id,
        "value": _level(cell.value_x10),
        "low": _level(cell.low_x10),
        "high": _level(cell.high_x10),
        "bound": cell.bound or None,
        "band": cell.band,
        "n": cell.n or None,
        "statements": cell.statements or None,
        "agreement": cell.agreement,
        "answers": list(_answers(kind, id, asked)) if cell.counts else None,
        "counts": list(cell.counts) or None,
        "hidden_because": say(cell.reason) if cell.reason else None,
    }


def _level(x10: int | None) -> float | None:
    return None if x10 is None else x10 / 10


def _answers(kind: str, id: str, asked: Definition) -> Iterator[str]:
    if kind == "statement":
        yield from (level.name for level in asked.scale)
        yield from ("does not apply", "left out")
    yield from (answer for one in asked.safeguards if kind == "safeguard" and one.id == id for answer in one.answers)
