"""The blueprint that the pages of running a service hang on, and what they all need."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, g, url_for

from assessment.pages.access import roles_here, this_place
from assessment.store.db import reading
from assessment.store.queries.service import ServiceStanding, service_standing

blueprint = Blueprint("service", __name__, url_prefix="/service/<uuid:service_id>")


@blueprint.context_processor
def frame() -> dict[str, object]:
    """What the top of every page here says: where one is. An error's page says nothing."""
    if "place" not in g:
        return {}
    here = url_for("service.show", service_id=this_place().service_id)
    return {"place": this_place(), "roles": roles_here(), "here": here}


def standing(service_id: UUID) -> ServiceStanding:
    with reading() as session:
        found = service_standing(session, service_id)
    return found or abort(404)
