"""Before a round: the smallest change that so many people can show."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from assessment.scoring.change import Interval, change
from assessment.scoring.interval import interval
from assessment.scoring.moments import Moments

USUAL_EFFECT: Final = 0.2
"""A principle's scores spread with a standard deviation of 0.9 of a level in the middle of the scale 0 .. 4."""


def smallest_change(n: int, top: int, effect: float = USUAL_EFFECT) -> float | None:
    """In levels, to one decimal: what two rounds of ``n`` people each must differ by to be called a clear change.

    Round the middle of the scale, where intervals are widest, and with scores that spread as ``effect`` says (see
    ``interval``): a round figure for planning, after the rule of ``change``. None where no change could be shown.
    """
    if n < 2:
        return None
    for tenths in range(1, 10 * top + 1):
        half, middle = Fraction(tenths, 20), Fraction(top, 2)
        earlier, later = middle - half, middle + half
        if change(float(earlier), _ends(earlier, n, top, effect), float(later), _ends(later, n, top, effect)).is_clear:
            return tenths / 10
    return None


def _ends(mean: Fraction, n: int, top: int, effect: float) -> Interval:
    ends = interval(Moments(n, mean * n), top, effect)
    assert ends is not None, "two people or more have an interval"
    return ends
