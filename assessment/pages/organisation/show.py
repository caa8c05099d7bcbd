"""The pages of one organisation: its overview, all its services, and each department."""

from __future__ import annotations

from uuid import UUID

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from assessment.pages.organisation.blueprint import blueprint
from assessment.pages.organisation.released import Released, released
from assessment.pages.organisation.view import department_view, in_sector, overview, sectors, service_tables


@blueprint.get("/")
def show(organisation_id: UUID) -> ResponseReturnValue:
    found = released(organisation_id)
    sector = _sector(found)
    return render_template("organisation/show.html", released=found, view=overview(found, sector), sector=sector)


@blueprint.get("/services")
def services(organisation_id: UUID) -> ResponseReturnValue:
    """Every service of a large organisation, on a page of their own."""
    found = released(organisation_id)
    sector = _sector(found)
    return render_template(
        "organisation/services.html",
        released=found,
        tables=service_tables(found, sector),
        listed=len(in_sector(found, sector)),
        sectors=sectors(found),
        sector=sector,
    )


@blueprint.get("/<uuid:department_id>")
def department(organisation_id: UUID, department_id: UUID) -> ResponseReturnValue:
    found = released(organisation_id)
    wanted = next((one for one in found.departments if one.id == department_id), None)
    if wanted is None:
        abort(404)
    return render_template(
        "organisation/department.html", released=found, department=wanted, view=department_view(found, wanted)
    )


def _sector(found: Released) -> str:
    """The sector asked for, if the organisation has services in it."""
    wanted = request.args.get("sector", "")
    return wanted if wanted in found.sectors else ""
