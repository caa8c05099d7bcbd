"""The blueprint that the organisation's pages hang on."""

from __future__ import annotations

from flask import Blueprint, g

blueprint = Blueprint("organisation", __name__, url_prefix="/organisation/<uuid:organisation_id>")


@blueprint.context_processor
def frame() -> dict[str, bool]:
    """Whoever came by a role, not by a link, leads the organisation, and finds the way to its other pages."""
    return {"manages": "place" in g}
