"""No more messages: behind the secret of an invitation, without an account and without a session."""

from __future__ import annotations

from flask import abort, current_app, render_template, request
from flask.typing import ResponseReturnValue

from assessment.pages.alone.blueprint import blueprint
from assessment.pages.clock import today
from assessment.pages.stale import is_stale, stale_message
from assessment.pages.ways import opened_way
from assessment.workflows.alone.stop import stop_mail


@blueprint.route("/stop/<secret>", methods=["GET", "POST"])
def stop(secret: str) -> ResponseReturnValue:
    """Mail programs open links before people do, so only the button stops anything."""
    opened = opened_way(secret)
    if opened is None or opened[1].purpose != "invitation":
        abort(404)
    done = request.method == "POST" and not is_stale()
    if done:
        stop_mail(secret, current_app.config["SEAL"], today())
    return render_template("alone/stop.html", alone=opened[0], done=done, stale=stale_message() if is_stale() else "")
