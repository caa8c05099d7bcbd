"""The pages of one organisation: its overview, all its services, and each department."""

from __future__ import annotations

from uuid import UUID

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from assessment.pages.organisation.blueprint import blueprint
from assessment.pages.organisation.released import Released, released
from assessment.pages.organisation.rows import Rows
from assessment.pages.organisation.view import department_view, in_sector, listed, overview, parts_of, sectors
from assessment.pages.organisation.voices import chosen_voice
from assessment.pages.paging import page_number
from assessment.store.records import Department


@blueprint.get("/")
def show(organisation_id: UUID) -> ResponseReturnValue:
    found = released(organisation_id, chosen_voice(), before="without a department")
    sector = chosen_sector(found)
    view = overview(found, sector)
    return render_template(
        "organisation/show.html", released=found, view=view, sectors=sectors(found), sector=sector, voice=found.voice
    )


@blueprint.get("/services")
def services(organisation_id: UUID) -> ResponseReturnValue:
    """Every service of a large organisation, page by page."""
    found = released(organisation_id, chosen_voice())
    sector, department = chosen_sector(found), chosen_department(found)
    parts = parts_of(found, in_sector(found, sector))
    parts = tuple(part for part in parts if department is None or part.department == department)
    return render_template(
        "organisation/services.html",
        released=found,
        listed=listed(parts, Rows.of(found), page_number(request.args.get("page", ""))),
        sectors=sectors(found),
        sector=sector,
        department=department,
        voice=found.voice,
    )


@blueprint.get("/<uuid:department_id>")
def department(organisation_id: UUID, department_id: UUID) -> ResponseReturnValue:
    found = released(organisation_id, chosen_voice(), before=department_id)
    wanted = found.department(department_id)
    if wanted is None:
        abort(404)
    view = department_view(found, wanted, page_number(request.args.get("page", "")))
    return render_template(
        "organisation/department.html", released=found, department=wanted, view=view, voice=found.voice
    )


def chosen_sector(found: Released) -> str:
    """The sector asked for, if the organisation has services in it."""
    wanted = request.args.get("sector", "")
    return wanted if wanted in found.sectors else ""


def chosen_department(found: Released) -> Department | None:
    """The department asked for, if the organisation has it."""
    wanted = request.args.get("department", "")
    return next((one for one in found.departments if str(one.id) == wanted), None)
