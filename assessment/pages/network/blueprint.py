"""The blueprint that the pages of network admins hang on, and what they all need."""

from __future__ import annotations

from flask import Blueprint, url_for

blueprint = Blueprint("network", __name__, url_prefix="/network")


@blueprint.context_processor
def frame() -> dict[str, object]:
    return {"here": url_for("network.show")}
