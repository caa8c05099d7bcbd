"""What a client does, page by page: a person who answers the whole questionnaire alone, and the same at the floor.

A journey gives one request after the other and is given what came back. It imports next to nothing, so that the
client program starts at once and stays small.
"""

from __future__ import annotations

import re
import time
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from typing import Final
from urllib.parse import urlencode, urlsplit

import brotli  # type: ignore[import-untyped]

STATEMENT: Final = "Statement, GET"
SAVE: Final = "Statement, POST"
OTHER: Final = "Other pages"
SEND: Final = "Sending"

NOTE: Final = "Minutes of our last four monthly meetings, and the plan we wrote together in spring"
HIDDEN: Final = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
NOTES: Final = re.compile(r'<textarea[^>]* name="([^"]+-note)"')
CODE: Final = re.compile(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}")
TOLD: Final = re.compile(rb"\r\n(Location|Set-Cookie|Content-Encoding|Content-Length): ([^\r]*)")
MOST_PAGES: Final = 100
PAGE, LEADS_ON = 200, 302


class Unexpected(RuntimeError):
    """What came back is not what a person needs to go on."""


@dataclass(frozen=True, slots=True)
class Request:
    kind: str
    content: bytes


@dataclass(frozen=True)
class Reply:
    """What came back, as it came."""

    received: bytes

    @property
    def status(self) -> int:
        return int(self.received[9:12] or b"0")

    @cached_property
    def parts(self) -> tuple[bytes, bytes, bytes]:
        return self.received.partition(b"\r\n\r\n")

    @cached_property
    def told(self) -> list[tuple[bytes, bytes]]:
        return TOLD.findall(self.parts[0])

    @property
    def is_whole(self) -> bool:
        """Not cut off on its way."""
        _head, end, body = self.parts
        return bool(end) and (b"Content-Length", b"%d" % len(body)) in self.told

    @property
    def page(self) -> str:
        body = self.parts[2]
        return str((brotli.decompress(body) if (b"Content-Encoding", b"br") in self.told else body).decode())

    @property
    def leads_to(self) -> str:
        return next((urlsplit(value.decode()).path for name, value in self.told if name == b"Location"), "/")


Journey = Generator[Request, Reply, None]


class Browser:
    """Keeps cookies and takes brotli, as browsers do."""

    def __init__(self, port: int, cookie: str = "") -> None:
        self._cookies = dict(_pairs(cookie))
        self._head = f"Host: 127.0.0.1:{port}\r\nAccept-Encoding: br, gzip\r\nConnection: close\r\n".encode()

    def get(self, kind: str, path: str, reads: bool = True) -> Generator[Request, Reply, str]:
        reply = yield Request(kind, b"GET %b HTTP/1.1\r\n%b%b\r\n" % (path.encode(), self._head, self._cookie))
        found = self._expect(PAGE, kind, reply)
        return found.page if reads else ""

    def post(
        self, kind: str, path: str, typed: dict[str, str], expected: int = LEADS_ON
    ) -> Generator[Request, Reply, Reply]:
        body = urlencode(typed).encode()
        form = b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n" % len(body)
        head = b"POST %b HTTP/1.1\r\n%b%b%b\r\n" % (path.encode(), self._head, self._cookie, form)
        reply = yield Request(kind, head + body)
        return self._expect(expected, kind, reply)

    @property
    def _cookie(self) -> bytes:
        kept = b"; ".join(b"%b=%b" % cookie for cookie in self._cookies.items())
        return b"Cookie: %b\r\n" % kept if kept else b""

    def _expect(self, status: int, kind: str, reply: Reply) -> Reply:
        if not reply.is_whole:
            raise Unexpected(f"{kind}: cut off" if reply.received else f"{kind}: closed without an answer")
        if reply.status != status:
            raise Unexpected(f"{kind}: status {reply.status} instead of {status}")
        for name, value in reply.told:
            if name == b"Set-Cookie":
                self._cookies.update(_pairs(value.decode().partition(";")[0]))
        return reply


def _pairs(cookies: str) -> Iterator[tuple[bytes, bytes]]:
    for cookie in filter(None, cookies.split("; ")):
        name, _, value = cookie.encode().partition(b"=")
        yield name, value


@dataclass(frozen=True, slots=True)
class Visit:
    """One visitor's request, sent again and again; a POST counts ``version`` up from what stands."""

    method: str
    path: str
    cookie: str = ""
    token: str = ""
    version: int = 0


def again_and_again(port: int, visit: Visit, ends: float) -> Journey:
    """Until this moment; each POST is a true save, of another answer than the last."""
    browser = Browser(port, visit.cookie)
    versions = count(visit.version)
    while time.monotonic() < ends:
        if visit.method == "GET":
            yield from browser.get(visit.method, visit.path, reads=False)
        else:
            yield from browser.post(visit.method, visit.path, _saved(visit.token, next(versions)))


def _saved(token: str, version: int) -> dict[str, str]:
    return {"csrf_token": token, "version": str(version), "answer": str(version % 5), "evidence": NOTE}


def answer_alone(port: int, secret: str) -> Journey:
    """From the private link to the code that the person keeps: open each page, fill it in, press its button."""
    browser, path = Browser(port), f"/link/{secret}"
    for _page in range(MOST_PAGES):
        opens, saves = (STATEMENT, SAVE) if "/statement/" in path else (OTHER, OTHER)
        page = yield from browser.get(opens, path)
        if path.endswith("/check"):
            sent = yield from browser.post(SEND, path, _typed(path, page), PAGE)
            break
        path = (yield from browser.post(saves, path, _typed(path, page))).leads_to
    else:
        raise Unexpected(f"after {MOST_PAGES} pages there was no end")
    if not CODE.search(sent.page):
        raise Unexpected("Sending: no code came back")


def _typed(path: str, page: str) -> dict[str, str]:
    """Every hidden field as the page gives it, the token among them; an answer with a note; each open question."""
    typed = dict(HIDDEN.findall(page))
    if "/statement/" in path:
        return typed | {"answer": "2", "evidence": NOTE}
    return typed | dict.fromkeys(NOTES.findall(page), NOTE) if path.endswith("/words") else typed


def at_the_floor(port: int, draft: str, size: int, pages: int) -> Journey:
    """As many pages of this size, each with one insert as large as a saved answer."""
    browser = Browser(port)
    for version in range(pages):
        yield from browser.get(STATEMENT, f"/{size}")
        yield from browser.post(SAVE, f"/{size}/{draft}", _saved(draft * 3, version))
