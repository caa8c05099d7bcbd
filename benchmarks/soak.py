"""``python -m benchmarks.soak``: twenty minutes at 80 % of what it can do, with the jobs worker beside it.

People begin at a steady rate, whether or not those before them have come to their end, as they do in real life. Told
each minute are errors, how long pages took, memory and disk; at the end, whether memory stayed as it was. It fails
where anything went wrong or was lost.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean
from typing import Final

import psycopg

from benchmarks.client import Driven, Load, Times, drive, stretches
from benchmarks.journeys import SAVE, STATEMENT
from benchmarks.questionnaires import CLIENTS_OF_GOAL, Questionnaires, databases, served
from benchmarks.serving import ROOT, memory_of
from benchmarks.table import milliseconds

SHARE: Final = 0.8
STRETCH_SECONDS: Final = 60.0
ENDS: Final = 5  # so many minutes at the beginning are compared with as many at the end
FLAT: Final = 0.05
HEADS: Final = (
    "minute", "done", "under way", "errors", "GET p50", "p99", "POST p50", "p99", "workers' RSS", "jobs'", "database",
    "WAL",
)  # fmt: skip
WIDTHS: Final = (6, 6, 9, 6, 10, 10, 10, 10, 16, 7, 9, 8)


@dataclass(slots=True)
class Soak:
    """One site under steady load, and what its processes held at the end of each minute."""

    measured: Questionnaires
    jobs: int
    memory: list[tuple[float, ...]] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)
    done: int = 0

    def run(self, load: Load) -> None:
        print(_line(HEADS), flush=True)
        for minute, found in enumerate(stretches(load), 1):
            self.memory.append(self._held())
            self.errors += found.errors
            self.done += found.done
            print(_line(self._told(minute, found)), flush=True)

    def _held(self) -> tuple[float, ...]:
        """Megabytes of each worker, and of the jobs worker as the last."""
        return (*(worker.rss for worker in self.measured.app.memory()), memory_of(self.jobs).rss)

    def _told(self, minute: int, found: Driven) -> tuple[str, ...]:
        opened, saved = (found.kinds.get(kind, Times()) for kind in (STATEMENT, SAVE))
        times = (milliseconds(seconds) for one in (opened, saved) for seconds in (one.p50, one.p99))
        *workers, jobs = (f"{held:.1f}" for held in self.memory[-1])
        counts = (f"{minute}", f"{found.done}", f"{found.at_once}", f"{found.errors.total()}")
        sizes = (f"{size / 1e6:.1f} MB" for size in sizes_of(self.measured.site.url))
        return (*counts, *times, " + ".join(workers), jobs, *sizes)

    @property
    def is_flat(self) -> bool:
        first, last = (sum(held) for held in self._ends())
        return last <= first * (1 + FLAT)

    def _ends(self) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """Of each process, the mean of the first minutes and that of the last."""
        return _means(self.memory[: self._compared]), _means(self.memory[-self._compared :])

    @property
    def _compared(self) -> int:
        """How many minutes at either end: fewer where it was a short run."""
        return min(ENDS, max(1, len(self.memory) // 2))

    def verdict(self) -> str:
        first, last = (" + ".join(f"{held:.1f}" for held in held_then) for held_then in self._ends())
        many = self._compared
        memory = "memory flat" if self.is_flat else f"memory grew by more than {FLAT:.0%}"
        errors = "".join(f"\n  {times} times: {error}" for error, times in self.errors.items())
        return (
            f"{self.errors.total()} errors in {self.done:,} questionnaires, {memory} (first {many} minutes {first} MB, "
            f"last {many} minutes {last} MB; the jobs worker last){errors}"
        )


def _means(held: Sequence[tuple[float, ...]]) -> tuple[float, ...]:
    return tuple(mean(of_process) for of_process in zip(*held, strict=True))


def _line(cells: Sequence[str]) -> str:
    return "  ".join(cell.rjust(width) for cell, width in zip(cells, WIDTHS, strict=True))


def sizes_of(url: str) -> tuple[float, float]:
    """Bytes of the database, and of what it has written ahead."""
    if url.startswith("sqlite"):
        file = Path(url.removeprefix("sqlite:///"))
        return tuple(path.stat().st_size if path.exists() else 0 for path in (file, Path(f"{file}-wal")))  # type: ignore[return-value]
    asked = b"SELECT pg_database_size(current_database()), (SELECT sum(size) FROM pg_ls_waldir())"
    with psycopg.connect(url) as connection:
        found = connection.execute(asked).fetchone()
        assert found
        return float(found[0]), float(found[1])


@contextmanager
def jobs_worker(measured: Questionnaires) -> Iterator[int]:
    """The process that does what happens later, as it runs beside the server."""
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "jobs", "run"]
    environment = {**os.environ, **measured.site.environment}
    with (measured.site.folder / "jobs.log").open("wb") as said:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=said, stderr=said)
        try:
            yield process.pid
        finally:
            process.terminate()
            process.wait(60)


def soak(name: str, measured: Questionnaires, asked: argparse.Namespace) -> bool:
    """Whether nothing went wrong."""
    load = measured.levels[0].app.load
    with jobs_worker(measured) as jobs:
        rate = asked.rate or SHARE * _rate(load, asked.seconds)
        print(f"{name}: {asked.minutes:g} minutes at {rate:.2f} questionnaires a second", flush=True)
        before, found = measured.site.kept(), Soak(measured, jobs)
        found.run(load.times(rate=rate, seconds=asked.minutes * 60, every=STRETCH_SECONDS))
        kept = measured.site.kept() - before
    print(found.verdict(), f"{found.done:,} were sent, {kept:,} are kept", sep="\n", flush=True)
    return not found.errors and kept >= found.done


def _rate(load: Load, seconds: float) -> float:
    """Questionnaires a second with as many clients as the goal names, once warm."""
    drive(load.times(seconds=1))
    found = drive(load.times(seconds=seconds))
    print(f"Measured first, {load.clients} clients: {found.rate:.2f} questionnaires a second", end="; ")
    print(f"{SHARE:.0%} of that is kept up")
    return found.rate


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=20, help="how long (20)")
    parser.add_argument("--seconds", type=float, default=20, help="how long to measure what it can do first (20)")
    parser.add_argument("--rate", type=float, help="questionnaires a second, instead of 80 %% of what it can do")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    asked, began = parser.parse_args(), time.monotonic()
    with tempfile.TemporaryDirectory(prefix="same-table-") as made, databases(Path(made), asked.database) as found:
        ((name, urls),) = found.items()
        with served(name, urls, Path(made), (CLIENTS_OF_GOAL,)) as measured:
            went_well = soak(name, measured, asked)
    print(f"{time.monotonic() - began:.0f} s in all")
    return 0 if went_well else 1


if __name__ == "__main__":
    raise SystemExit(main())
