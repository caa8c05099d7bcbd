"""Every error in style, with the one thing to do."""

from __future__ import annotations

from flask import Flask, current_app, g, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, SecurityError

from assessment.pages.coming_back import (
    ask_to_sign_in,
    from_our_pages,
    keeps_what_was_typed,
    needs_passkey,
    sign_in_ran_out,
)
from assessment.pages.links import lost_session
from assessment.pages.watch import note_event, request_id
from assessment.store.faults import Unreachable

IN_STYLE = (400, 403, 404, 405, 413, 429, 500, 503)
ALONE = (500, 503)


def register(app: Flask) -> None:
    app.register_error_handler(HTTPException, show)
    app.register_error_handler(SecurityError, strange_host)
    app.register_error_handler(Unreachable, no_database)


def show(error: HTTPException) -> ResponseReturnValue:
    """The page for this error; a form whose session was lost gets its words back instead."""
    if refused := _refused(error):
        note_event(f"refused: {refused}")
    if (other := _other_page(error)) is not None:
        return other
    if error.code is None or error.code < 400:
        return error
    code = error.code if error.code in IN_STYLE else 400 if error.code < 500 else 500
    if code in ALONE:
        return alone(code), code
    headers = [(name, value) for name, value in error.get_headers() if name in ("Allow", "Retry-After")]
    return render_template(f"errors/{code}.html"), error.code, headers


def _refused(error: HTTPException) -> str:
    """What was wanting where somebody was not let in; empty for any other error."""
    if error.code == 401:
        return "not signed in"
    if error.code != 404 or request.endpoint is None:
        return ""
    if g.get("no_link"):
        return "no link"
    return "no role" if g.get("member") and not g.get("by_role") else ""


def _other_page(error: HTTPException) -> ResponseReturnValue | None:
    """Where somebody only has to show who they are, or to open their link again."""
    if error.code == 401:
        return ask_to_sign_in()
    if error.code != 404:
        return None
    return needs_passkey() or sign_in_ran_out() or (lost_session() if from_our_pages() else None)


def strange_host(_error: SecurityError) -> ResponseReturnValue:
    """Asked for under a name that is not ours: no page, for its links would lead to that name."""
    return "This is not an address of Same table.\n", 400, {"Content-Type": "text/plain; charset=utf-8"}


def no_database(error: Unreachable) -> ResponseReturnValue:
    """The database is gone or busy for a moment; it says so and asks to try again."""
    return alone(503), 503, {"Retry-After": "30"}


def alone(code: int) -> str:
    """A page that asks nothing of the database or the translations, since these may be what is broken.

    What was being sent is in it, hidden, to be sent again: everything that is sent twice is kept once.
    """
    typed = list(request.form.items(multi=True)) if request.method == "POST" and keeps_what_was_typed() else []
    return current_app.jinja_env.get_template(f"errors/{code}.html").render(typed=typed, request_id=request_id())
