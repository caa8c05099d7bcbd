"""What is written down: one JSON object a line, with the request it belongs to.

Never an answer, a secret, an address of a person or a path: a request is named by its endpoint, and a fault by its kind
and place, for what it says may repeat what people typed.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import traceback
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, Literal, TextIO
from uuid import uuid4

Format = Literal["text", "json"]
WELL_FORMED: Final = re.compile(r"[A-Za-z0-9._-]{8,64}")
REQUEST_ID: Final[ContextVar[str]] = ContextVar("request_id", default="")
"""Of the request, or the job, that this thread is at."""


@dataclass(slots=True)
class Asked:
    """What one request has asked of the database so far."""

    queries: int = 0
    seconds: float = 0.0


_encode: Final = json.JSONEncoder(ensure_ascii=False, default=str).encode
ASKED: Final[ContextVar[Asked | None]] = ContextVar("asked", default=None)


def begin_request(given: str) -> str:
    """Give the request an id: the one it came with if that is well-formed, else a new one."""
    id = given if WELL_FORMED.fullmatch(given) else uuid4().hex
    REQUEST_ID.set(id)
    ASKED.set(Asked())
    return id


def end_request() -> None:
    REQUEST_ID.set("")
    ASKED.set(None)


class AsJson(logging.Formatter):
    """A record as one line. ``extra={"fields": {...}}`` adds names of its own to it."""

    def format(self, record: logging.LogRecord) -> str:
        said: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "says": record.getMessage(),
        }
        if id := REQUEST_ID.get():
            said["request"] = id
        said |= getattr(record, "fields", {})
        if record.exc_info and record.exc_info[1]:
            said["faults"] = faults(record.exc_info[1])
        return _encode(said)


def faults(error: BaseException | None) -> list[dict[str, Any]]:
    """The kind of an error and of those behind it, each with where it happened, and nothing of what it says."""
    found: list[dict[str, Any]] = []
    while error is not None and len(found) < 5:
        places = [f"{one.filename}:{one.lineno} {one.name}" for one in traceback.extract_tb(error.__traceback__)]
        found.append({"kind": type(error).__name__, "at": places})
        error = error.__cause__ or error.__context__
    return found


def begin_logs(form: Format, stream: TextIO = sys.stderr) -> None:
    """Write what this process has to say, from now on, to its standard error: for people, or for machines."""
    handler = logging.StreamHandler(stream)
    text = logging.Formatter("%(asctime)s %(message)s", datefmt="%Y-%m-%d %H:%M:%S")
    handler.setFormatter(AsJson() if form == "json" else text)
    logging.basicConfig(handlers=[handler])
    # A local run has gunicorn's own line for each request.
    logging.getLogger("assessment").setLevel(logging.INFO if form == "json" else logging.WARNING)
