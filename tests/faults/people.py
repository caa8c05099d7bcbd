"""People who answer while everything breaks, and who remember what they were told is saved."""

from __future__ import annotations

import re
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import unescape
from random import Random
from typing import Final

import requests

CODE: Final = re.compile(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}")
HIDDEN: Final = r'<input type="hidden" name="{}" value="([^"]*)"'
RESTING: Final = "Same table is resting for a moment"
REST: Final = 0.05
PATIENCE: Final = 90.0
SECONDS: Final = 20


class Interrupted(Exception):
    """No answer, or one that says to try again: whether it was saved is not known."""


class Surprise(AssertionError):
    """The app said or kept something it should not have."""


@dataclass(slots=True)
class Ledger:
    """What one person was told. ``doubtful``: what was sent since and never acknowledged, so may or may not be kept."""

    saved: dict[str, str] = field(default_factory=dict)
    doubtful: dict[str, set[str]] = field(default_factory=dict)
    acknowledged: Counter[str] = field(default_factory=Counter)
    doubts: Counter[str] = field(default_factory=Counter)

    def told(self, statement: str, note: str) -> None:
        self.saved[statement] = note
        self.doubtful.pop(statement, None)
        self.acknowledged[statement] += 1

    def doubt(self, statement: str, note: str) -> None:
        self.doubtful.setdefault(statement, set()).add(note)
        self.doubts[statement] += 1

    def may_be(self, statement: str) -> set[str]:
        """What may be kept of it, and nothing else may."""
        return {self.saved.get(statement, ""), *self.doubtful.get(statement, ())}

    def versions(self, statement: str) -> tuple[int, int]:
        """Between how many and how many times it was saved."""
        told = self.acknowledged[statement]
        return told, told + self.doubts[statement]


@dataclass
class Person:
    """One who comes by a private link. ``place`` is where they answer: /alone/… or /answer/…"""

    number: int
    site: str
    link: str
    place: str
    statements: Sequence[str]
    ledger: Ledger = field(default_factory=Ledger)
    secret: str = ""
    code: str = ""
    is_sent: bool = False
    clear_pages: int = 0
    faults: list[BaseException] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.http = requests.Session()
        self.chance = Random(self.number)  # noqa: S311  (the same every time)
        self.count = 0

    def live(self, over: threading.Event, sends: bool) -> None:
        """Answer until it is over, and then send; a surprise is kept for whoever watches."""
        try:
            self.patiently(self.begin)
            while not over.is_set():
                self.save(self.chance.choice(self.statements))
            if sends:
                for statement in self.statements:
                    self.patiently(lambda one=statement: self.until_saved(one))  # type: ignore[misc]
                self.patiently(self.send)
        except BaseException as fault:
            self.faults.append(fault)

    def begin(self) -> None:
        page = self.get(f"/link/{self.link}")
        page = self.post(f"/link/{self.link}", {"csrf_token": hidden(page, "csrf_token")})
        if self.place.startswith("/alone"):
            page = self.get(f"{self.place}/")
            self.secret = self.secret or hidden(page, "new")
            typed = {"csrf_token": hidden(page, "csrf_token"), "new": self.secret}
            self.post(f"{self.place}/", typed)

    def save(self, statement: str) -> bool:
        """One try; whether it was acknowledged."""
        self.count += 1
        note, level = f"note {self.number}-{self.count}", str(self.chance.randrange(5))
        try:
            page = self.get(self.of(statement))
        except Interrupted:
            time.sleep(REST)
            return False
        self.look(statement, page)
        typed = {name: hidden(page, name) for name in ("csrf_token", "version")}
        try:
            answer = self.post(self.of(statement), typed | {"answer": level, "evidence": note})
        except Interrupted:
            self.ledger.doubt(statement, note)
            time.sleep(REST)
            return False
        if answer.status_code != 302:
            raise Surprise(f"saving {statement} answered {answer.status_code}")
        self.ledger.told(statement, note)
        return True

    def look(self, statement: str, page: requests.Response) -> None:
        """Whether the page holds what was said to be saved, or what came after it."""
        found = re.search(r'<textarea[^>]*name="evidence"[^>]*>\s*([^<]*)</textarea>', page.text)
        kept = unescape(found.group(1)).strip() if found else ""
        if kept not in self.ledger.may_be(statement):
            raise Surprise(f"{statement} holds {kept!r}, not one of {self.ledger.may_be(statement)}")

    def until_saved(self, statement: str) -> None:
        if not self.save(statement):
            raise Interrupted

    def send(self) -> None:
        page = self.get(f"{self.place}/check")
        if not self.code:
            self.code = hidden(page, "code")
        answer = self.post(f"{self.place}/check", {"csrf_token": hidden(page, "csrf_token"), "code": self.code})
        if not CODE.search(answer.text):
            raise Surprise(f"sending answered {answer.status_code} without the code")
        self.is_sent = True

    def of(self, statement: str) -> str:
        return f"{self.place}/statement/{statement}"

    def patiently(self, step: object) -> None:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                step()  # type: ignore[operator]
            except Interrupted:
                time.sleep(REST)
            else:
                return
        raise Surprise(f"it never came back for person {self.number}")

    def get(self, path: str) -> requests.Response:
        return self._ask("GET", path, None)

    def post(self, path: str, typed: dict[str, str]) -> requests.Response:
        return self._ask("POST", path, typed)

    def _ask(self, method: str, path: str, typed: dict[str, str] | None) -> requests.Response:
        try:
            answer = self.http.request(method, self.site + path, data=typed, timeout=SECONDS, allow_redirects=False)
        except requests.RequestException as fault:
            raise Interrupted from fault
        if answer.status_code == 503:
            self._is_clear(answer, typed)
            raise Interrupted
        if answer.status_code >= 400:
            raise Surprise(f"{method} {path} answered {answer.status_code}: {answer.text[:300]}")
        return answer

    def _is_clear(self, answer: requests.Response, typed: dict[str, str] | None) -> None:
        """A page people understand, with what they typed in it."""
        if RESTING not in answer.text or (
            typed and any(value not in unescape(answer.text) for value in typed.values())
        ):
            raise Surprise("an unclear page while the database was gone")
        self.clear_pages += 1


def hidden(page: requests.Response, name: str) -> str:
    found = re.search(HIDDEN.format(name), page.text)
    if found is None:
        raise Surprise(f"no hidden {name} on {page.url} ({page.status_code})")
    return unescape(found.group(1))
