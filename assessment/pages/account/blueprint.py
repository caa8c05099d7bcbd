"""The blueprint of everything about accounts."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("account", __name__)
