"""The front door: what this is, who should be in the room, and what happens with the answers."""

from __future__ import annotations

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from assessment.pages.definitions import newest_definitions, sheets
from assessment.pages.headers import public

blueprint = Blueprint("start", __name__)


@blueprint.get("/")
@public
def index() -> ResponseReturnValue:
    definitions = newest_definitions()
    if not definitions:
        abort(503)
    return render_template("start/index.html", definition=definitions[0][1], sheets=sheets())


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
    return render_template("start/privacy.html")


@blueprint.get("/accessibility")
@public
def accessibility() -> ResponseReturnValue:
    return render_template("start/accessibility.html")


@blueprint.get("/example/<name>")
@public
def example(name: str) -> ResponseReturnValue:
    abort(404)
