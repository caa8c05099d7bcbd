"""What every response says to browsers: what may run, what may be kept, who may look on."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from typing import ParamSpec

from flask import Flask, Response, make_response
from flask.typing import ResponseReturnValue

P = ParamSpec("P")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
# Two years, as browsers ask for; not on a local run, whose other ports a browser would then reach no more.
ONLY_HTTPS = {"Strict-Transport-Security": "max-age=63072000; includeSubDomains"}
_STATIC = {"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'", "X-Content-Type-Options": "nosniff"}
PUBLIC_SECONDS = 300


def register(app: Flask) -> None:
    is_local = app.config["SETTINGS"].is_local
    app.after_request(partial(guard, HEADERS if is_local else HEADERS | ONLY_HTTPS))


def of_files(is_local: bool) -> dict[str, str]:
    """What goes with every built file."""
    return _STATIC if is_local else _STATIC | ONLY_HTTPS


def guard(headers: dict[str, str], response: Response) -> Response:
    # Added, for no view sets one of these: each would otherwise be looked for among all that are there.
    response.headers.extend(headers)
    # Private unless a view says otherwise: a page forgotten here is kept nowhere.
    response.headers.setdefault("Cache-Control", "no-store")
    return response


def public(view: Callable[P, ResponseReturnValue]) -> Callable[P, Response]:
    """A page that is the same for everyone and says nothing of anyone; browsers may keep it for a while."""

    @wraps(view)
    def answer(*args: P.args, **kwargs: P.kwargs) -> Response:
        response = make_response(view(*args, **kwargs))
        if response.status_code == 200:
            response.headers["Cache-Control"] = f"public, max-age={PUBLIC_SECONDS}"
        return response

    return answer
