"""What bars of histograms give away: bounds on how many of a few services lie at or below each half level.

The attacker knows which services are in which published group, reads every bar as a range (counted down to fives) and,
for an insider, sets in what it knows. Services that are in the same groups throughout are one kind. For each kind of
1 to 4 unknown services integer programming finds the least and the most of them that may lie at or below a half level.
Where both are the same, the bars have told something exact of a few.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from assessment.disclosure import benchmark
from assessment.disclosure.benchmark import Cell, Id, Member
from assessment.disclosure.shown import Bin
from assessment.disclosure.snapshot import decide
from tests.attack.histories import one_snapshot
from tests.attack.networks import chance_of

HALVES = 8
FEW = 4


def half_of(value_x10: int) -> int:
    return max(ceil(value_x10 / 5) - 1, 0)


@dataclass(frozen=True)
class Kind:
    """Unknown services that are in the same groups, each with its release there."""

    cells: frozenset[int]
    services: int


class Bars:
    """The bars of some published groups, as one viewer reads them."""

    def __init__(self, cells: Sequence[Cell], owner: Id | None = None) -> None:
        self.cells = [cell for cell in cells if len(cell.members) >= benchmark.QUARTERS_FROM]
        self.solved = 0
        held: dict[Member, set[int]] = defaultdict(set)
        for number, cell in enumerate(self.cells):
            for member in cell.members:
                held[member].add(number)
        self._known = [(cells, m) for m, cells in held.items() if m.organisation_id == owner]
        counted = Counter(frozenset(cells) for m, cells in held.items() if m.organisation_id != owner)
        self.kinds = [Kind(cells, n) for cells, n in counted.items()]
        self._constraints = [*self._sizes(), *self._bars()]

    def _place(self, kind: int, half: int) -> int:
        return kind * HALVES + half

    def _row(self, kinds: Iterable[int], halves: Iterable[int]) -> Any:
        row = np.zeros(len(self.kinds) * HALVES)
        row[[self._place(kind, half) for kind in kinds for half in halves]] = 1
        return row

    def _sizes(self) -> Iterator[LinearConstraint]:
        for number, kind in enumerate(self.kinds):
            yield LinearConstraint(self._row([number], range(HALVES)), kind.services, kind.services)

    def _bars(self) -> Iterator[LinearConstraint]:
        for number, cell in enumerate(self.cells):
            # By name, so that a rule that a test has switched off is off here too.
            for halves, services in spans(benchmark.histogram([m.value_x10 for m in cell.members])):
                own = sum(number in cells and half_of(m.value_x10) in halves for cells, m in self._known)
                inside = [n for n, kind in enumerate(self.kinds) if number in kind.cells]
                low, high = services, services + benchmark.ROUNDED_TO - 1
                yield LinearConstraint(self._row(inside, halves), max(low - own, 0), high - own)

    def told(self) -> Iterator[tuple[int, int, int]]:
        """Of which few (how many), up to which half level, exactly how many."""
        for number, kind in enumerate(self.kinds):
            for half in range(HALVES - 1) if kind.services <= FEW else ():
                low, high = (self._bound(number, half, sign) for sign in (1, -1))
                if low == high:
                    yield kind.services, half, low

    def _bound(self, kind: int, half: int, sign: int) -> int:
        self.solved += 1
        row = self._row([kind], range(half + 1)) * sign
        size = len(row)
        found = milp(row, constraints=self._constraints, integrality=np.ones(size), bounds=Bounds(0, np.inf))
        assert found.success, found.message
        return round(found.fun * sign)


def spans(bars: Sequence[Bin]) -> Iterator[tuple[range, int]]:
    """The half levels of each bar, and the number that it shows."""
    starts = [half_of(round(bar.start * 10)) for bar in bars]
    for bar, start, end in zip(bars, starts, [*starts[1:], HALVES], strict=True):
        yield range(start, end), bar.services


def published(seed: int) -> list[Cell]:
    """Groups of a network of some sixty services."""
    further = chance_of(seed).randint(30, 50)
    return [one.cell for one in decide(one_snapshot(seed, further), []).published]


def viewers(cells: Iterable[Cell]) -> list[Id | None]:
    return [None, *sorted({str(member.organisation_id) for cell in cells for member in cell.members})]


def told(cells: Sequence[Cell]) -> Mapping[str, int]:
    """What all viewers learn: kinds of a few looked at, programs solved, and what is told exactly."""
    tally: Counter[str] = Counter()
    for viewer in viewers(cells):
        bars = Bars(cells, viewer)
        found = list(bars.told())
        who = "outsider" if viewer is None else "insider"
        tally += Counter({"solved": bars.solved, f"told an {who}": len(found)})
        tally["few"] += sum(kind.services <= FEW for kind in bars.kinds)
    return tally
