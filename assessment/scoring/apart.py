"""When a figure in an organisation's table may be shaded."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final, Literal

from assessment.scoring.spread import LOWER_QUARTER, MIDDLE, UPPER_QUARTER, sample_quantile

LEAST_SERVICES: Final = 10
LEAST_DISTANCE: Final = Fraction(1, 2)

Side = Literal["above", "below"]


def clearly_apart(value: float, others: Sequence[float]) -> Side | None:
    """Which side of the organisation's middle ``value`` clearly lies on, or None.

    ``others`` are all service scores of the organisation on this principle, on the same scale of levels.
    Agreed answers have no interval, so three plain conditions stand in for one. Under 10 scores a
    middle says nothing. A quarter of all scores lie above the middle half whatever happens, so lying
    there is not enough: half a level from the median is, on six statements, three answered one level
    differently, more than a slip. And half a level is nothing special where scores are spread wide, so
    the middle half counts too. Otherwise a table of chance would look like a ranking.
    """
    if len(others) < LEAST_SERVICES:
        return None
    scores = [_exact(other) for other in others]
    score, median = _exact(value), sample_quantile(scores, MIDDLE)
    if score > sample_quantile(scores, UPPER_QUARTER) and score - median >= LEAST_DISTANCE:
        return "above"
    if score < sample_quantile(scores, LOWER_QUARTER) and median - score >= LEAST_DISTANCE:
        return "below"
    return None


def _exact(shown: float) -> Fraction:
    """The decimal that was shown, not its binary neighbour: 2.3 - 1.8 is half a level."""
    return Fraction(str(shown))
