"""What no browser sends is refused before anything reads it: it would fall over, or be read as what it is not."""

from __future__ import annotations

from flask import Flask, abort, request

FORM = "application/x-www-form-urlencoded"
PARTS = "multipart/form-data"


def register(app: Flask) -> None:
    app.before_request(refuse_malformed)
    app.teardown_request(put_files_away)


def refuse_malformed() -> None:
    """400 for what is not written as browsers write it, 411 for a body of no stated length, 413 for too many parts."""
    if not _is_utf_8(request.query_string):
        request.query_string = b""  # what the page of refusal is drawn with may read it as well
        abort(400)
    if "Transfer-Encoding" in request.headers:
        abort(411)  # it could break off anywhere, and what is too long would be cut and not refused
    if request.mimetype == FORM and not request.get_data(parse_form_data=False).isascii():
        abort(400)
    # Read here, so that what is too much is refused here and not while a page of refusal is drawn.
    if request.mimetype == PARTS and (None in request.form or None in request.files):
        abort(400)


def put_files_away(_error: BaseException | None) -> None:
    """A large file lies on the disk until it is closed."""
    if request.mimetype == PARTS:
        request.close()


def _is_utf_8(text: bytes) -> bool:
    try:
        text.decode()
    except UnicodeDecodeError:
        return False
    return True
