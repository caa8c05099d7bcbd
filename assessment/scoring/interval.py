"""How far a mean of a few responses can be trusted: 95 % intervals on a bounded scale."""

from __future__ import annotations

from math import sqrt
from typing import Final

from assessment.scoring.moments import Moments
from assessment.scoring.quantile import t_quantile

UPPER_SHARE: Final = 0.975
LEAST_EFFECT: Final = 0.02
UNIFORM: Final = 1e-12
LEAST_EFFECT_UNIFORM: Final = 0.35


def wilson(p: float, n: float, quantile: float) -> tuple[float, float]:
    """The Wilson score interval for a share ``p`` of ``n`` observations, both ends in 0 .. 1.

    ``quantile`` is the two-sided normal (or t) quantile. Wilson 1927, JASA 22:209; checked on the
    examples of Newcombe 1998, Statistics in Medicine 17:857.
    """
    a = quantile * quantile / n
    centre = (p + a / 2) / (1 + a)
    half = quantile / (1 + a) * sqrt(p * (1 - p) / n + a / (4 * n))
    return max(min(centre - half, p), 0.0), min(max(centre + half, p), 1.0)


def interval(moments: Moments, top: int, effect: float | None = None) -> tuple[float, float] | None:
    """The 95 % interval of the mean, on the scale 0 .. ``top``; None of fewer than two responses.

    Wilson's interval for a bounded mean: scores that spread less than all-or-nothing answers count
    as more of them (effective size n / effect), and a t quantile allows for few responses. With ``effect``
    given, the interval says nothing of how the scores spread.
    """
    mean = moments.mean
    if mean is None or moments.n < 2:
        return None
    size = moments.n / (_effect(moments, top) if effect is None else effect)
    low, high = wilson(float(mean / top), size, t_quantile(UPPER_SHARE, moments.n - 1))
    return min(top * low, float(mean)), max(top * high, float(mean))


def _effect(moments: Moments, top: int) -> float:
    """The scores' variance as a share of the largest a mean like theirs allows; never so small as to say "sure"."""
    p = moments.s1 / moments.n / top
    largest = p * (1 - p)
    if largest <= UNIFORM:
        return min(max(1 - 5 / moments.n, LEAST_EFFECT_UNIFORM), 1.0)
    return min(max(float(moments.variance / top**2 / largest), LEAST_EFFECT), 1.0)
