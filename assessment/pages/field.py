"""stub"""

from flask import Blueprint

blueprint = Blueprint("field", __name__, url_prefix="/field")


@blueprint.get("/")
def index():
    return "x"
