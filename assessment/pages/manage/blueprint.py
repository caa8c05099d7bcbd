"""The blueprint that the pages of running an organisation hang on, and what they all need."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, g, url_for

from assessment.pages.access import roles_here, this_place
from assessment.store.db import reading
from assessment.store.queries.manage import OrganisationStanding, organisation_standing

blueprint = Blueprint("manage", __name__, url_prefix="/manage/<uuid:organisation_id>")


@blueprint.context_processor
def frame() -> dict[str, object]:
    """What the top of every page here says: where one is. An error's page says nothing."""
    if "place" not in g:
        return {}
    organisation_id = this_place().organisation_id
    is_lead = "organisation lead" in roles_here()
    here = url_for("manage.show", organisation_id=organisation_id)
    return {"place": this_place(), "is_lead": is_lead, "here": here}


def standing(organisation_id: UUID) -> OrganisationStanding:
    with reading() as session:
        found = organisation_standing(session, organisation_id)
    return found or abort(404)
