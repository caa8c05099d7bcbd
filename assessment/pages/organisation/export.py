"""One voice of the organisation as files: every figure that its pages show, and why the others are not there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from uuid import UUID

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from assessment.disclosure.release import ReleaseCell
from assessment.disclosure.shown import Figure, Hidden, Shown
from assessment.pages.clock import today
from assessment.pages.files import Cell, Kind, Sheet, file_response
from assessment.pages.organisation.blueprint import blueprint
from assessment.pages.organisation.figures import Figures, group, medians, middle
from assessment.pages.organisation.low import held_back
from assessment.pages.organisation.released import Released, Standing, released
from assessment.pages.organisation.rows import why_none
from assessment.pages.organisation.show import chosen_sector
from assessment.pages.organisation.view import in_sector, parts_of, sector_name
from assessment.pages.organisation.voices import chosen_voice
from assessment.pages.words import say
from assessment.store.queries.organisation_view import Among

Row = tuple[Cell, ...]
SERVICES: Final = (
    *("department", "department_id", "service", "service_id", "sector", "round_id", "released_on", "form"),
    *("principle_id", "principle", "value", "low", "high", "bound", "band", "n", "statements", "hidden_because"),
)
DEPARTMENTS: Final = (
    *("figure", "department", "department_id", "services", "principle_id", "principle", "value", "services_behind"),
    "hidden_because",
)
HELD_BACK: Final = ("statement_id", "statement", "principle_id", "principle", "services_low", "services_shown")


@blueprint.get("/figures.<any(csv, xlsx, json):kind>")
def figures(organisation_id: UUID, kind: Kind) -> ResponseReturnValue:
    found = released(organisation_id, chosen_voice())
    sector = chosen_sector(found)
    about = (*about_of(found), ("only_sector", sector or None))
    sheets = [
        Sheet("services", SERVICES, _services(found, sector), about),
        Sheet("departments", DEPARTMENTS, _departments(found, sector), about),
        Sheet("what holds many back", HELD_BACK, _held_back(found, sector), about),
    ]
    return file_response(f"{found.organisation.name} {found.voice} {today()}", sheets, kind)


def about_of(found: Released) -> tuple[tuple[str, Cell], ...]:
    """Whose figures they are, and what they are of."""
    asked = found.definition
    return (
        ("organisation", found.organisation.name),
        ("organisation_id", str(found.organisation.id)),
        ("voice", found.voice),
        ("questionnaire", asked.id),
        ("version", asked.version),
        ("scale", f"0-{asked.top}"),
        ("basis", f"the {len(asked.shared)} statements that every form asks"),
        ("period", "the newest result of each service, up to this day"),
        ("day", today()),
        ("mean", "plain mean of services, from 3; a bound counts as its value, a band not at all"),
    )


def _services(found: Released, sector: str) -> Iterator[Row]:
    names = {one.id: one.name for one in found.departments}
    for standing in in_sector(found, sector):
        own = standing.service
        about = (names.get(own.department_id) if own.department_id else None, _id(own.department_id))
        yield from _of_service(found, standing, (*about, own.name, str(own.id), sector_name(own.sector)))


def _of_service(found: Released, standing: Standing, about: Row) -> Iterator[Row]:
    result = standing.result
    if result is None:
        yield (*about, *(None,) * (len(SERVICES) - len(about) - 1), why_none(standing, found.voice))
        return
    about = (*about, str(result.round_id), result.released_on, result.form)
    for principle in found.definition.principles:
        yield (*about, principle.id, principle.name, *_cell(result.cells.get(principle.id)))


def _cell(cell: ReleaseCell | None) -> Row:
    """Value, ends, bound, band, n, statements, and why there is no value."""
    if cell is None:
        return (*(None,) * 7, _("No score"))
    figure = cell.figure
    if isinstance(figure, Hidden):
        return (None, None, None, None, cell.band, cell.n or None, cell.statements or None, say(figure.reason))
    n = None if cell.voice == "together" else figure.n
    return (figure.value, figure.low, figure.high, figure.bound or None, None, n, figure.statements or None, None)


def _departments(found: Released, sector: str) -> Iterator[Row]:
    standings = in_sector(found, sector)
    if found.departments:
        for part in parts_of(found, standings):
            id = _id(part.department.id if part.department else None)
            own = group(found.definition, part.standings)
            yield from _of_group(found, ("mean", part.name, id, own.services), own.figures)
    whole = group(found.definition, standings)
    yield from _of_group(found, ("mean", _("All"), None, whole.services), whole.figures)
    centre = medians(middle(found))
    yield from _of_group(found, ("median", _("All of the organisation"), None, len(found.standings)), centre)


def _of_group(found: Released, about: Row, by_principle: Figures) -> Iterator[Row]:
    for principle in found.definition.principles:
        yield (*about, principle.id, principle.name, *mean_cells(by_principle[principle.id]))


def mean_cells(figure: Figure) -> Row:
    """Value, services behind it, and why there is none."""
    if isinstance(figure, Shown):
        return figure.value, figure.n, None
    return None, None, say(figure.reason)


def _held_back(found: Released, sector: str) -> Iterator[Row]:
    for principle in held_back(found, Among(found.organisation.id, sector)).principles:
        for one in principle.statements:
            yield one.id, one.text, principle.id, principle.name, one.low, one.shown


def _id(found: UUID | None) -> str | None:
    return str(found) if found else None
