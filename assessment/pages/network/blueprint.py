"""The blueprint that the pages of network admins hang on, and what they all need."""

from __future__ import annotations

from flask import Blueprint, url_for
from flask_babel import gettext as _

from assessment.pages.access import this_member

blueprint = Blueprint("network", __name__, url_prefix="/network")


@blueprint.context_processor
def frame() -> dict[str, object]:
    member = this_member()
    here, field = url_for("network.show"), {"text": _("The field"), "href": url_for("field.index")}
    own = {"text": _("The network"), "href": here, "current": True}
    return {"views": [own, field] if member and "network admin" in member.roles else [field], "here": here}
