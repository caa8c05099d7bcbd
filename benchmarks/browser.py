"""A browser of the simplest kind: it keeps cookies, takes brotli, and counts every byte it receives."""

from __future__ import annotations

import re
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import Message
from email.parser import BytesParser
from urllib.parse import urlencode, urlsplit

import brotli  # type: ignore[import-untyped]

ACCEPTS = "br, gzip"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
PATIENCE_SECONDS = 30


class UnexpectedAnswer(RuntimeError):
    """The app did not answer as a visitor needs; the text says what it did."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One response; ``wire`` is everything that came back: status line, headers and body as sent, in bytes."""

    status: int
    headers: Message
    body: bytes
    wire: int

    @property
    def html(self) -> str:
        return self.body.decode()

    def hidden(self, name: str) -> str:
        """The value of a hidden field of the page's form."""
        found = re.search(rf'<input type="hidden" name="{name}" value="([^"]*)"', self.html)
        if found is None:
            raise UnexpectedAnswer(f"the page has no hidden field {name} (status {self.status})")
        return found.group(1)


@dataclass(slots=True)
class Browser:
    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    @property
    def cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def get(self, path: str) -> Reply:
        """Open a page. Raises UnexpectedAnswer unless the status is 200."""
        return self._expect(200, self._send("GET", path))

    def post(self, path: str, typed: Mapping[str, str]) -> str:
        """Send a form and return where it leads. Raises UnexpectedAnswer unless the status is 302."""
        reply = self._expect(302, self._send("POST", path, urlencode(typed), FORM))
        return urlsplit(str(reply.headers["Location"])).path

    def press(self, path: str, typed: Mapping[str, str]) -> Reply:
        """Send a form that answers with a page. Raises UnexpectedAnswer unless the status is 200."""
        return self._expect(200, self._send("POST", path, urlencode(typed), FORM))

    def open_link(self, secret: str) -> str:
        """Press "Continue" on a private link and return the page it leads to."""
        path = f"/link/{secret}"
        return self.post(path, {"csrf_token": self.get(path).hidden("csrf_token")})

    def _expect(self, status: int, reply: Reply) -> Reply:
        if reply.status != status:
            raise UnexpectedAnswer(f"status {reply.status} instead of {status}: {reply.html[:300]}")
        return reply

    def _send(self, method: str, path: str, body: str = "", headers: Mapping[str, str] | None = None) -> Reply:
        lines = {
            "Host": f"127.0.0.1:{self.port}",
            "Accept-Encoding": ACCEPTS,
            "Cookie": self.cookie,
            "Content-Length": str(len(body)),
            "Connection": "close",
            **(headers or {}),
        }
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items() if value)
        reply = _reply(_exchange(self.port, f"{method} {path} HTTP/1.1\r\n{head}\r\n{body}".encode()))
        for line in reply.headers.get_all("Set-Cookie", []):
            name, value = line.split(";", 1)[0].split("=", 1)
            self.cookies[name] = value
        return reply


def _exchange(port: int, request: bytes) -> bytes:
    """Send bytes and read until the server closes."""
    with socket.create_connection(("127.0.0.1", port), PATIENCE_SECONDS) as connection:
        connection.sendall(request)
        return b"".join(iter(lambda: connection.recv(65536), b""))


def _reply(received: bytes) -> Reply:
    head, _, body = received.partition(b"\r\n\r\n")
    status, _, lines = head.partition(b"\r\n")
    headers = BytesParser().parsebytes(lines + b"\r\n\r\n")
    if headers.get("Content-Encoding") == "br":
        body = brotli.decompress(body)
    return Reply(int(status.split()[1]), headers, body, len(received))
