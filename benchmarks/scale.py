"""``python -m benchmarks.scale``: what a network of full size costs, on SQLite and on PostgreSQL.

Loading, publishing a snapshot alone, the audit of all that is published, the size of the database; and pages, each
beside the same page of a network of 300 services and beside a bare page of as many bytes, asked for in turn. Commands
run in processes of their own, so that memory and processor time are theirs.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from assessment.app import create_app
from assessment.config import Settings
from assessment.store.db import db
from benchmarks.alone import SAFE
from benchmarks.browser import Browser
from benchmarks.demo import FLASK, HEADS, Cost, run
from benchmarks.large import days
from benchmarks.scale_pages import Timed, Visitor, pages, take_turns, timed_table
from benchmarks.serving import serving
from tests.house.postgresql import running_server

SMALL = 300
GOALS = "goals: publishing under 60 s and 1 GB; pages at most 1.2 times those of 300 services"
LARGE = ("benchmarks.large",)


@dataclass(frozen=True, slots=True)
class Network:
    """One network in a database of its own."""

    name: str
    folder: Path
    url: str
    services: int
    crowd: float
    costs: list[Cost] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        asked = {"INSTANCE": str(self.folder), "DATABASE_URL": self.url, "ENVIRONMENT": "local", "ACCESS_LOG": "0"}
        return {**os.environ, **asked}

    def fill(self, processes: int) -> Iterator[Cost]:
        """Load it, unless that was done before, and publish what is not published yet."""
        self.folder.mkdir(parents=True, exist_ok=True)
        run(self.environment, FLASK, "prepare")
        if not self.counted("organisation"):
            asked = ("--services", str(self.services), "--crowd", str(self.crowd), "--processes", str(processes))
            yield run(self.environment, LARGE, "load", *asked)
        for day in days()[self.counted("snapshot") :]:
            yield run(self.environment, FLASK, "snapshot", "publish", "--as-of", str(day))
        run(self.environment, LARGE, "tie")
        yield run(self.environment, FLASK, "snapshot", "audit")

    def counted(self, table: str) -> int:
        return int(self._asked(f'SELECT count(*) FROM "{table}"'))

    def megabytes(self) -> float:
        if self.url.startswith("sqlite"):
            return Path(self.url.removeprefix("sqlite:///")).stat().st_size / 1e6
        return float(self._asked("SELECT pg_database_size(current_database())")) / 1e6

    def _asked(self, query: str) -> int:
        """The number that a query gives."""
        if self.url.startswith("sqlite"):
            with closing(sqlite3.connect(self.url.removeprefix("sqlite:///"))) as lite:
                return int(lite.execute(query).fetchone()[0])
        with psycopg.connect(self.url) as connection:
            found = connection.execute(query.encode()).fetchone()
            assert found
            return int(found[0])


def show(network: Network, processes: int) -> None:
    print(f"\n{network.name}, {network.services:,} services\n{HEADS}", flush=True)
    for cost in network.fill(processes):
        print(cost, flush=True)
    held = {name: network.counted(name) for name in ("service", "round", "response", "release", "release_cell")}
    print(
        "  ".join(f"{count:,} {name}s" for name, count in held.items()), f" {network.megabytes():,.0f} MB", flush=True
    )


def compare(large: Network, small: Network, times: int) -> Sequence[Timed]:
    """The same pages of both networks and bare ones, in turn."""
    with ExitStack() as servers:
        visitors = [servers.enter_context(_served(network)) for network in (large, small)]
        folder = {"FLOOR_DATABASE": str(small.folder / "floor.db")}
        floor = servers.enter_context(serving("benchmarks.floor:app", folder, small.folder))
        return take_turns(visitors[0], visitors[1], floor, times)


@contextmanager
def _served(network: Network) -> Iterator[Visitor]:
    """Someone who is signed in to a served network, and the pages they look at."""
    app = create_app(Settings(instance=network.folder, database_url=network.url))
    with app.app_context():
        found = pages()
        db.engine.dispose()
    with serving("wsgi:app", network.environment, network.folder) as server:
        visitor = Browser(server.port)
        page = visitor.get("/demo/sign-in")
        visitor.post("/demo/sign-in", {"csrf_token": page.hidden("csrf_token"), "role": "organisation lead"})
        yield Visitor(visitor, server, found)


@contextmanager
def places(folder: Path, which: str) -> Iterator[dict[str, tuple[str, str]]]:
    """By database, the addresses of a large and of a small network."""
    found = {}
    if which != "postgresql":
        found["SQLite"] = (f"sqlite:///{folder / 'large.db'}", f"sqlite:///{folder / 'small.db'}")
    if which == "sqlite":
        yield found
        return
    with running_server(SAFE) as server:
        yield found | {"PostgreSQL": (server.create("large"), server.create("small"))}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--services", type=int, default=10_000)
    parser.add_argument("--crowd", type=float, default=1.0, help="the share of the people who answer (1)")
    parser.add_argument("--processes", type=int, default=2, help="how many load side by side (2)")
    parser.add_argument("--times", type=int, default=60, help="how often each page is asked for (60)")
    parser.add_argument("--database", choices=("both", "sqlite", "postgresql"), default="both")
    parser.add_argument("--folder", type=Path, help="keep the SQLite databases here, and use those that are there")
    asked = parser.parse_args()
    print(f"{datetime.now(UTC):%Y-%m-%d %H:%M}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}; {GOALS}")
    with tempfile.TemporaryDirectory() as made, places(asked.folder or Path(made), asked.database) as found:
        for name, (large_url, small_url) in found.items():
            at = (asked.folder or Path(made)) / name
            large = Network(name, at / "large", large_url, asked.services, asked.crowd)
            small = Network(name, at / "small", small_url, SMALL, asked.crowd)
            for network in (large, small):
                show(network, asked.processes)
            print(timed_table(name, compare(large, small, asked.times)), flush=True)


if __name__ == "__main__":
    main()
