"""For the machines that watch: is the process up, and can it do its work?"""

from __future__ import annotations

from flask import Blueprint, current_app
from flask.typing import ResponseReturnValue

from assessment.store.health import not_ready

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def healthz() -> ResponseReturnValue:
    return {"status": "ok"}


@blueprint.get("/readyz")
def readyz() -> ResponseReturnValue:
    missing = not_ready(current_app.extensions["migrate"].directory)
    return ({"status": "not ready", "missing": missing}, 503) if missing else {"status": "ready"}
