"""No page of ours has hundreds of fields: a form that does is refused before any work goes into it."""

from __future__ import annotations

from flask import Flask, abort, request

MOST_FIELDS = 300


def register(app: Flask) -> None:
    app.before_request(refuse_floods)


def refuse_floods() -> None:
    """413 for a body of more fields than any form has; parsing and showing them would hold a worker for long."""
    # An uploaded file may hold any number of them; how many parts such a body has, Werkzeug counts.
    if request.mimetype == "multipart/form-data":
        return
    if request.method == "POST" and request.get_data(parse_form_data=False).count(b"&") > MOST_FIELDS:
        abort(413)
