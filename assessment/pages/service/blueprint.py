"""The blueprint that the pages of running a service hang on, and what they all need."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, g, url_for
from flask_babel import gettext as _

from assessment.pages.access import roles_here, this_place
from assessment.store.db import reading
from assessment.store.queries.service import ServiceStanding, service_standing

blueprint = Blueprint("service", __name__, url_prefix="/service/<uuid:service_id>")


@blueprint.context_processor
def frame() -> dict[str, object]:
    """What the top of every page here says: where one is, and the ways on from it. An error's page says nothing."""
    if "place" not in g:
        return {}
    place, roles = this_place(), roles_here()
    views: list[dict[str, object]] = [{"text": place.service_name, "href": _here(), "current": True}]
    if "organisation lead" in roles:
        manage = url_for("manage.show", organisation_id=place.organisation_id)
        views = [{"text": _("Manage"), "href": manage}, *views]
    views = [{"text": _("Your places"), "href": url_for("account.home")}, *views]
    return {"place": place, "roles": roles, "views": views, "here": _here()}


def _here() -> str:
    return url_for("service.show", service_id=this_place().service_id)


def standing(service_id: UUID) -> ServiceStanding:
    with reading() as session:
        found = service_standing(session, service_id)
    return found or abort(404)
