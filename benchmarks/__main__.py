"""``python -m benchmarks``: what pages cost, each beside a floor measured in the same run. It judges nothing."""

from __future__ import annotations

import argparse
import os
import platform
import sqlite3
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from benchmarks import report
from benchmarks.installation import Installation
from benchmarks.load import MISSING, wrk_is_installed
from benchmarks.queries import queries
from benchmarks.scene import VISITORS, Scene, Visitors, staged
from benchmarks.serving import WORKERS, Server, serving
from benchmarks.speed import Pair, Runs, Side, pairs
from benchmarks.wire import Wire, wire

SERVICES = 300
MANY_SERVICES = 10_000
NOT_MEASURED = 2


@dataclass(slots=True)
class Bench:
    """One run: a temporary folder, and the servers that stop when it ends."""

    folder: Path
    runs: Runs
    servers: ExitStack

    def run(self, full: bool) -> None:
        app, visitors = self._network(SERVICES)
        floor = self._serve("benchmarks.floor:app", {"FLOOR_DATABASE": str(self.folder / "floor.db")})
        _show(report.wire_table(_wires(visitors)))
        measured = pairs(app, floor, visitors)
        kept = self.runs.measure(measured, visitors)
        _show(report.speed_table(measured) + f"\n  {kept:,} saves were answered or on their way; all answered are kept")
        _show(report.process_table({"Same table": app, "The floors": floor}))
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
        "Result page": wire(visitors.reader, visitors.scene.result_page),
    }


def _show(text: str) -> None:
    print(text, end="\n\n", flush=True)


def _conditions(runs: Runs) -> str:
    return (
        f"{WORKERS} sync workers, {VISITORS} visitors at once, brotli; {runs.rounds} rounds of {runs.seconds} s, "
        f"each line in turn; medians. Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, on disk.\n"
        f"{os.cpu_count()} processors, {os.getloadavg()[0]:.1f} programs wanted them before this one began: "
        "the more there are, the less the times and rates say, and the more the shares of CPU do."
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="how often each line is measured (5)")
    parser.add_argument("--seconds", type=int, default=3, help="how long each time (3)")
    parser.add_argument("--full", action="store_true", help=f"also with {MANY_SERVICES:,} services; minutes longer")
    return parser.parse_args()


def main() -> int:
    asked = _arguments()
    if not wrk_is_installed():
        print(MISSING, file=sys.stderr)
        return NOT_MEASURED
    with tempfile.TemporaryDirectory(prefix="same-table-") as folder, ExitStack() as servers:
        runs = Runs(asked.rounds, asked.seconds, Path(folder))
        _show(_conditions(runs))
        Bench(Path(folder), runs, servers).run(asked.full)
    return 0


if __name__ == "__main__":
    sys.exit(main())
