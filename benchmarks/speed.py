"""How long pages take and how many a second are served, each beside its floor measured right after it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Final
from uuid import uuid4

from benchmarks.journeys import Visit
from benchmarks.load import Measured, Refused, load, middle
from benchmarks.scene import VISITORS, Visitors
from benchmarks.serving import Server

WARM_UP_SECONDS: Final = 0.5
CLIENTS: Final = (8, 64)
GOAL_SHARE: Final = 0.45


@dataclass(slots=True)
class Side:
    """One load: its visits are made anew for each run, since saves count up."""

    name: str
    server: Server
    visits: Callable[[], Sequence[Visit]]
    clients: int = VISITORS
    runs: list[Measured] = field(default_factory=list)

    def run(self, seconds: float) -> Measured:
        return load(self.server, self.visits(), seconds, self.clients)

    @property
    def measured(self) -> Measured:
        return middle(self.runs)


@dataclass(frozen=True, slots=True)
class Pair:
    """A page and what it is held against, always measured one right after the other; ``goal``: the least share."""

    page: Side
    floor: Side
    goal: float = 0.0

    def share_of(self, figure: Callable[[Measured], float]) -> float:
        """The page's figure as a share of the floor's: the median over the runs, so that a slow moment moves both."""
        runs = zip(self.page.runs, self.floor.runs, strict=True)
        return median(figure(page) / figure(floor) if figure(floor) else 0.0 for page, floor in runs)


def pairs(app: Server, floor: Server, visitors: Visitors) -> list[Pair]:
    size = visitors.statement_size()
    return [
        Pair(
            Side(f"Statement page, GET, {VISITORS} clients", app, visitors.statement_gets),
            Side(f"bare page of {size:,} bytes", floor, lambda: _bare(size)),
            GOAL_SHARE,
        ),
        Pair(
            Side(f"Statement page, POST, {VISITORS} clients", app, visitors.statement_posts),
            Side("one insert that leads on", floor, lambda: _bare_insert(size)),
            GOAL_SHARE,
        ),
        *_readers_pages(app, floor, visitors),
    ]


def _readers_pages(app: Server, floor: Server, visitors: Visitors) -> Iterator[Pair]:
    for name, path in visitors.scene.pages.items():
        for clients in CLIENTS:
            yield _pair(f"{name}, {clients} clients", path, clients, app, floor, visitors)


def _pair(name: str, path: str, clients: int, app: Server, floor: Server, visitors: Visitors) -> Pair:
    size = visitors.size(path)
    return Pair(
        Side(name, app, lambda: visitors.gets(path), clients),
        Side(f"bare page of {size:,} bytes", floor, lambda: _bare(size), clients),
    )


@dataclass(frozen=True, slots=True)
class Runs:
    """How often and how long each load is sent."""

    rounds: int
    seconds: float

    def measure(self, measured: Sequence[Pair], visitors: Visitors | None = None) -> int:
        """Every pair in turn, round after round: what slows the machine for a while slows all of them.

        Returns how many saves of these visitors are kept. Raises Refused if that is fewer than were answered.
        """
        before = visitors.statement_posts() if visitors else []
        sides = [side for pair in measured for side in (pair.page, pair.floor)]
        for side in sides:
            side.run(WARM_UP_SECONDS)
        for _ in range(self.rounds):
            for side in sides:
                side.runs.append(side.run(self.seconds))
        after = visitors.statement_posts() if visitors else []
        return _kept(before, after, sum(pair.page.measured.saved for pair in measured))


def _kept(before: Sequence[Visit], after: Sequence[Visit], answered: int) -> int:
    kept = sum(now.version - then.version for now, then in zip(after, before, strict=True))
    if kept < answered:
        raise Refused(f"{answered} saves were answered, {kept} are kept")
    return kept


def _bare(size: int) -> list[Visit]:
    return [Visit("GET", f"/{size}")]


def _bare_insert(size: int) -> list[Visit]:
    return [Visit("POST", f"/{size}/{uuid4()}", token=uuid4().hex * 3) for _ in range(VISITORS)]
