"""One decimal, rounded as people round by hand."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor


def tenths(value: Fraction) -> int:
    """A figure in tenths of a level, half rounded up, from the exact figure: 1.25 is 13, never 12."""
    return floor(value * 10 + Fraction(1, 2))


def tenths_outwards(low: float, high: float) -> tuple[int, int]:
    """Both ends of an interval in tenths of a level, so that the rounded one holds the exact one.

    What a float adds to a decimal, some 1e-16 of it, is no tenth more.
    """
    return floor(round(low * 10, 9)), ceil(round(high * 10, 9))
