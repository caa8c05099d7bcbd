"""The result of a round held apart: both sides, each beside its peers, never put together into one."""

from __future__ import annotations

from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from assessment.pages.access import roles_here
from assessment.pages.rounds.answers import INSIDE
from assessment.pages.rounds.blueprint import blueprint
from assessment.pages.rounds.changes import changes
from assessment.pages.rounds.course import ALONE, course_of
from assessment.pages.rounds.seen import chosen, found_result, seen
from assessment.pages.rounds.sides import SIDES, both
from assessment.pages.rounds.wishes import wishes
from assessment.store.queries.apart_result import ApartResult
from assessment.store.records import Release


@blueprint.get("/round/<uuid:round_id>/results")
def results(round_id: UUID) -> ResponseReturnValue:
    leads, found = "service lead" in roles_here(), found_result(round_id)
    if found.release is None:
        return redirect(url_for("rounds.show", round_id=round_id))
    if found.round.agreed_on is None:
        return render_template("rounds/agree.html", round=found.round, leads=leads)
    return _page(found, found.release, leads)


def _page(found: ApartResult, release: Release, leads: bool) -> str:
    wanted, inside = chosen(), bool(roles_here() & INSIDE)
    all_seen = seen(found, release, wanted)
    asked, cells, earlier = all_seen.asked, all_seen.cells, all_seen.earlier
    return render_template(
        "rounds/results.html",
        round=found.round,
        leads=leads,
        inside=inside,
        definition=asked,
        seen=all_seen,
        wanted=wanted,
        sides=[all_seen.side(side) for side in SIDES],
        both=both(asked, cells),
        answered=found.answered,
        changes={side: changes(side, found.round, asked, cells, earlier) for side in SIDES},
        courses={side: course_of(side, all_seen) for side in SIDES},
        course_key=ALONE,
        wishes=wishes("staff", asked, cells, all_seen.goals, inside),
    )
