"""Who runs a service."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from flask.typing import ResponseReturnValue

from assessment.pages.access import roles_here, this_place
from assessment.pages.holders import Scope, change_offer, people_page, role_page
from assessment.pages.service.blueprint import blueprint
from assessment.store.queries.roles import Where

BASE: Final = "service/base.html"


def _scope(service_id: UUID) -> Scope:
    place = this_place()
    where = Where(place.organisation_id, service_id)
    manages = bool(roles_here() & {"service lead", "organisation lead"})
    return Scope(where, place.service_name, ("service member", "service lead"), "service", BASE, manages)


@blueprint.route("/people", methods=["GET", "POST"])
def people(service_id: UUID) -> ResponseReturnValue:
    return people_page(_scope(service_id))


@blueprint.post("/people/offer/<uuid:offer_id>")
def offer(service_id: UUID, offer_id: UUID) -> ResponseReturnValue:
    return change_offer(_scope(service_id), offer_id)


@blueprint.route("/people/<uuid:membership_id>", methods=["GET", "POST"])
def role(service_id: UUID, membership_id: UUID) -> ResponseReturnValue:
    return role_page(_scope(service_id), membership_id)
