"""The front door: what this is, who should be in the room, and what happens with the answers."""

from __future__ import annotations

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from assessment.pages import examples
from assessment.pages.definitions import library, newest_definitions, sheets
from assessment.pages.headers import public
from assessment.pages.result.view import result_view
from assessment.pages.roles import ROLE_WORDS
from assessment.workflows.retention import KEPT

blueprint = Blueprint("start", __name__)


@blueprint.get("/")
@public
def index() -> ResponseReturnValue:
    definitions = newest_definitions()
    if not definitions:
        abort(503)
    return render_template(
        "start/index.html", definition=definitions[0][1], sheets=sheets(), examples=examples.examples()
    )


@blueprint.get("/blank/<sheet_id>")
@public
def blank(sheet_id: str) -> ResponseReturnValue:
    """A questionnaire to print and fill in by hand."""
    sheet = next((s for s in sheets() if s.id == sheet_id), None)
    if sheet is None:
        abort(404)
    definition = next(found for key, found in newest_definitions() if key == sheet.key)
    return render_template("start/blank.html", definition=definition, sheet=sheet)


@blueprint.get("/help")
@public
def help() -> ResponseReturnValue:
    return render_template("start/help.html")


@blueprint.get("/who-sees-what")
@public
def privacy() -> ResponseReturnValue:
    return render_template("start/privacy.html", periods=KEPT, role_words=ROLE_WORDS)


@blueprint.get("/accessibility")
@public
def accessibility() -> ResponseReturnValue:
    return render_template("start/accessibility.html")


@blueprint.get("/example/<name>")
@public
def example(name: str) -> ResponseReturnValue:
    """A made-up result, on the page that shows real ones."""
    found = next((one for one in examples.examples() if one.name == name), None)
    definition = examples.main_definition()
    if found is None or definition is None:
        abort(404)
    published, release = examples.published(found, definition), examples.release(found)
    cells = examples.cells(found, definition)
    return render_template(
        "result/show.html",
        round=examples.as_round(found, definition),
        release=release,
        definition=definition,
        view=result_view(published, release, found.service, cells, ""),
        snapshot=examples.snapshot(found),
        newer=None,
        practices={p.id: library().for_principle(p.id, found.sector) for p in definition.principles},
        is_owner=False,
        service_id=None,
        example=found,
    )
