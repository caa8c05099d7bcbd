"""Who runs the organisation and its services."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from flask.typing import ResponseReturnValue

from assessment.pages.access import this_place
from assessment.pages.holders import Scope, change_offer, people_page, role_page
from assessment.pages.manage.blueprint import blueprint
from assessment.store.queries.roles import Where

BASE: Final = "manage/base.html"


def _scope(organisation_id: UUID) -> Scope:
    return Scope(Where(organisation_id), this_place().organisation_name, ("organisation lead",), "manage", BASE)


@blueprint.route("/people", methods=["GET", "POST"])
def people(organisation_id: UUID) -> ResponseReturnValue:
    return people_page(_scope(organisation_id))


@blueprint.post("/people/offer/<uuid:offer_id>")
def offer(organisation_id: UUID, offer_id: UUID) -> ResponseReturnValue:
    return change_offer(_scope(organisation_id), offer_id)


@blueprint.route("/people/<uuid:membership_id>", methods=["GET", "POST"])
def role(organisation_id: UUID, membership_id: UUID) -> ResponseReturnValue:
    return role_page(_scope(organisation_id), membership_id)
