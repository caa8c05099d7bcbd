"""The blueprint that the result pages hang on."""

from flask import Blueprint

blueprint = Blueprint("result", __name__, url_prefix="/result/<uuid:round_id>")
