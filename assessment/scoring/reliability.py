"""How far units differ beyond chance, and how far their means can be relied on. Never of one team."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from assessment.scoring.moments import Moments


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
