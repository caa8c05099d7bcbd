"""Load on one page: each client sends its next request as soon as the last is answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median

from benchmarks.client import Load, drive
from benchmarks.journeys import Visit
from benchmarks.serving import Server


class Refused(RuntimeError):
    """Some requests were not answered as they should be, so the figures would be of something else."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds at the 50th, 95th and 99th percentile, requests a second, saves, the workers' CPU seconds a request.

    ``client``: its share of the processor time that it and the workers used.
    """

    p50: float
    p95: float
    p99: float
    rate: float
    saved: int
    cpu: float
    client: float


def load(server: Server, visits: Sequence[Visit], seconds: float, clients: int) -> Measured:
    """Send these for so many seconds, so many at once. Raises Refused if any answer was not as it should be."""
    used = server.cpu_seconds()
    found = drive(Load(server.port, visits=[asdict(visit) for visit in visits], clients=clients, seconds=seconds))
    if found.errors or not found.kinds:
        raise Refused(f"{visits[0].method} {visits[0].path}: {dict(found.errors)}")
    (times,) = found.kinds.values()
    saved = times.times if visits[0].method == "POST" else 0
    used = server.cpu_seconds() - used
    share = found.share_beside(used)
    return Measured(times.p50, times.p95, times.p99, times.times / found.seconds, saved, used / times.times, share)


def middle(runs: Sequence[Measured]) -> Measured:
    """The median of each figure over runs of the same load; saves are added up."""
    return Measured(
        median(run.p50 for run in runs),
        median(run.p95 for run in runs),
        median(run.p99 for run in runs),
        median(run.rate for run in runs),
        sum(run.saved for run in runs),
        median(run.cpu for run in runs),
        median(run.client for run in runs),
    )
