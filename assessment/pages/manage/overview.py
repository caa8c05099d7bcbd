"""What waits for the leads of an organisation, the ways to everything else, and what was done."""

from __future__ import annotations

from uuid import UUID

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from assessment.pages.dimension_words import kind_and_place
from assessment.pages.manage.blueprint import blueprint
from assessment.pages.trail import trail_page
from assessment.store.db import reading
from assessment.store.queries.manage import all_services, organisation_standing


@blueprint.get("/")
def show(organisation_id: UUID) -> ResponseReturnValue:
    with reading() as session:
        found = organisation_standing(session, organisation_id)
        services = all_services(session, organisation_id)
    if found is None:
        abort(404)
    waiting = [one for one in services if one.confirmed_on is None and one.archived_on is None]
    return render_template(
        "manage/show.html",
        organisation=found,
        said=kind_and_place(found.kind, found.nation, found.region),
        waiting=sorted(waiting, key=lambda one: one.claimed_on is None),
        done=request.args.get("done", ""),
    )


@blueprint.get("/trail")
def trail(organisation_id: UUID) -> ResponseReturnValue:
    return trail_page(organisation_id, "manage/trail.html")
