"""Where each service's rounds stand, as files: the list of the page, every page of it, as it was asked for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from uuid import UUID

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from assessment.pages.access import this_place
from assessment.pages.clock import today
from assessment.pages.files import Cell, Kind, Sheet, file_response
from assessment.pages.organisation.blueprint import blueprint
from assessment.pages.organisation.progress import Asked, ServiceProgress, asked
from assessment.pages.organisation.view import sector_name

COLUMNS: Final = (
    *("department", "department_id", "service", "service_id", "sector"),
    *("under_way", "last_round", "last_result_on", "friendly_word"),
)


@blueprint.get("/progress.<any(csv, xlsx, json):kind>")
def progress_file(organisation_id: UUID, kind: Kind) -> ResponseReturnValue:
    """For the organisation's leads alone, as the page is."""
    found = asked(organisation_id)
    sheet = Sheet("progress", COLUMNS, _rows(found), _about(organisation_id, found))
    return file_response(f"{this_place().organisation_name} rounds {today()}", [sheet], kind)


def _about(organisation_id: UUID, found: Asked) -> tuple[tuple[str, Cell], ...]:
    return (
        ("organisation", this_place().organisation_name),
        ("organisation_id", str(organisation_id)),
        ("only_sector", found.sector or None),
        ("only_department", found.department.name if found.department else None),
        ("only", _("Where a friendly word may help") if found.only else None),
        ("day", today()),
    )


def _rows(found: Asked) -> Iterator[tuple[Cell, ...]]:
    return (_row(one) for one in found.wanted)


def _row(one: ServiceProgress) -> tuple[Cell, ...]:
    service = one.service
    department = (service.department_name or None, str(service.department_id) if service.department_id else None)
    words = (one.now_words, one.last_words, one.last_result_on, one.friendly_words or None)
    return (*department, service.name, str(service.id), sector_name(service.sector), *words)
