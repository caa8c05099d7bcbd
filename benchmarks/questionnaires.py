"""Complete questionnaires: each person opens their link, answers 36 statements one page each, and sends.

Beside them, in turn, the floor: the same client program, as many clients, as many pages and inserts of the same size.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Final

from sqlalchemy import func, select

from assessment.app import create_app
from assessment.config import Settings
from assessment.store.db import db, reading
from assessment.store.models import StoredResponse
from benchmarks.alone import SAFE
from benchmarks.browser import Browser
from benchmarks.client import Driven, Load, drive, times_of
from benchmarks.journeys import SAVE, SEND, STATEMENT
from benchmarks.load import Refused
from benchmarks.serving import LOGS, ROOT, Server, serving, serving_floor
from benchmarks.table import met, milliseconds, percent, table
from tests.house.apart import round_apart
from tests.house.postgresql import running_server

CLIENTS: Final = (1, 8, 64, 256)
ROUNDS: Final = 100
EXPECTED: Final = 10_000
STATEMENTS: Final = 36
QUESTIONS: Final = 5  # pages beside the statements: the link, the promises, harm, open questions, the check
WARM_UP_SECONDS: Final = 1.0
GOAL_RATE, CLIENTS_OF_GOAL = 12, 8
GOAL_P99, CLIENTS_OF_P99 = 0.2, 64
NOTE: Final = """  The floor: {pages} bare pages of {size:,} bytes, and as many inserts as large as a saved answer.
  CPU is the workers'. The client program runs on the same processors; its share is of all that
  it and they used. It lowers the floor's rate more than the app's, and the shares of CPU leave it out."""


@dataclass(frozen=True, slots=True)
class Site:
    """An installation with rounds held apart that are open, and how to serve it."""

    folder: Path
    url: str
    links: Sequence[str]

    @property
    def environment(self) -> dict[str, str]:
        return _environment(self.folder, self.url)

    def kept(self) -> int:
        """How many people's answers were sent and are kept."""
        app = create_app(Settings(instance=self.folder, database_url=self.url))
        with app.app_context():
            with reading(answers=True) as session:
                found = session.scalars(select(func.count()).select_from(StoredResponse)).one()
            db.engine.dispose()
        return found


def _environment(folder: Path, url: str) -> dict[str, str]:
    return {"ENVIRONMENT": "local", "INSTANCE": str(folder), "DATABASE_URL": url, **LOGS}


def site(folder: Path, url: str) -> Site:
    """A new installation at this database, with so many open rounds; staff answer all statements."""
    folder.mkdir(parents=True)
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "prepare", "--real"]
    environment = {**os.environ, **_environment(folder, url)}
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
    app = create_app(Settings(instance=folder, database_url=url))
    links = tuple(round_apart(app, form="full", staff_expected=EXPECTED).staff for _number in range(ROUNDS))
    with app.app_context():
        db.engine.dispose()
    return Site(folder, url, links)


@contextmanager
def databases(folder: Path, which: str) -> Iterator[dict[str, tuple[str, str]]]:
    """By name, a database of the app's and one of the floor's."""
    found = {"SQLite": (f"sqlite:///{folder / 'answers.db'}", str(folder / "floor-answers.db"))}
    if which == "sqlite":
        yield found
        return
    with running_server(SAFE) as server:
        bare = server.create("floor")
        served = {"PostgreSQL": (server.create("answers"), bare)}
        yield served if which == "postgresql" else found | served


@dataclass(slots=True)
class Side:
    load: Load
    server: Server
    runs: list[Driven] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    client: list[float] = field(default_factory=list)

    def run(self, seconds: float) -> None:
        before = self.server.cpu_seconds()
        found = drive(self.load.times(seconds=seconds))
        if not found.done:
            raise Refused(f"no questionnaire was completed: {dict(found.errors)}")
        self.runs.append(found)
        used = self.server.cpu_seconds() - before
        self.cpu.append(used / found.done)
        self.client.append(found.share_beside(used))

    def middle(self, figure: Callable[[Driven], float]) -> float:
        return median(map(figure, self.runs))

    @property
    def errors(self) -> Counter[str]:
        return sum((run.errors for run in self.runs), Counter())


@dataclass(frozen=True, slots=True)
class Level:
    """So many clients, at the app and at the floor, always one right after the other."""

    clients: int
    app: Side
    floor: Side

    @property
    def of_floor(self) -> float:
        return median(ours.rate / bare.rate for ours, bare in zip(self.app.runs, self.floor.runs, strict=True))

    @property
    def cpu_of_floor(self) -> float:
        used = zip(self.app.cpu, self.floor.cpu, strict=True)
        return median(ours / bare if bare else 0.0 for ours, bare in used)


