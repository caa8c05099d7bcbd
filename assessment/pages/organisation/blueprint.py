"""The blueprint that the organisation's pages hang on."""

from flask import Blueprint

blueprint = Blueprint("organisation", __name__, url_prefix="/organisation/<uuid:organisation_id>")
