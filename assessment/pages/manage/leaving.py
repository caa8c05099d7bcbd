"""Taking an organisation out of Same table for good."""

from __future__ import annotations

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from assessment.pages.access import this_place
from assessment.pages.clock import now
from assessment.pages.holders import someone
from assessment.pages.manage.blueprint import blueprint
from assessment.pages.stale import is_stale, stale_message
from assessment.store.names import name_key, tidy
from assessment.workflows.exits import leave_for_good


@blueprint.route("/leave", methods=["GET", "POST"])
def leave(organisation_id: UUID) -> ResponseReturnValue:
    """What goes and what stays; only typing the organisation's name does it."""
    typed, problem = tidy(request.form.get("name", "")), ""
    if request.method == "POST" and not is_stale():
        if name_key(typed) == name_key(this_place().organisation_name):
            leave_for_good(organisation_id, someone().id, now())
            return redirect(url_for("account.home"))
        problem = _("Type the name just as it stands above: %(name)s", name=this_place().organisation_name)
    stale = stale_message() if is_stale() else ""
    page = render_template("manage/leave.html", typed=typed, problem=problem, stale=stale)
    return page, 422 if problem else 200