@dataclass(frozen=True, slots=True)
class Questionnaires:
    """One database: its servers, measured at each number of clients."""

    name: str
    site: Site
    app: Server
    floor: Server
    levels: Sequence[Level]

    @property
    def errors(self) -> int:
        return sum(side.errors.total() for level in self.levels for side in (level.app, level.floor))

    def measure(self, rounds: int, seconds: float) -> None:
        """Raises Refused if fewer are kept than came to their end."""
        before, warm = self.site.kept(), drive(self.levels[0].app.load.times(seconds=WARM_UP_SECONDS, clients=2))
        drive(self.levels[0].floor.load.times(seconds=WARM_UP_SECONDS, clients=2))
        for _round in range(rounds):
            for level in self.levels:
                level.app.run(seconds)
                level.floor.run(seconds)
        sent = warm.done + sum(run.done for level in self.levels for run in level.app.runs)
        if (kept := self.site.kept() - before) < sent:
            raise Refused(f"{sent} questionnaires were sent, {kept} are kept")


@contextmanager
def served(name: str, urls: tuple[str, str], folder: Path, clients: Sequence[int]) -> Iterator[Questionnaires]:
    at, (url, bare) = folder / f"answers-{name}", urls
    made = site(at, url)
    with ExitStack() as servers:
        app = servers.enter_context(serving("wsgi:app", made.environment, at))
        below = servers.enter_context(serving_floor(bare, at))
        ours = Load(app.port, links=made.links)
        theirs = Load(below.port, size=_size(app.port, made), pages=STATEMENTS + QUESTIONS)
        levels = [
            Level(many, Side(ours.times(clients=many), app), Side(theirs.times(clients=many), below))
            for many in clients
        ]
        yield Questionnaires(name, made, app, below, levels)


def _size(port: int, made: Site) -> int:
    """Of the first statement's page, in bytes, as somebody sees it who has begun."""
    browser = Browser(port)
    before = browser.open_link(made.links[0])
    page = browser.get(before)
    first = browser.post(before, {"csrf_token": page.hidden("csrf_token"), "new": page.hidden("new")})
    return len(browser.get(first).body)


def tables(measured: Questionnaires) -> str:
    levels, bare = measured.levels, measured.levels[0].floor.load
    both = [(level, side, beside) for level in levels for side, beside in ((level.app, False), (level.floor, True))]
    heads = ("", "a second", "of its floor", "CPU each", "CPU of its floor", "the client's", "errors", "goal")
    rates = table(
        f"Complete questionnaires on {measured.name}: {STATEMENTS} statements, one page each, no time to think",
        heads,
        [_rates(*one) for one in both],
    )
    shares = [f"{page} {share}" for page in ("GET", "POST") for share in ("p50", "p95", "p99")]
    heads_of_times = ("", *shares, "sending p99", "goal")
    times = table(f"How long a page took on {measured.name}", heads_of_times, [_times(*one) for one in both])
    return "\n".join((rates, NOTE.format(pages=bare.pages, size=bare.size), *_errors(levels), "", times))


def _name(level: Level, is_floor: bool) -> str:
    return "  floor" if is_floor else f"{level.clients} client{'s' if level.clients > 1 else ''}"


def _rates(level: Level, side: Side, is_floor: bool) -> tuple[str, ...]:
    rate = side.middle(lambda run: run.rate)
    shares = ("", "") if is_floor else (percent(level.of_floor), f"x {level.cpu_of_floor:.1f}")
    goal = f"{GOAL_RATE} or more: {met(rate >= GOAL_RATE)}" if level.clients == CLIENTS_OF_GOAL and not is_floor else ""
    client = percent(median(side.client))
    cpu = milliseconds(median(side.cpu))
    return (_name(level, is_floor), f"{rate:.1f}", shares[0], cpu, shares[1], client, str(side.errors.total()), goal)


def _times(level: Level, side: Side, is_floor: bool) -> tuple[str, ...]:
    opened, saved, sent = (times_of(side.runs, kind) for kind in (STATEMENT, SAVE, SEND))
    slowest = max(opened.p99, saved.p99)
    goal = f"p99 under {GOAL_P99 * 1000:.0f} ms: {met(slowest < GOAL_P99)}"
    shown = [milliseconds(seconds) for found in (opened, saved) for seconds in found[1:]]
    last = "" if is_floor else milliseconds(sent.p99)
    return (_name(level, is_floor), *shown, last, goal if level.clients == CLIENTS_OF_P99 and not is_floor else "")


def _errors(levels: Sequence[Level]) -> Iterator[str]:
    for level in levels:
        for name, side in (("Same table", level.app), ("the floor", level.floor)):
            for error, times in side.errors.items():
                yield f"  {times} times with {level.clients} clients at {name}: {error}"


def processes(measured: Questionnaires) -> Mapping[str, Server]:
    return {f"Same table, {measured.name}": measured.app, "the floor": measured.floor}
