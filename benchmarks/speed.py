"""How long pages take and how many a second are served, each beside its floor measured right after it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from uuid import uuid4

from benchmarks.load import Measured, Refused, Visit, load, middle
from benchmarks.scene import VISITORS, Visitors

WARM_UP_SECONDS = 1
Visits = Callable[[], Sequence[Visit]]


@dataclass(slots=True)
class Pair:
    """A page and what it is held against: each a port and its visits, made anew for each run."""

    name: str
    page: tuple[int, Visits]
    floor_name: str
    floor: tuple[int, Visits]
    runs: list[tuple[Measured, Measured]] = field(default_factory=list)

    def run(self, seconds: int, folder: Path) -> tuple[Measured, Measured]:
        (port, visits), (floor_port, floor_visits) = self.page, self.floor
        return load(port, visits(), seconds, folder), load(floor_port, floor_visits(), seconds, folder)

    @property
    def measured(self) -> Measured:
        return middle([page for page, _floor in self.runs])

    @property
    def floor_measured(self) -> Measured:
        return middle([floor for _page, floor in self.runs])

    @property
    def rate_ratio(self) -> float:
        """Requests a second as a share of the floor's: the median over the runs, so that a slow moment moves both."""
        return median(page.rate / floor.rate for page, floor in self.runs)

    @property
    def p50_ratio(self) -> float:
        return median(page.p50 / floor.p50 for page, floor in self.runs)


def pairs(port: int, floor_port: int, visitors: Visitors) -> list[Pair]:
    size, result_size = visitors.statement_size(), visitors.result_size()
    bare, bare_result = f"bare page of {size:,} bytes", f"bare page of {result_size:,} bytes"
    return [
        Pair("Statement page, GET", (port, visitors.statement_gets), bare, (floor_port, lambda: _bare(size))),
        Pair(
            "Statement page, POST",
            (port, visitors.statement_posts),
            "the same page and one insert",
            (floor_port, lambda: _bare_and_insert(size)),
        ),
        Pair("Result page, GET", (port, visitors.result_gets), bare_result, (floor_port, lambda: _bare(result_size))),
    ]


@dataclass(frozen=True, slots=True)
class Runs:
    """How often and how long each load is sent. ``folder`` takes the load's own file."""

    rounds: int
    seconds: int
    folder: Path

    def measure(self, measured: Sequence[Pair], visitors: Visitors | None = None) -> int:
        """Every pair in turn, round after round: what slows the machine for a while slows all of them.

        Returns how many saves of these visitors are kept. Raises Refused if that is fewer than were answered.
        """
        before = visitors.statement_posts() if visitors else []
        for pair in measured:
            pair.run(WARM_UP_SECONDS, self.folder)
        for _ in range(self.rounds):
            for pair in measured:
                pair.runs.append(pair.run(self.seconds, self.folder))
        after = visitors.statement_posts() if visitors else []
        return _kept(before, after, sum(pair.measured.saved for pair in measured))


def _kept(before: Sequence[Visit], after: Sequence[Visit], answered: int) -> int:
    kept = sum(now.version - then.version for now, then in zip(after, before, strict=True))
    if kept < answered:
        raise Refused(f"{answered} saves were answered, {kept} are kept")
    return kept


def _bare(size: int) -> list[Visit]:
    return [Visit("GET", f"/{size}")] * VISITORS


def _bare_and_insert(size: int) -> list[Visit]:
    return [Visit("POST", f"/{size}/{uuid4()}", token=uuid4().hex * 3) for _ in range(VISITORS)]
