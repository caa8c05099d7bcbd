"""One walk over everything, and what was found on the way."""

from __future__ import annotations

import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from flask import Flask

from tests.house.html import HTML
from tests.house.rewind import Kept
from tests.house.visitor import FRAGMENTS, Visitor
from tests.integration.fuzz.judge import faults_in, faults_of_the_page
from tests.integration.fuzz.wire import Answer, Sent, cookie_of, send
from tests.integration.fuzz.words import MARK

PARSED_EACH: Final = 2
"""So many answers of one kind are looked at slowly, besides each that repeats what was typed."""


@dataclass
class Walk:
    app: Flask
    kept: Kept
    faults: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)
    answers: Counter[tuple[str, int]] = field(default_factory=Counter)
    looked_at: Counter[tuple[str, int]] = field(default_factory=Counter)

    def ask(self, request: Sent, who: Visitor) -> Answer | None:
        """Send it, and note everything that is wrong with what comes back."""
        where = endpoint_of_path(self.app, request)
        try:
            answer = send(self.app, request, request.headers.get("Cookie") or cookie_of(who))
        except Exception as error:
            self.answers[request.kind, 500] += 1
            self._note(f"{where}: raises {type(error).__name__}: {_last_of_ours(error)}", request)
            return None
        self.answers[request.kind, answer.status] += 1
        path = request.path.decode("latin-1")
        for fault in (*faults_in(self.app, path, answer), *self._slowly(where, request, answer)):
            if where != "account.provider" or "leads elsewhere" not in fault:
                self._note(f"{where}: {fault}", request)
        return answer

    def _slowly(self, where: str, request: Sent, answer: Answer) -> Iterator[str]:
        key = where, answer.status
        repeats = MARK.encode() in answer.body and request.method == "POST" and len(answer.body) < 100_000
        if self.looked_at[key] >= PARSED_EACH and not (repeats and self.looked_at[key] < 4 * PARSED_EACH):
            return
        if answer.kind == HTML and answer.body:
            self.looked_at[key] += 1
            yield from faults_of_the_page(answer, whole=where not in FRAGMENTS)

    def _note(self, fault: str, request: Sent) -> None:
        self.faults[fault[:400]] += 1
        self.examples.setdefault(fault[:400], str(request))

    def report(self) -> str:
        return "\n".join(f"{times} x {fault}\n    {self.examples[fault]}" for fault, times in self.faults.most_common())


def _last_of_ours(error: Exception) -> str:
    ours = [one for one in traceback.extract_tb(error.__traceback__) if "/assessment/" in one.filename]
    where = f"{ours[-1].filename.rpartition('/assessment/')[2]}:{ours[-1].lineno}" if ours else "not in our code"
    return f"{where}: {str(error)[:120]}"


def endpoint_of_path(app: Flask, request: Sent) -> str:
    try:
        found, _values = app.url_map.bind("localhost").match(request.path.decode(), method=request.method)
    except Exception:  # an address that nothing answers to
        return "nowhere"
    return str(found)
