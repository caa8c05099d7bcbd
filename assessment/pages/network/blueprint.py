"""The blueprint that the pages of network admins hang on, and what they all need."""

from __future__ import annotations

from flask import Blueprint, url_for

from assessment.pages.access import this_member

blueprint = Blueprint("network", __name__, url_prefix="/network")


@blueprint.context_processor
def frame() -> dict[str, object]:
    """Back to the organisations, which an analyst cannot open."""
    member = this_member()
    is_admin = member is not None and "network admin" in member.roles
    return {"here": url_for("network.show" if is_admin else "account.home")}
