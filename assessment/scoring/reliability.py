"""How well the instrument measures: its statements together, and services apart from chance. Never of one team."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from assessment.scoring.moments import Moments


class ItemSums:
    """What alpha needs of the complete responses to some statements, one response after the other."""

    def __init__(self, statements: int) -> None:
        self.n = 0
        self.statements = statements
        self._items = [[0, 0] for _ in range(statements)]
        self._total = [0, 0]

    def add(self, levels: Iterable[int]) -> None:
        """One response: a level for each statement."""
        total = 0
        for sums, level in zip(self._items, levels, strict=True):
            sums[0] += level
            sums[1] += level * level
            total += level
        self._total[0] += total
        self._total[1] += total * total
        self.n += 1

    @property
    def alpha(self) -> float | None:
        """Cronbach's alpha: Cronbach 1951, Psychometrika 16:297. None of fewer than two statements or responses,
        or where every response has the same total.
        """
        if self.statements < 2 or self.n < 2:
            return None
        total = self._variance(*self._total)
        if not total:
            return None
        items = sum((self._variance(*sums) for sums in self._items), Fraction(0))
        return float(Fraction(self.statements, self.statements - 1) * (1 - items / total))

    def _variance(self, s1: int, s2: int) -> Fraction:
        return (s2 - Fraction(s1 * s1, self.n)) / (self.n - 1)


@dataclass(frozen=True, slots=True)
class IntraclassCorrelation:
    """One-way: how much of the variance of single responses lies between units (``icc1``), and how reliable the
    units' means are (``icc2``). Shrout and Fleiss 1979, Psychological Bulletin 86:420: ICC(1,1) and ICC(1,k);
    for units of different sizes with their mean size, as Bliese 2000 does.
    """

    icc1: float
    icc2: float
    between: float
    within: float


def intraclass(units: Iterable[Moments]) -> IntraclassCorrelation | None:
    """From the scores of each unit's responses. None where fewer than two units have any, where no unit has two,
    or where nothing varies.
    """
    held = [unit for unit in units if unit.n]
    n, k = sum(unit.n for unit in held), len(held)
    if k < 2 or n <= k:
        return None
    s1 = sum((unit.s1 for unit in held), Fraction(0))
    of_units = sum((unit.s1 * unit.s1 / unit.n for unit in held), Fraction(0))
    between = (of_units - s1 * s1 / n) / (k - 1)
    within = (sum((unit.s2 for unit in held), Fraction(0)) - of_units) / (n - k)
    spread = between + (Fraction(n, k) - 1) * within
    if not spread or not between:
        return None
    icc1, icc2 = (between - within) / spread, (between - within) / between
    return IntraclassCorrelation(float(icc1), float(icc2), float(between), float(within))
