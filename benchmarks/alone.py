"""``python -m benchmarks.alone``: 500 people answer alone at once, on SQLite and on PostgreSQL.

Each reads a page, thinks, and saves, in a browser of their own; at the end everyone sends. Told are how long pages
and saves took, what failed, and whether anything that was acknowledged is missing from the database. Then all press
at the same moment, which nobody does, to see that even this loses nothing.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from uuid import UUID

from flask import Flask

from assessment.app import create_app
from assessment.config import Settings
from assessment.store.db import db, reading
from assessment.store.queries.alone import alone_by_draft, response_by_code
from assessment.store.queries.rounds import answers_of
from assessment.store.secrets import hash_of
from benchmarks.browser import Browser
from benchmarks.installation import questionnaire
from benchmarks.serving import ROOT, WORKERS, serving
from benchmarks.table import table
from tests.house.apart import CODE, Apart, round_apart
from tests.house.postgresql import running_server

PEOPLE = 500
STATEMENTS = 6
PACE_SECONDS = 12.0  # a statement; the promise of 5 minutes for 12 statements is 25
SAFE = ("max_connections=50", "shared_buffers=128MB")  # fsync and all else as PostgreSQL has it


@dataclass(slots=True)
class Took:
    """Seconds by kind of request, and what went wrong."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


def timed(took: Took, kind: str, step: Callable[[], object]) -> object | None:
    """Do it, and note how long it took; what fails is noted, not raised."""
    began = time.monotonic()
    try:
        return step()
    except Exception as fault:
        with took.lock:
            took.faults.append(f"{kind}: {type(fault).__name__} {str(fault)[:120]}")
        return None
    finally:
        with took.lock:
            took.seconds.setdefault(kind, []).append(time.monotonic() - began)


@dataclass(slots=True)
class Respondent:
    """One person: what the service has acknowledged is kept here, to be looked for afterwards."""

    browser: Browser
    round_id: UUID
    secret: str = ""
    saved: dict[str, str] = field(default_factory=dict)
    code: str = ""

    def begin(self, link: str) -> None:
        before = self.browser.open_link(link)
        page = self.browser.get(before)
        self.secret = page.hidden("new")
        self.browser.post(before, {"csrf_token": page.hidden("csrf_token"), "new": self.secret})

    def answer(self, statement: str, took: Took, level: str, think: Callable[[], None]) -> None:
        path = f"/alone/{self.round_id}/statement/{statement}"
        page = timed(took, "a statement's page", lambda: self.browser.get(path))
        if page is None:
            return
        typed = {name: page.hidden(name) for name in ("csrf_token", "version")}  # type: ignore[attr-defined]
        think()
        if timed(took, "saving an answer", lambda: self.browser.post(path, typed | {"answer": level})):
            self.saved[statement] = level

    def send(self, took: Took) -> None:
        path = f"/alone/{self.round_id}/check"
        page = timed(took, "the page that sends", lambda: self.browser.get(path))
        if page is None:
            return
        typed = {name: page.hidden(name) for name in ("csrf_token", "code")}  # type: ignore[attr-defined]
        reply = timed(took, "sending", lambda: self.browser.press(path, typed))
        if reply is not None and CODE.search(reply.html):  # type: ignore[attr-defined]
            self.code = typed["code"]


