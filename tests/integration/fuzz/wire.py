"""One request as bytes, put to the app as the web server would put it, and what came back."""

from __future__ import annotations

import gzip
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import unquote_to_bytes

from flask import Flask
from werkzeug.datastructures import Headers
from werkzeug.test import run_wsgi_app

from tests.house.visitor import ORIGIN, Visitor

FORM: Final = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Sent:
    """``path`` and ``query`` as they stand in the first line, percent signs and all."""

    kind: str
    method: str
    path: bytes
    query: bytes = b""
    body: bytes = b""
    content_type: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        line = self.path + (b"?" + self.query if self.query else b"")
        return f"{self.kind}: {self.method} {line[:300]!r} {dict(self.headers)} {self.content_type} {self.body[:300]!r}"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Headers
    body: bytes

    @property
    def kind(self) -> str:
        return (self.headers.get("Content-Type") or "").split(";")[0]


def cookie_of(visitor: Visitor) -> str:
    """What this browser would send; it stays the same however often it is sent."""
    found = visitor.client.get_cookie("same_table")
    return f"same_table={found.value}" if found else ""


def send(app: Flask, request: Sent, cookie: str = "") -> Answer:
    """Raises whatever the app does not handle."""
    answer, status, headers = run_wsgi_app(app, _environ(request, cookie), buffered=True)
    try:
        body = b"".join(answer)
    finally:
        getattr(answer, "close", lambda: None)()
    if headers.get("Content-Encoding") == "gzip":
        body = gzip.decompress(body)
    return Answer(int(status.split()[0]), headers, body)


def _environ(request: Sent, cookie: str) -> dict[str, Any]:
    environ: dict[str, Any] = {
        "REQUEST_METHOD": request.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(request.path).decode("latin-1"),
        "RAW_URI": request.path.decode("latin-1"),
        "QUERY_STRING": request.query.decode("latin-1"),
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": ORIGIN.removeprefix("http://"),
        "CONTENT_LENGTH": str(len(request.body)) if request.body else "",
        "CONTENT_TYPE": request.content_type,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(request.body),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": False,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    if cookie:
        environ["HTTP_COOKIE"] = cookie
    for name, value in request.headers.items():
        key = name.upper().replace("-", "_")
        environ[key if key in ("CONTENT_LENGTH", "CONTENT_TYPE") else f"HTTP_{key}"] = value
    return environ
