"""Load by wrk: one connection a visitor, and each sends its next request when the last is answered."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.serving import Server

SCRIPT = Path(__file__).parent / "load.lua"
FIGURES = re.compile(r"^figures (\d+) (\d+) (\d+) (\d+) (\d+) (\d+)$", re.MULTILINE)
MISSING = "wrk sends the load and is not installed. Install it with: apt-get install -y wrk"


class Refused(RuntimeError):
    """Some requests were not answered as they should be, so the figures would be of something else."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One visitor's request, sent again and again; a POST counts ``version`` up from what stands."""

    method: str
    path: str
    cookie: str = ""
    token: str = ""
    version: int = 0

    @property
    def line(self) -> str:
        return "\t".join((self.method, self.path, self.cookie, self.token, str(self.version)))


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds at the 50th and 95th percentile, requests a second, requests, saves among them, CPU seconds a request."""

    p50: float
    p95: float
    rate: float
    requests: int
    saved: int
    cpu: float


def wrk_is_installed() -> bool:
    return shutil.which("wrk") is not None


def load(server: Server, visits: Sequence[Visit], seconds: int, folder: Path) -> Measured:
    """Send this for so many seconds, all visitors at once. Raises Refused if any answer was not as it should be."""
    used = server.cpu_seconds()
    requests, duration, p50, p95, faults, saved = _sent(server.port, visits, seconds, folder)
    if faults or not requests or (visits[0].method == "POST" and saved != requests):
        raise Refused(f"{visits[0].method} {visits[0].path}: {faults} faults, {saved} saves in {requests} requests")
    cpu = (server.cpu_seconds() - used) / requests
    return Measured(p50 / 1e6, p95 / 1e6, requests * 1e6 / duration, requests, saved, cpu)


def _sent(port: int, visits: Sequence[Visit], seconds: int, folder: Path) -> tuple[int, ...]:
    """The figures that load.lua prints; times in microseconds."""
    visitors = folder / "visitors.txt"
    visitors.write_text("\n".join(visit.line for visit in visits))
    count = str(len(visits))
    command = ["wrk", "-t", count, "-c", count, "-d", f"{seconds}s", "-s", str(SCRIPT)]
    ran = subprocess.run(
        [*command, f"http://127.0.0.1:{port}/", str(visitors)], capture_output=True, text=True, check=True
    )
    found = FIGURES.search(ran.stdout)
    if found is None:
        raise Refused(ran.stdout + ran.stderr)
    return tuple(int(figure) for figure in found.groups())


def middle(runs: Sequence[Measured]) -> Measured:
    """The median of each figure over runs of the same load; requests and saves are added up."""
    return Measured(
        median(run.p50 for run in runs),
        median(run.p95 for run in runs),
        median(run.rate for run in runs),
        sum(run.requests for run in runs),
        sum(run.saved for run in runs),
        median(run.cpu for run in runs),
    )
