"""Where the pages of the field are hung up."""

from flask import Blueprint

blueprint = Blueprint("field", __name__, url_prefix="/field")
