"""What the leads say for the whole organisation: that it shares, and that they sign in with a passkey."""

from __future__ import annotations

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from assessment.pages.clock import now
from assessment.pages.holders import someone
from assessment.pages.manage.blueprint import blueprint, standing
from assessment.workflows.consent import agree_to_share, require_passkeys


@blueprint.route("/sharing", methods=["GET", "POST"])
def sharing(organisation_id: UUID) -> ResponseReturnValue:
    if request.method == "POST":
        agree_to_share(organisation_id, "agree" in request.form, someone().id, now())
        return redirect(url_for("manage.sharing", organisation_id=organisation_id, done="1"))
    found = standing(organisation_id)
    return render_template("manage/sharing.html", organisation=found, done=request.args.get("done", ""))


@blueprint.route("/passkeys", methods=["GET", "POST"])
def passkeys(organisation_id: UUID) -> ResponseReturnValue:
    """Whoever signed in without one must not switch it on: they would lock themselves out."""
    problem = ""
    if request.method == "POST":
        required = "require" in request.form
        if not required or someone().way == "passkey":
            require_passkeys(organisation_id, required, someone().id, now())
            return redirect(url_for("manage.passkeys", organisation_id=organisation_id, done="1"))
        problem = _("Sign in with a passkey of your own first. Otherwise you would lock yourself out.")
    page = render_template(
        "manage/passkeys.html",
        organisation=standing(organisation_id),
        way=someone().way,
        problem=problem,
        done=request.args.get("done", ""),
    )
    return page, 422 if problem else 200
