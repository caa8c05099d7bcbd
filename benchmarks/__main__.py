"""``python -m benchmarks``: what answering and reading cost, each beside a floor measured in the same run.

Goals are said beside the figures and met or not; it fails only where something was lost or went wrong.
"""

from __future__ import annotations

import argparse
import os
import platform
import sqlite3
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from benchmarks import report
from benchmarks.installation import Installation
from benchmarks.queries import queries
from benchmarks.questionnaires import CLIENTS, databases, processes, served, tables
from benchmarks.scene import Scene, Visitors, staged
from benchmarks.serving import WORKERS, Server, serving, serving_floor
from benchmarks.speed import Pair, Runs, Side, pairs
from benchmarks.wire import Wire, wire

SERVICES = 300
MANY_SERVICES = 10_000


@dataclass(slots=True)
class Bench:
    """One run: a temporary folder, and the servers that stop when it ends."""

    folder: Path
    runs: Runs
    servers: ExitStack

    def questionnaires(self, which: str, clients: Sequence[int]) -> bool:
        """Whether all was answered as it should be."""
        errors = 0
        with databases(self.folder, which) as found:
            for name, urls in found.items():
                with served(name, urls, self.folder, clients) as measured:
                    measured.measure(self.runs.rounds, self.runs.seconds)
                    _show(tables(measured))
                    _show(report.process_table(processes(measured)))
                    errors += measured.errors
        return not errors

    def pages(self, full: bool) -> None:
        app, visitors = self._network(SERVICES)
        floor = self.servers.enter_context(serving_floor(str(self.folder / "floor.db"), self.folder))
        _show(report.wire_table(_wires(visitors)))
        measured = pairs(app, floor, visitors)
        kept = self.runs.measure(measured, visitors)
        _show(report.speed_table(measured) + f"\n  {kept:,} saves were answered or on their way; all answered are kept")
        _show(report.process_table({"Same table": app, "the floor": floor}))
        if full:
            self._compare(app, visitors)

    def _compare(self, app: Server, visitors: Visitors) -> None:
        """The result page of the large network beside that of the small one, both served at the same time."""
        large, its_visitors = self._network(MANY_SERVICES)
        pair = Pair(
            Side(f"Result page, {MANY_SERVICES:,} services", large, its_visitors.result_gets),
            Side(f"Result page, {SERVICES:,} services", app, visitors.result_gets),
        )
        self.runs.measure([pair])
        _show(report.growth_table(pair))

    def _network(self, services: int) -> tuple[Server, Visitors]:
        """A demo network of this many services, served, with visitors who have opened their links."""
        installation, started = Installation(self.folder / f"network-{services}", services), time.monotonic()
        installation.fill()
        _show(f"A demo network of {services:,} services: made in {time.monotonic() - started:.1f} s")
        scene = self._staged(installation)
        server = self._serve("wsgi:app", installation.environment)
        return server, Visitors.at(server.port, scene)

    def _staged(self, installation: Installation) -> Scene:
        with installation.opened() as app:
            scene = staged(app)
            if installation.services == SERVICES:
                _show(report.queries_table(queries(app, scene)))
        return scene

    def _serve(self, app: str, environment: dict[str, str]) -> Server:
        return self.servers.enter_context(serving(app, environment, self.folder))


def _wires(visitors: Visitors) -> dict[str, Wire]:
    team, door = visitors.teams[0], visitors.scene.rounds[0]
    return {
        "Statement page": wire(team, visitors.scene.statement_page(door.id)),
        **{name: wire(visitors.reader, path) for name, path in visitors.scene.pages.items()},
    }


def _show(text: str) -> None:
    print(text, end="\n\n", flush=True)


def _conditions(runs: Runs) -> str:
    return (
        f"{WORKERS} sync workers, brotli; {runs.rounds} rounds of {runs.seconds:g} s, each line in turn; medians. "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, on disk.\n"
        "The app writes a line into its log for each request, as in production; the floors write none.\n"
        f"{os.cpu_count()} processors, {os.getloadavg()[0]:.1f} programs wanted them before this one began: "
        "the more there are, the less the times and rates say, and the more the shares of CPU do."
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=2, help="how often each line is measured (2)")
    parser.add_argument("--seconds", type=float, default=6, help="how long each time, at least (6)")
    parser.add_argument("--clients", type=int, nargs="+", default=CLIENTS, help="who answer at once (1 8 64 256)")
    parser.add_argument("--database", choices=("both", "sqlite", "postgresql"), default="both")
    parser.add_argument("--only", choices=("questionnaires", "pages"), help="half of it")
    parser.add_argument("--full", action="store_true", help=f"also with {MANY_SERVICES:,} services; minutes longer")
    return parser.parse_args()


def main() -> int:
    asked, went_well, began = _arguments(), True, time.monotonic()
    with tempfile.TemporaryDirectory(prefix="same-table-") as folder, ExitStack() as servers:
        runs = Runs(asked.rounds, asked.seconds)
        _show(_conditions(runs))
        bench = Bench(Path(folder), runs, servers)
        if asked.only != "pages":
            went_well = bench.questionnaires(asked.database, asked.clients)
        if asked.only != "questionnaires":
            bench.pages(asked.full)
    print(f"{time.monotonic() - began:.0f} s in all")
    return 0 if went_well else 1


if __name__ == "__main__":
    raise SystemExit(main())
