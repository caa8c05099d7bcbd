"""From a number to a word."""

from __future__ import annotations

from math import floor
from typing import Final, Literal

Band = Literal["low", "middle", "high"]

LOW_SHARE: Final = 0.375  # 1.5 on the scale 0 .. 4
HIGH_SHARE: Final = 0.625  # 2.5 on the scale 0 .. 4


def nearest_level(score: float, top: int) -> int:
    """The described level nearest to a score on 0 .. ``top``; halfway between two, the upper one.

    Upwards, as school rounds and as the shown decimals are rounded, so that 2.5 has one word everywhere.
    """
    return min(max(floor(score + 0.5), 0), top)


def band(score: float, top: int) -> Band:
    """On 0 .. 4: low below 1.5, high above 2.5, middle from one to the other; other scales in proportion."""
    if score < LOW_SHARE * top:
        return "low"
    return "high" if score > HIGH_SHARE * top else "middle"
