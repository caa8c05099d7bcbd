"""Starts the client program and takes in what it measured."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from statistics import median
from typing import Any, NamedTuple

from benchmarks.serving import ROOT


@dataclass(frozen=True, slots=True)
class Load:
    """Clients at one server: ``visits`` to repeat, ``links`` to answer by, or ``pages`` of so many bytes at the floor.

    ``clients`` at once for so many seconds; with a ``rate`` instead so many a second begin, however many that makes.
    """

    port: int
    visits: Sequence[Mapping[str, object]] = ()
    links: Sequence[str] = ()
    size: int = 0
    pages: int = 0
    clients: int = 1
    seconds: float = 1.0
    rate: float = 0.0
    every: float = 0.0

    def times(self, **values: float) -> Load:
        return replace(self, **values)  # type: ignore[arg-type]


class Times(NamedTuple):
    """How many requests, and the seconds within which half, 95 % and 99 % were answered."""

    times: int = 0
    p50: float = 0.0
    p95: float = 0.0
    p99: float = 0.0


@dataclass(frozen=True, slots=True)
class Driven:
    """What the clients saw: ``done`` questionnaires, what failed, and what the client program itself used."""

    seconds: float
    done: int
    at_once: int
    errors: Counter[str]
    kinds: Mapping[str, Times]
    processor: float

    @property
    def rate(self) -> float:
        return self.done / self.seconds

    def share_beside(self, workers: float) -> float:
        """The client's, of the processor time that it and the workers used."""
        return self.processor / (self.processor + workers)


def drive(load: Load) -> Driven:
    return list(stretches(load))[-1]


def stretches(load: Load) -> Iterator[Driven]:
    """One for each stretch of ``every`` seconds, as it ends, and the last. Raises RuntimeError if the client fails."""
    command = [sys.executable, "-m", "benchmarks.drive"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as client:
        assert client.stdin and client.stdout
        client.stdin.write(json.dumps(asdict(load)))
        client.stdin.close()
        for line in client.stdout:
            yield _read(json.loads(line))
    if client.returncode:
        raise RuntimeError("the client program failed; it says why above")


def _read(told: dict[str, Any]) -> Driven:
    kinds = {kind: Times(*figures) for kind, figures in told["kinds"].items()}
    return Driven(**{**told, "kinds": kinds, "errors": Counter(told["errors"])})


def times_of(runs: Sequence[Driven], kind: str) -> Times:
    """The median of each figure over runs of the same load."""
    found = [run.kinds.get(kind, Times()) for run in runs]
    return Times(sum(one.times for one in found), *(median(one[place] for one in found) for place in (1, 2, 3)))
