"""A lead of the organisation says whether a service that a team started is theirs."""

from __future__ import annotations

from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from assessment.pages.clock import now
from assessment.pages.dimension_words import sector_name
from assessment.pages.holders import someone
from assessment.pages.service.blueprint import blueprint
from assessment.pages.stale import is_stale, stale_message
from assessment.pages.typed import MOST_CHARACTERS, typed_text
from assessment.store.db import reading
from assessment.store.queries.manage import ServiceListed, all_services
from assessment.store.queries.service import latest_claim, service_standing
from assessment.workflows.claims import NotAskedFor, accept_as, accept_service, decline_claim


@blueprint.route("/confirm", methods=["GET", "POST"])
def confirm(service_id: UUID) -> ResponseReturnValue:
    with reading() as session:
        found = service_standing(session, service_id)
        if found is None:
            abort(404)
        claim = latest_claim(session, service_id)
        services = all_services(session, found.organisation_id)
    if found.confirmed_on:
        return redirect(url_for("service.show", service_id=service_id))
    known = [one for one in services if one.confirmed_on and not one.archived_on]
    errors = {} if request.method != "POST" or is_stale() else _decided(service_id, known)
    if request.method == "POST" and not errors and not is_stale():
        return redirect(url_for("manage.show", organisation_id=found.organisation_id, done="decided"))
    page = render_template(
        "service/confirm.html",
        service=found,
        sector=sector_name(found.sector),
        claim=claim if claim and claim.state == "waiting" else None,
        known=known,
        typed=request.form.to_dict() | {"reason": typed_text("reason")},
        field_errors=errors,
        stale=stale_message() if is_stale() else "",
    )
    return page, 422 if errors else 200


def _decided(service_id: UUID, known: list[ServiceListed]) -> dict[str, str]:
    """Do what was chosen; what is wrong with it, by field."""
    chosen = request.form.get("decision", "")
    try:
        if chosen == "new":
            accept_service(service_id, someone().id, now())
            return {}
        if chosen == "known":
            return _joined(service_id, known)
        if chosen == "no":
            return _declined(service_id)
    except NotAskedFor:
        return {"decision": _("This was decided already, or the team asks no more. Go back to see how it stands.")}
    return {"decision": _("Choose what this service is.")}


def _joined(service_id: UUID, known: list[ServiceListed]) -> dict[str, str]:
    chosen = request.form.get("known", "")
    found = next((one for one in known if str(one.id) == chosen), None)
    if found is None:
        return {"known": _("Choose which of your services it is.")}
    accept_as(service_id, found.id, someone().id, now())
    return {}


def _declined(service_id: UUID) -> dict[str, str]:
    reason = typed_text("reason")
    if not reason:
        return {"reason": _("Write why, so that the team knows what to do.")}
    if len(reason) > MOST_CHARACTERS:
        return {"reason": _("Use no more than 2,000 characters.")}
    decline_claim(service_id, reason, someone().id, now())
    return {}
