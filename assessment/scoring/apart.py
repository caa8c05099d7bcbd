"""When a figure in an organisation's table may be shaded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal

from assessment.scoring.spread import LOWER_QUARTER, MIDDLE, UPPER_QUARTER, sample_quantile

LEAST_SERVICES: Final = 10
LEAST_DISTANCE: Final = Fraction(1, 2)

Side = Literal["above", "below"]


@dataclass(frozen=True, slots=True)
class MiddleHalf:
    """Between which two scores the middle half of an organisation's services lies, and their median."""

    lower: Fraction
    median: Fraction
    upper: Fraction


def middle_half(scores_x10: Sequence[int]) -> MiddleHalf | None:
    """Of all service scores of the organisation on one principle, in tenths of a level; None under 10, where a middle
    says nothing.
    """
    if len(scores_x10) < LEAST_SERVICES:
        return None
    shares = (LOWER_QUARTER, MIDDLE, UPPER_QUARTER)
    lower, median, upper = (Fraction(sample_quantile(scores_x10, share)) / 10 for share in shares)
    return MiddleHalf(lower, median, upper)


def clearly_apart(value: float, middle: MiddleHalf | None, ends: tuple[float, float] | None = None) -> Side | None:
    """Which side of the organisation's middle ``value`` clearly lies on, or None.

    Agreed answers have no interval, so plain conditions stand in for one. A quarter of all scores lie
    above the middle half whatever happens, so lying there is not enough: half a level from the median
    is, on six statements, three answered one level differently, more than a slip. And half a level is
    nothing special where scores are spread wide, so the middle half counts too. Otherwise a table of
    chance would look like a ranking. Where people answered each alone there is an interval, ``ends``:
    then the median has to lie outside it as well.
    """
    if middle is None:
        return None
    score = _exact(value)
    low, high = map(_exact, ends) if ends else (score, score)
    if score > middle.upper and score - middle.median >= LEAST_DISTANCE and low > middle.median:
        return "above"
    if score < middle.lower and middle.median - score >= LEAST_DISTANCE and high < middle.median:
        return "below"
    return None


def _exact(shown: float) -> Fraction:
    """The decimal that was shown, not its binary neighbour: 2.3 - 1.8 is half a level."""
    return Fraction(str(shown))
