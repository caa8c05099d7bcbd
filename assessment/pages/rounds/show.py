"""One round: where it stands, how many have answered so far, and what comes next."""

from __future__ import annotations

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assessment.pages.access import roles_here
from assessment.pages.clock import today
from assessment.pages.rounds.blueprint import blueprint, found_round, my_hand
from assessment.store.db import reading
from assessment.store.queries.apart import counts_so_far
from assessment.store.queries.invitations import asked_by_state
from assessment.workflows.apart.plan import open_round


@blueprint.get("/round/<uuid:round_id>/")
def show(round_id: UUID) -> ResponseReturnValue:
    roles = roles_here()
    with reading() as session:
        found = found_round(session, round_id)
        so_far = counts_so_far(session, round_id)
        asked = asked_by_state(session, round_id)
    return render_template(
        "rounds/show.html",
        round=found,
        so_far=so_far,
        asked=asked,
        overdue=found.hear_by < today() and found.replied_on is None,
        stands="closed" if found.state == "open" and found.closes_on < today() else found.state,
        runs=bool(roles & {"service lead", "organisation lead"}),
        leads="service lead" in roles,
        back=url_for("service.show", service_id=found.service_id),
        planned="planned" in request.args,
    )


@blueprint.post("/round/<uuid:round_id>/open")
def open_now(round_id: UUID) -> ResponseReturnValue:
    with reading() as session:
        found_round(session, round_id)
    open_round(round_id, my_hand())
    return redirect(url_for("rounds.show", round_id=round_id))
