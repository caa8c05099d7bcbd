"""The result page."""

from __future__ import annotations

from uuid import UUID

from flask import abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assessment.disclosure.benchmark import counts_as_both_sides
from assessment.pages.definitions import definition_of, library
from assessment.pages.result.blueprint import blueprint
from assessment.pages.result.peers import cells_for
from assessment.pages.result.profile import Published
from assessment.pages.result.view import result_view
from assessment.store.db import reading
from assessment.store.queries.comparison import newest_and, peer_cells
from assessment.store.queries.releases import cells_of, latest_release
from assessment.store.queries.targets import targets_of
from assessment.store.records import Round


@blueprint.get("/")
def show(round_id: UUID) -> ResponseReturnValue:
    found: Round = g.round
    if found.state != "released":
        return _not_yet(found)
    definition = definition_of(found)
    with reading() as session:
        release = latest_release(session, round_id)
        if release is None:
            abort(404)
        cells, said = cells_of(session, release.id)
        newest, held = newest_and(session, release.snapshot_id)
        snapshot = newest if held is None or "newest" in request.args else held
        name, version, _language = found.questionnaire
        peers = peer_cells(session, snapshot.id, (name, version), "together", cells_for(release)) if snapshot else {}
        goals = targets_of(session, found.service_id)
    view = result_view(
        Published(definition, found.form, cells, said, goals),
        release,
        found.service_name,
        peers,
        request.args.get("peers", ""),
    )
    return render_template(
        "result/show.html",
        round=found,
        release=release,
        definition=definition,
        view=view,
        snapshot=snapshot,
        newer=newest if newest and snapshot and newest.id != snapshot.id else None,
        practices={p.id: library().for_principle(p.id, release.sector) for p in definition.principles},
        is_owner=found.purpose == "owner",
        both_sides=counts_as_both_sides(release.people_present, release.staff_present),
        example=False,
    )


def _not_yet(found: Round) -> ResponseReturnValue:
    """The owner goes back to the questions; a reader is told that there is nothing yet."""
    if found.purpose == "owner":
        return redirect(url_for("answer.tasks", round_id=found.id))
    return render_template("result/not_yet.html", round=found)
