"""Each request has an id, which the visitor can tell us, a line in the log, and is counted."""

from __future__ import annotations

import logging
import time
from typing import Final

from flask import Flask, Response, g, request

from assessment.logs import ASKED, REQUEST_ID, begin_request, end_request
from assessment.pages.metrics import count_event, note_request

HEADER: Final = "X-Request-ID"
log = logging.getLogger("assessment.requests")


def register(app: Flask) -> None:
    """Before anything else looks at a request, and after everything else has."""
    app.before_request(begin)
    app.after_request(note)
    app.teardown_request(lambda _fault: end_request())
    app.context_processor(lambda: {"request_id": request_id()})


def begin() -> None:
    begin_request(request.headers.get(HEADER, ""))
    g.began = time.perf_counter()


def request_id() -> str:
    return REQUEST_ID.get()


def note_event(event: str) -> None:
    """What whoever watches over the service should know of this request; never who it was."""
    g.event = event


def note(response: Response) -> Response:
    began = g.get("began")
    if began is None:  # it was turned away before it began, under a name that is not ours
        return response
    seconds, asked = time.perf_counter() - began, ASKED.get()
    response.headers[HEADER] = request_id()
    note_request(request.endpoint, request.method, response.status_code, seconds, asked)
    event = {"event": g.event} if "event" in g else {}
    for name in event.values():
        count_event(name)
    fields = {
        "endpoint": request.endpoint or "",
        "method": request.method,
        "status": response.status_code,
        "ms": round(seconds * 1000, 1),
        "queries": asked.queries if asked else 0,
    }
    log.info("request", extra={"fields": fields | event})
    return response
