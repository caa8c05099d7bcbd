"""One decimal, rounded as people round by hand."""

from __future__ import annotations

from fractions import Fraction
from math import floor


def tenths(value: Fraction) -> int:
    """A figure in tenths of a level, half rounded up, from the exact figure: 1.25 is 13, never 12."""
    return floor(value * 10 + Fraction(1, 2))
