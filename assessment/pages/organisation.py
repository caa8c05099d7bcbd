"""stub"""

from uuid import UUID

from flask import Blueprint

blueprint = Blueprint("organisation", __name__, url_prefix="/organisation/<uuid:organisation_id>")


@blueprint.get("/")
def show(organisation_id: UUID):
    return "x"


@blueprint.get("/<uuid:department_id>")
def department(organisation_id, department_id):
    return "x"