@dataclass(slots=True)
class Crowd:
    """Everyone, and how long a person takes for a statement."""

    people: Sequence[Respondent]
    statements: Sequence[str]
    pace: float
    took: Took = field(default_factory=Took)

    def begin(self, link: str) -> None:
        """Not measured: opening the link and reading the promises."""
        took = Took()
        self._all(lambda one, _chance: timed(took, "begin", lambda: one.begin(link)), spread=20.0)
        if took.faults:
            raise RuntimeError(f"{len(took.faults)} could not begin: {took.faults[0]}")

    def answer_and_send(self) -> None:
        self._all(self._answer_and_send, spread=self.pace)

    def press_at_once(self, statement: str) -> Took:
        """All open one page at the same moment, and then all save."""
        took, gate = Took(), threading.Barrier(len(self.people))
        self._all(lambda one, chance: one.answer(statement, took, level(chance), lambda: _wait(gate)), spread=0.0)
        return took

    def _answer_and_send(self, one: Respondent, chance: Random) -> None:
        for statement in self.statements:
            one.answer(statement, self.took, level(chance), lambda: time.sleep(self.pace * chance.uniform(0.5, 1.5)))
        one.send(self.took)

    def _all(self, step: Callable[[Respondent, Random], object], spread: float) -> None:
        def run(number: int, one: Respondent) -> None:
            chance = Random(number)
            time.sleep(spread * chance.random())
            step(one, chance)

        threads = [threading.Thread(target=run, args=pair) for pair in enumerate(self.people)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()


def _wait(gate: threading.Barrier) -> None:
    """Until everyone is here; whoever failed on the way keeps the others for a minute at most."""
    with suppress(threading.BrokenBarrierError):
        gate.wait(60)


def level(chance: Random) -> str:
    return str(chance.randrange(5))


def lost(app: Flask, people: Sequence[Respondent]) -> tuple[int, int, int]:
    """Acknowledged answers that are missing or other than they were, of how many; responses without their answers."""
    missing, acknowledged, responses = 0, 0, 0
    with app.app_context(), reading() as session:
        for one in people:
            acknowledged += len(one.saved)
            if one.code:
                sent = response_by_code(session, hash_of(one.code))
                responses += sent is not None
                kept = sent.answers if sent else ""
                missing += sum(f'"{name}": "{value}"' not in kept for name, value in one.saved.items())
                continue
            begun = alone_by_draft(session, hash_of(one.secret))
            answers = answers_of(session, begun.draft_id) if begun and begun.draft_id else {}
            missing += sum(name not in answers or answers[name].value != v for name, v in one.saved.items())
    return missing, acknowledged, responses


def percentile(seconds: Sequence[float], share: float) -> str:
    ordered = sorted(seconds)
    return f"{ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000:,.0f} ms"


def measure(name: str, url: str, folder: Path, options: argparse.Namespace) -> None:
    environment = {"INSTANCE": str(folder), "DATABASE_URL": url, "ENVIRONMENT": "local", "ACCESS_LOG": "0"}
    _prepare(environment)
    app = create_app(Settings(instance=folder, database_url=url))
    apart = round_apart(app, people_expected=options.people * 2)
    with app.app_context():
        statements = tuple(one.id for one in questionnaire().shared)
    with serving("wsgi:app", environment, folder) as server:
        crowd = _crowd(server.port, apart, statements[: options.statements], options)
        crowd.begin(apart.people)
        used, began = server.cpu_seconds(), time.monotonic()
        crowd.answer_and_send()
        spent = (server.cpu_seconds() - used) / (time.monotonic() - began)
        show(f"{name}: {options.people} people, a statement in {options.pace:g} s", crowd.took)
        print(f"  the {WORKERS} workers used {spent:.2f} of {os.cpu_count()} processors")
        tell_losses(app, crowd.people)
        late = _crowd(server.port, apart, statements, options)
        late.begin(apart.people)
        show(f"{name}: all {options.people} at the same moment", late.press_at_once(statements[0]))
        tell_losses(app, late.people)
    with app.app_context():
        db.engine.dispose()


def _crowd(port: int, apart: Apart, statements: Sequence[str], options: argparse.Namespace) -> Crowd:
    people = [Respondent(Browser(port), apart.id) for _number in range(options.people)]
    return Crowd(people, statements, options.pace)


def _prepare(environment: dict[str, str]) -> None:
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "prepare", "--real"]
    subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, check=True, capture_output=True)


def show(title: str, took: Took) -> None:
    rows = [
        (kind, f"{len(seconds):,}", percentile(seconds, 0.5), percentile(seconds, 0.95), f"{max(seconds):.2f} s")
        for kind, seconds in took.seconds.items()
    ]
    print(table(title, ("", "times", "p50", "p95", "longest"), rows))
    print(f"  {len(took.faults)} errors" + (f", the first: {took.faults[0]}" if took.faults else ""), flush=True)


def tell_losses(app: Flask, people: Sequence[Respondent]) -> None:
    missing, acknowledged, responses = lost(app, people)
    sent = sum(bool(one.code) for one in people)
    print(f"  of {acknowledged:,} acknowledged answers {missing} are lost", end="; ")
    print(f"of {sent} codes given {responses} open a response", flush=True)


@contextmanager
def databases(folder: Path, which: str) -> Iterator[dict[str, str]]:
    found = {"SQLite": f"sqlite:///{folder / 'alone.db'}"} if which != "postgresql" else {}
    if which == "sqlite":
        yield found
        return
    with running_server(SAFE) as server:
        yield found | {"PostgreSQL": server.create("alone")}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--statements", type=int, default=STATEMENTS)
    parser.add_argument("--pace", type=float, default=PACE_SECONDS, help="seconds a person takes for a statement")
    parser.add_argument("--database", choices=("both", "sqlite", "postgresql"), default="both")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as made, databases(Path(made), options.database) as found:
        for name, url in found.items():
            folder = Path(made) / name
            folder.mkdir()
            measure(name, url, folder, options)


if __name__ == "__main__":
    main()
