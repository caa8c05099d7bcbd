"""How long pages take and how many a second are served, each beside its floor measured right after it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from uuid import uuid4

from benchmarks.load import Measured, Refused, Visit, load, middle
from benchmarks.scene import VISITORS, Visitors
from benchmarks.serving import Server

WARM_UP_SECONDS = 1


@dataclass(slots=True)
class Side:
    """One load: its visits are made anew for each run, since saves count up."""

    name: str
    server: Server
    visits: Callable[[], Sequence[Visit]]
    runs: list[Measured] = field(default_factory=list)

    def run(self, seconds: int, folder: Path) -> Measured:
        return load(self.server, self.visits(), seconds, folder)

    @property
    def measured(self) -> Measured:
        return middle(self.runs)


@dataclass(frozen=True, slots=True)
class Pair:
    """A page and what it is held against, always measured one right after the other."""

    page: Side
    floor: Side

    def share_of(self, figure: Callable[[Measured], float]) -> float:
        """The page's figure as a share of the floor's: the median over the runs, so that a slow moment moves both."""
        runs = zip(self.page.runs, self.floor.runs, strict=True)
        return median(figure(page) / figure(floor) for page, floor in runs)


def pairs(app: Server, floor: Server, visitors: Visitors) -> list[Pair]:
    size, result_size = visitors.statement_size(), visitors.result_size()
    return [
        Pair(
            Side("Statement page, GET", app, visitors.statement_gets),
            Side(f"bare page of {size:,} bytes", floor, lambda: _bare(size)),
        ),
        Pair(
            Side("Statement page, POST", app, visitors.statement_posts),
            Side("the same page and one insert", floor, lambda: _bare_and_insert(size)),
        ),
        Pair(
            Side("Result page, GET", app, visitors.result_gets),
            Side(f"bare page of {result_size:,} bytes", floor, lambda: _bare(result_size)),
        ),
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
        sides = [side for pair in measured for side in (pair.page, pair.floor)]
        for side in sides:
            side.run(WARM_UP_SECONDS, self.folder)
        for _ in range(self.rounds):
            for side in sides:
                side.runs.append(side.run(self.seconds, self.folder))
        after = visitors.statement_posts() if visitors else []
        return _kept(before, after, sum(pair.page.measured.saved for pair in measured))


def _kept(before: Sequence[Visit], after: Sequence[Visit], answered: int) -> int:
    kept = sum(now.version - then.version for now, then in zip(after, before, strict=True))
    if kept < answered:
        raise Refused(f"{answered} saves were answered, {kept} are kept")
    return kept


def _bare(size: int) -> list[Visit]:
    return [Visit("GET", f"/{size}")] * VISITORS


def _bare_and_insert(size: int) -> list[Visit]:
    return [Visit("POST", f"/{size}/{uuid4()}", token=uuid4().hex * 3) for _ in range(VISITORS)]
