"""``python -m benchmarks.demo``: how long the demo network and its snapshots take, and how much memory.

Each network is made by the very command an operator runs, in a process of its own, so that the largest
memory is its own. Its last snapshot is taken back and published once more, to time that alone.
"""

from __future__ import annotations

import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[1]
FLASK = ("flask", "--app", "wsgi")
NETWORKS = ((300, 4), (1_000, 1), (10_000, 1))
GOALS = "goals: 10,000 services in under 180 s, with the memory of 300; a snapshot of them in under 60 s"


@dataclass(frozen=True, slots=True)
class Cost:
    """What one command took: seconds on the clock, seconds of processor, and its largest memory."""

    command: str
    seconds: float
    processor: float
    megabytes: float

    def __str__(self) -> str:
        return f"{self.command:<60}{self.seconds:>8.1f} s{self.processor:>8.1f} s{self.megabytes:>8.0f} MB"


def costs(services: int, rounds: int, folder: Path) -> Iterator[Cost]:
    """Fill a network, then publish its newest snapshot alone."""
    database = folder / "network.db"
    environment = {**os.environ, "INSTANCE": str(folder), "DATABASE_URL": f"sqlite:///{database}"}
    run(environment, FLASK, "prepare")
    yield run(environment, FLASK, "demo", "--services", str(services), "--rounds", str(rounds))
    _forget_newest_snapshot(database)
    yield run(environment, FLASK, "snapshot", "publish")


def _forget_newest_snapshot(database: Path) -> None:
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        (newest,) = connection.execute("SELECT id FROM snapshot ORDER BY as_of DESC LIMIT 1").fetchone()
        connection.execute('UPDATE "release" SET snapshot_id = NULL WHERE snapshot_id = ?', (newest,))
        for table, column in (
            ("snapshot_cell", "snapshot_id"),
            ("snapshot_release", "snapshot_id"),
            ("snapshot", "id"),
        ):
            connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (newest,))


def run(environment: dict[str, str], module: Sequence[str], *command: str) -> Cost:
    """Run a command of a module in a process of its own. Raises RuntimeError if it fails."""
    started = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", *module, *command], cwd=ROOT, env=environment, stdout=subprocess.PIPE
    )
    assert process.stdout
    process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise RuntimeError(f"{module[0]} {' '.join(command)} failed")
    return _cost((module[0], *command), time.monotonic() - started, used)


def _cost(command: tuple[str, ...], seconds: float, used: resource.struct_rusage) -> Cost:
    return Cost(" ".join(command), seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


HEADS = f"{'':<60}{'clock':>10}{'processor':>10}{'memory':>11}"


def main() -> None:
    print(f"{datetime.now(UTC):%Y-%m-%d %H:%M}, {os.cpu_count()} processors; {GOALS}")
    print(HEADS)
    for services, rounds in NETWORKS:
        with tempfile.TemporaryDirectory() as folder:
            for cost in costs(services, rounds, Path(folder)):
                print(cost, flush=True)


if __name__ == "__main__":
    main()
