"""The result page."""

from __future__ import annotations

from uuid import UUID

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assessment.disclosure.benchmark import counts_as_both_sides
from assessment.pages.definitions import library
from assessment.pages.result.blueprint import blueprint
from assessment.pages.result.seen import seen
from assessment.store.records import Round


@blueprint.get("/")
def show(round_id: UUID) -> ResponseReturnValue:
    found: Round = g.round
    if found.state != "released":
        return _not_yet(found)
    all_seen = seen(found)
    release, definition = all_seen.release, all_seen.definition
    return render_template(
        "result/show.html",
        round=found,
        release=release,
        definition=definition,
        view=all_seen.view,
        snapshot=all_seen.snapshot,
        newer=all_seen.newer,
        asked_for={name: request.args[name] for name in ("peers", "newest") if name in request.args},
        practices={p.id: library().for_principle(p.id, release.sector) for p in definition.principles},
        is_owner=found.purpose == "owner",
        both_sides=counts_as_both_sides(release.people_present, release.staff_present),
        # Whoever came by a link sees this round alone; the others are for those who have a role in the service.
        service_id=found.service_id if g.get("by_role") else None,
        example=False,
    )


def _not_yet(found: Round) -> ResponseReturnValue:
    """The owner goes back to the questions; a reader is told that there is nothing yet."""
    if found.purpose == "owner":
        return redirect(url_for("answer.tasks", round_id=found.id))
    return render_template("result/not_yet.html", round=found)
