"""The blueprint that the pages of network admins hang on, and what they all need."""

from __future__ import annotations

from flask import Blueprint, request, url_for
from flask_babel import gettext as _

from assessment.pages.access import this_member

blueprint = Blueprint("network", __name__, url_prefix="/network")


@blueprint.context_processor
def frame() -> dict[str, object]:
    here = url_for("network.show")
    places: dict[str, object] = {"text": _("Your places"), "href": url_for("account.home")}
    member = this_member()
    if member is None or "network admin" not in member.roles:
        return {"views": [places] if member else [], "here": here}
    own = (
        ("show", _("The network"), here),
        ("people", _("People"), url_for("network.people")),
        ("trail", _("What was done"), url_for("network.trail")),
    )
    at = (request.endpoint or "").removeprefix("network.")
    current = at if at in ("people", "trail") else "show"
    views = [{"text": text, "href": href, "current": name == current} for name, text, href in own]
    return {"views": [places, *views], "here": here}
