"""What changed between two rounds of one voice, and whether so few answers can tell."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Change:
    """The later mean less the earlier, in levels, with its 95 % interval."""

    difference: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """Whether 0 lies outside the interval; if not, we cannot tell yet."""
        return self.low > 0 or self.high < 0


def change(earlier: float, earlier_interval: Interval, later: float, later_interval: Interval) -> Change:
    """The change between two means on one scale, each with its 95 % interval.

    MOVER, the method of variance estimates recovery: Zou and Donner 2008, Statistics in Medicine 27:1693;
    for two shares with Wilson intervals it is method 10 of Newcombe 1998, Statistics in Medicine 17:873.
    """
    (low_1, high_1), (low_2, high_2) = later_interval, earlier_interval
    difference = later - earlier
    below = sqrt((later - low_1) ** 2 + (high_2 - earlier) ** 2)
    above = sqrt((high_1 - later) ** 2 + (earlier - low_2) ** 2)
    return Change(difference, difference - below, difference + above)
