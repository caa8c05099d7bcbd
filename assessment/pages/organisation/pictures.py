"""The pictures of a department as files, and the small ones of all of them as one."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from flask import abort
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from assessment.charts.picture import Picture
from assessment.charts.standalone import Frame, Key
from assessment.pages.organisation.beside import OWN
from assessment.pages.organisation.blueprint import blueprint
from assessment.pages.organisation.released import Released, released
from assessment.pages.organisation.show import chosen_sector
from assessment.pages.organisation.tally import Tally, tally
from assessment.pages.organisation.view import (
    DepartmentView,
    department_view,
    departments_drawn,
    in_sector,
    sector_name,
)
from assessment.pages.organisation.voices import CAPTIONS, chosen_voice
from assessment.pages.picture_files import picture_file
from assessment.pages.words import day, say
from assessment.questionnaire.message import Message
from assessment.store.records import Department

MEDIAN: Final = Message("Median of all the organisation’s services")
DEPARTMENTS: Final[Key] = (("us-line", Message("The department")), ("peer-line", MEDIAN))


@blueprint.get("/<uuid:department_id>/pictures/<picture>.svg")
def picture(organisation_id: UUID, department_id: UUID, picture: str) -> ResponseReturnValue:
    found = released(organisation_id, chosen_voice())
    wanted = found.department(department_id)
    view = department_view(found, wanted, 1) if wanted else None
    drawn = _drawn(view, picture) if view and view.is_shown else None
    if wanted is None or view is None or drawn is None:
        abort(404)
    frame = Frame(say(drawn[0].headline), drawn[1], _notes(found, wanted, view, picture))
    return picture_file(drawn[0], frame, f"department-{picture}")


@blueprint.get("/pictures/departments.svg")
def departments_picture(organisation_id: UUID) -> ResponseReturnValue:
    """Each department beside the organisation, side by side."""
    found = released(organisation_id, chosen_voice())
    sector = chosen_sector(found)
    drawn = departments_drawn(found, sector) or abort(404)
    whose = _("services in %(sector)s", sector=sector_name(sector)) if sector else ""
    said = ", ".join(filter(None, (found.organisation.name, whose, say(CAPTIONS[found.voice]))))
    counted = tally(in_sector(found, sector), found.voice)
    title = _("Each department beside the organisation")
    return picture_file(drawn, Frame(title, DEPARTMENTS, [f"{said}.", *_up_to(counted)]), "departments")


def _drawn(view: DepartmentView, picture: str) -> tuple[Picture, Key] | None:
    if picture == "radar":
        return view.radar, (("us-line", OWN), ("peer-line", MEDIAN))
    if picture == "ranges" and view.ranges:
        middle = Message("Middle half of the organisation’s services, and median")
        return view.ranges, (("us", OWN), ("middle", middle))
    if picture == "peers" and view.peers:
        return view.peers.picture, (("us", OWN), ("middle", Message("Peers’ middle half, and median")))
    return None


def _notes(found: Released, department: Department, view: DepartmentView, picture: str) -> list[str]:
    """Whose it is, in which voice, up to when, and beside whom."""
    notes = [f"{department.name}, {found.organisation.name}, {say(CAPTIONS[found.voice])}.", *_up_to(view.counted)]
    if picture == "peers" and view.peers:
        notes.append(
            _(
                "Beside %(group)s: at least %(num)d services, in the comparison of %(day)s.",
                group=view.peers.group,
                num=view.peers.services,
                day=day(view.peers.as_of),
            )
        )
    return notes


def _up_to(counted: Tally) -> list[str]:
    up_to = counted.up_to
    return [_("Results up to %(day)s. For learning, not for ranking.", day=day(up_to))] if up_to else []
