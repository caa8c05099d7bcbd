"""Where the middle of some values lies: the one definition of a quantile used everywhere."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Final

LOWER_QUARTER: Final = Fraction(1, 4)
MIDDLE: Final = Fraction(1, 2)
UPPER_QUARTER: Final = Fraction(3, 4)


def sample_quantile(values: Iterable[Fraction | int], share: Fraction) -> Fraction:
    """The value below which ``share`` (0 .. 1) of ``values`` lies, exactly, in their own unit.

    Linear interpolation between the two nearest values: type 7 of Hyndman and Fan 1996, The American
    Statistician 50:361, which is also numpy's default. Raises ValueError if there are no values.
    """
    ordered = sorted(values)
    if not ordered:
        raise ValueError("no values have no quantile")
    place = (len(ordered) - 1) * share
    below = place.numerator // place.denominator
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - Fraction(ordered[below]))
