"""A team without an account asks its organisation to confirm the service."""

from __future__ import annotations

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assessment.pages.answer.blueprint import blueprint, this_round
from assessment.pages.clock import now
from assessment.pages.place_forms import ClaimForm
from assessment.pages.stale import is_stale, stale_message
from assessment.pages.typed import typed_text
from assessment.store.db import reading
from assessment.store.queries.roles import Where, count_holders
from assessment.store.queries.service import latest_claim
from assessment.workflows.claims import claim_service


@blueprint.route("/claim", methods=["GET", "POST"])
def claim(round_id: UUID) -> ResponseReturnValue:
    """Ask once; then see how that stands."""
    found, form = this_round(), ClaimForm()
    if not found.service_confirmed and form.validate_on_submit():
        claim_service(found.service_id, form.email.data, typed_text("note"), now())
        return redirect(url_for("answer.claim", round_id=round_id))
    with reading() as session:
        standing = latest_claim(session, found.service_id)
        leads = count_holders(session, Where(found.organisation_id), "organisation lead")
    page = render_template(
        "answer/claim.html",
        round=found,
        form=form,
        claim=standing,
        has_lead=leads > 0,
        asks=not found.service_confirmed and (standing is None or standing.state != "waiting"),
        stale=stale_message() if is_stale() else "",
    )
    return page, 422 if request.method == "POST" and form.errors else 200
