"""stub"""
from uuid import UUID
from flask import Blueprint
blueprint = Blueprint("result", __name__, url_prefix="/result/<uuid:round_id>")
@blueprint.get("/")
def show(round_id: UUID): return "x"
@blueprint.post("/target/<statement_id>")
def target(round_id, statement_id): return "x"
