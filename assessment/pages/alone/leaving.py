"""Ways out: save and come back, stop and delete, leave quickly, hand the device to somebody else."""

from __future__ import annotations

from uuid import UUID

from flask import abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from assessment.pages.alone.blueprint import OF_ROUND, blueprint, page, with_draft
from assessment.pages.codes import code_of
from assessment.pages.coming_back import from_our_pages
from assessment.pages.stale import is_stale
from assessment.pages.ways import forget_way, settle_how_long, this_way
from assessment.store.secrets import SECRET
from assessment.workflows.alone.begin import stop_and_delete


@blueprint.get(f"{OF_ROUND}/come-back")
@with_draft
def come_back(round_id: UUID) -> ResponseReturnValue:
    """One's own link: to go on with these answers later, here or on another device."""
    way = this_way()
    secret = way.secret if way.purpose == "invitation" else way.draft
    address = url_for("links.open", secret=secret, _external=True)
    return page("come_back", address=address, code=code_of(address, _("Code to scan: opens your answers")))


@blueprint.route(f"{OF_ROUND}/delete", methods=["GET", "POST"])
@with_draft
def delete(round_id: UUID) -> ResponseReturnValue:
    """Stop, and keep nothing of what was said, here or anywhere."""
    if request.method != "POST" or is_stale():
        return page("delete")
    stop_and_delete(this_way().draft)
    forget_way(round_id)
    return render_template("alone/deleted.html")


@blueprint.post("/alone/leave")
def leave() -> ResponseReturnValue:
    """Away from here at once; this browser then opens none of these pages. Done whatever state the form is in."""
    if from_our_pages():
        session.pop("alone", None)
        settle_how_long()
    return redirect(url_for("start.index"))


@blueprint.post("/alone/another")
def another() -> ResponseReturnValue:
    """Somebody else takes the device: it forgets everything, and the shared link begins anew."""
    secret = request.form.get("link", "")
    if not SECRET.match(secret):
        abort(404)
    if from_our_pages():
        session.clear()
    return redirect(url_for("links.open", secret=secret))
