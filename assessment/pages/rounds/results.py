"""The result of a round held apart: both sides beside each other, never put together into one."""

from __future__ import annotations

from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from assessment.pages.access import roles_here
from assessment.pages.rounds.blueprint import blueprint, found_round
from assessment.pages.rounds.changes import changes
from assessment.pages.rounds.sides import SIDES, both, by_voice, one_side
from assessment.store.db import reading
from assessment.store.queries.apart import ApartRound, counts_so_far
from assessment.store.queries.definitions import definition
from assessment.store.queries.releases import cells_of, earlier_cells


@blueprint.get("/round/<uuid:round_id>/results")
def results(round_id: UUID) -> ResponseReturnValue:
    leads = "service lead" in roles_here()
    with reading() as session:
        found = found_round(session, round_id)
    if found.release_id is None:
        return redirect(url_for("rounds.show", round_id=round_id))
    if found.agreed_on is None:
        return render_template("rounds/agree.html", round=found, leads=leads)
    return _result(found, found.release_id, leads)


def _result(found: ApartRound, release_id: UUID, leads: bool) -> ResponseReturnValue:
    with reading() as session:
        asked = definition(session, found.questionnaire)
        cells = by_voice(cells_of(session, release_id)[0])
        counts = counts_so_far(session, found.id)
        earlier = earlier_cells(session, release_id)
    return render_template(
        "rounds/results.html",
        round=found,
        leads=leads,
        definition=asked,
        sides=[one_side(side, asked, cells) for side in SIDES],
        both=both(asked, cells),
        counts=counts,
        changes={side: changes(side, found, asked, cells, earlier) for side in SIDES},
        earlier=earlier,
    )
